# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A loop over 30 containers that need nothing, on both hosts, beside the loops it is measured by, in one run.

Figures are medians of rounds that take turns. `ansible.builtin.assert` is what Ansible itself costs an item on the
controller, `ansible.builtin.ping` what an empty module costs on the target.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from ansible_collections.longshore.docker.tests.benchmarks.playbook import Playbooks
from ansible_collections.longshore.docker.tests.engines.engine import PrivateEngine
from ansible_collections.longshore.docker.tests.engines.image import import_busybox
from ansible_collections.longshore.docker.tests.engines.packages import ensure_packages

ITEMS = 30
ROUNDS = 5
TASK = {
    "name": "bench-{{ item }}",
    "image": "longshore/busybox:1",
    "command": ["sleep", "100000"],
    "env": {"RELEASE": "1"},
    "restart_policy": "no",
    "labels": {"bench": "yes"},
}


def play(rounds: int) -> list[dict[str, Any]]:
    """Make the containers, then the rounds."""
    items = list(range(ITEMS))
    container: dict[str, Any] = {"longshore.docker.container": TASK, "loop": items}
    tasks: list[dict[str, Any]] = [{"name": "create", **container, "vars": {"longshore_docker_run_on": "controller"}}]
    alone = {**TASK, "name": "bench-0"}
    for _round in range(rounds):
        tasks += [
            {"name": "assert", "ansible.builtin.assert": {"that": True, "quiet": True}, "loop": items},
            {"name": "controller", **container, "vars": {"longshore_docker_run_on": "controller"}},
            {"name": "ping", "ansible.builtin.ping": {}, "loop": items},
            {"name": "target", **container, "vars": {"longshore_docker_run_on": "target"}},
            {"name": "assert alone", "ansible.builtin.assert": {"that": True, "quiet": True}},
            {"name": "controller alone", "longshore.docker.container": alone},
        ]
    return [{"hosts": "node", "tasks": tasks}]


def measure(socket: str, folder: Path) -> dict[str, list[float]]:
    """Seconds of each task, by its name, one for each round. Raises RuntimeError when one failed."""
    playbooks = Playbooks(folder, {"node": {"ansible_connection": "local"}}, {"DOCKER_HOST": "unix://" + socket})
    return playbooks.run(play(ROUNDS)).tasks


def main() -> int:
    ensure_packages(["busybox-static"])
    engine = PrivateEngine()
    try:
        import_busybox(engine.socket)
        with tempfile.TemporaryDirectory() as folder:
            found = measure(engine.socket, Path(folder))
    finally:
        engine.close()
    print("%-18s %10s %10s %10s" % ("ms an item", "median", "least", "most"))
    middle = {}
    for name, seconds in found.items():
        share = [1000 * one / (1 if name.endswith("alone") else ITEMS) for one in seconds]
        middle[name] = statistics.median(share)
        print("%-18s %10.1f %10.1f %10.1f" % (name, middle[name], min(share), max(share)))
    print("controller above assert: %.1f ms an item" % (middle["controller"] - middle["assert"]))
    print("target against ping:     %.2f" % (middle["target"] / middle["ping"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
