# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A loop over 30 containers that need nothing, on both hosts, beside the loops it is measured by, in one run.

Rounds take turns. `ansible.builtin.assert` is what Ansible itself costs an item on the controller,
`ansible.builtin.ping` what an empty module costs on the target. Plain requests are the two that the task makes, too.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ansible_collections.longshore.docker.tests.benchmarks.figures import LIMIT, OURS, RIVAL, Figure, Run, rounds
from ansible_collections.longshore.docker.tests.benchmarks.playbook import Playbooks
from ansible_collections.longshore.docker.tests.benchmarks.surroundings import COLLECTIONS, has_community, ran_on
from ansible_collections.longshore.docker.tests.benchmarks.table import columns
from ansible_collections.longshore.docker.tests.engines.engine import PrivateEngine
from ansible_collections.longshore.docker.tests.engines.image import BUSYBOX, UnixConnection, import_busybox
from ansible_collections.longshore.docker.tests.engines.packages import ensure_packages

ITEMS = 30
ROUNDS = 5
WHAT = "nothing to do, an item of a loop of %d, local connection" % ITEMS
ALONE = "nothing to do, a task by itself, local connection"
TASK = {
    "name": "bench-{{ item }}",
    "image": BUSYBOX,
    "command": ["sleep", "100000"],
    "env": {"RELEASE": "1"},
    "restart_policy": "no",
    "labels": {"bench": "yes"},
}
# By the names of the tasks: what is measured, whose it is, and what it is.
ROWS = (
    ("controller", WHAT, "task on the controller", OURS),
    ("target", WHAT, "module on the target", OURS),
    ("plain", WHAT, "plain requests", LIMIT),
    ("assert", WHAT, "ansible.builtin.assert", LIMIT),
    ("ping", WHAT, "ansible.builtin.ping", LIMIT),
    ("community", WHAT, "community.docker", RIVAL),
    ("controller alone", ALONE, "task on the controller", OURS),
    ("assert alone", ALONE, "ansible.builtin.assert", LIMIT),
)


def play() -> list[dict[str, Any]]:
    """Make the containers, then the rounds."""
    items = list(range(ITEMS))
    container: dict[str, Any] = {"longshore.docker.container": TASK, "loop": items}
    theirs = {"name": "community", "community.docker.docker_container": TASK, "loop": items}
    tasks: list[dict[str, Any]] = [{"name": "create", **container, "vars": {"longshore_docker_run_on": "controller"}}]
    alone = {**TASK, "name": "bench-0"}
    for _round in range(rounds(ROUNDS)):
        tasks += [
            {"name": "assert", "ansible.builtin.assert": {"that": True, "quiet": True}, "loop": items},
            {"name": "controller", **container, "vars": {"longshore_docker_run_on": "controller"}},
            {"name": "ping", "ansible.builtin.ping": {}, "loop": items},
            {"name": "target", **container, "vars": {"longshore_docker_run_on": "target"}},
            *([theirs] if has_community() else []),
            {"name": "assert alone", "ansible.builtin.assert": {"that": True, "quiet": True}},
            {"name": "controller alone", "longshore.docker.container": alone},
        ]
    return [{"hosts": "node", "tasks": tasks}]


def plain(socket: str, names: Sequence[str]) -> float:
    """Seconds that the requests of a loop take, one after the other on one connection."""
    connection = UnixConnection(socket)
    began = time.perf_counter()
    for name in names:
        for path in ("/containers/%s/json" % name, "/images/%s/json" % BUSYBOX):
            connection.request("GET", path)
            connection.getresponse().read()
    seconds = time.perf_counter() - began
    connection.close()
    return seconds


def seconds(socket: str, folder: Path) -> dict[str, list[float]]:
    """Seconds of each task, by its name, one for each round. Raises RuntimeError when one failed."""
    environment = {"DOCKER_HOST": "unix://" + socket, "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS}
    playbooks = Playbooks(folder, {"node": {"ansible_connection": "local"}}, environment)
    found = playbooks.run(play()).tasks
    names = ["bench-%d" % item for item in range(ITEMS)]
    return {**found, "plain": [plain(socket, names) for _round in range(rounds(ROUNDS))]}


def figures(found: dict[str, list[float]]) -> list[Figure]:
    """In milliseconds an item."""
    return [
        Figure(what, who, "ms", tuple(1000 * one / (1 if what == ALONE else ITEMS) for one in found[name]), role)
        for name, what, who, role in ROWS
        if name in found
    ]


def measure() -> Run:
    ensure_packages(["busybox-static"])
    engine = PrivateEngine()
    try:
        where = ran_on(engine.socket)
        import_busybox(engine.socket)
        with tempfile.TemporaryDirectory() as folder:
            return Run("Nothing to do", where, tuple(figures(seconds(engine.socket, Path(folder)))))
    finally:
        engine.close()


if __name__ == "__main__":
    sys.stdout.write(columns(measure()))
