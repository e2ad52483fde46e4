# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many requests a task sends to the Engine, beside community.docker's; counted on their way."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ansible_collections.longshore.docker.tests.benchmarks.figures import OURS, RIVAL, Figure, Run
from ansible_collections.longshore.docker.tests.benchmarks.payload import Module
from ansible_collections.longshore.docker.tests.benchmarks.surroundings import has_community, ran_on
from ansible_collections.longshore.docker.tests.benchmarks.table import columns
from ansible_collections.longshore.docker.tests.engines.engine import PrivateEngine
from ansible_collections.longshore.docker.tests.engines.image import BUSYBOX, import_busybox
from ansible_collections.longshore.docker.tests.engines.packages import ensure_packages
from ansible_collections.longshore.docker.tests.engines.proxy import Proxy

CONTAINER = {"name": "bench-calls", "image": BUSYBOX, "command": ["sleep", "1000"], "env": {"RELEASE": "1"}}
SUBNET = [{"subnet": "10.231.0.0/24"}]
# What is done, and by which module, to which options; each leaves what the next begins with.
TASKS: Sequence[tuple[str, str, dict[str, Any]]] = (
    ("container made and started", "container", CONTAINER),
    ("container that needs nothing", "container", CONTAINER),
    ("container replaced", "container", {**CONTAINER, "env": {"RELEASE": "2"}, "force_kill": True}),
    ("container given another limit", "container", {**CONTAINER, "env": {"RELEASE": "2"}, "cpu_shares": 512}),
    ("container removed", "container", {"name": "bench-calls", "state": "absent", "force_kill": True}),
    ("network made", "network", {"name": "bench-calls", "ipam_config": SUBNET}),
    ("network that needs nothing", "network", {"name": "bench-calls", "ipam_config": SUBNET}),
    ("network removed", "network", {"name": "bench-calls", "state": "absent"}),
    ("volume made", "volume", {"name": "bench-calls", "labels": {"a": "1"}}),
    ("volume that needs nothing", "volume", {"name": "bench-calls", "labels": {"a": "1"}}),
    ("volume removed", "volume", {"name": "bench-calls", "state": "absent"}),
    ("name given to an image", "image_tag", {"name": BUSYBOX, "repository": ["longshore/other:1"]}),
    ("name taken from an image", "image_remove", {"name": "longshore/other:1"}),
)
PLOTTED = ("container that needs nothing", "container made and started")
OURS_AND_THEIRS = (
    ("longshore.docker", "longshore.docker.", OURS),
    ("community.docker", "community.docker.docker_", RIVAL),
)


def count(proxy: Proxy, folder: Path, who: str, prefix: str, role: str) -> list[Figure]:
    """Run the tasks one after the other, as modules on a target."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "DOCKER_HOST": "unix://" + proxy.socket}
    found = []
    for what, module, options in TASKS:
        before = len(proxy.requests)
        Module(prefix + module, options, folder).run(environment, changes="needs nothing" not in what)
        sent = len(proxy.requests) - before
        found.append(Figure("requests for a " + what, who, "requests", (sent,), role, what in PLOTTED))
    return found


def measure() -> Run:
    ensure_packages(["busybox-static"])
    engine = PrivateEngine()
    try:
        where = ran_on(engine.socket)
        import_busybox(engine.socket)
        with tempfile.TemporaryDirectory() as folder, Proxy(engine.socket) as proxy:
            there = OURS_AND_THEIRS if has_community() else OURS_AND_THEIRS[:1]
            rows = [count(proxy, Path(folder), *one) for one in there]
            side_by_side = [figure for each in zip(*rows, strict=True) for figure in each]
            return Run("Requests to the Engine", where, tuple(side_by_side))
    finally:
        engine.close()


if __name__ == "__main__":
    sys.stdout.write(columns(measure()))
