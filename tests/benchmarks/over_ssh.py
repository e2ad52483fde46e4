# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A node that is reached over ssh: tasks that change nothing, by both ways, beside what they are measured by.

Rivals take part where .work/rivals has them (CONTRIBUTING.md says how they get there): the module of community.docker,
and the same under Mitogen's strategy. All in one run; rounds take turns.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from ansible_collections.longshore.docker.tests.benchmarks.figures import LIMIT, OURS, RIVAL, Figure, Run, rounds
from ansible_collections.longshore.docker.tests.benchmarks.loop import plain
from ansible_collections.longshore.docker.tests.benchmarks.playbook import Playbooks
from ansible_collections.longshore.docker.tests.benchmarks.surroundings import (
    COLLECTIONS,
    RIVALS,
    has_community,
    has_mitogen,
    ran_on,
)
from ansible_collections.longshore.docker.tests.benchmarks.table import columns
from ansible_collections.longshore.docker.tests.engines.engine import PrivateEngine
from ansible_collections.longshore.docker.tests.engines.image import BUSYBOX, import_busybox
from ansible_collections.longshore.docker.tests.engines.packages import ensure_packages
from ansible_collections.longshore.docker.tests.engines.sshd import SOCKET, USER, Kind, Node

ITEMS = 20
ROUNDS = 5
ALONE = 3  # times a round
NAMES, FORKS = 60, 20
MANY_ROUNDS = 3
LOOP = "nothing to do, an item of a loop of %d, over ssh" % ITEMS
SINGLE = "nothing to do, a task by itself, over ssh"
MANY = "nothing to do on %d hosts over ssh with sudo, %d forks" % (NAMES, FORKS)
PROCESSOR = MANY + ", processor time of the controller"
OPTIONS: dict[str, Any] = {
    "name": "bench",
    "image": BUSYBOX,
    "command": ["sleep", "100000"],
    "env": {"RELEASE": "1"},
    "restart_policy": "no",
    "labels": {"bench": "yes"},
}
TASK: dict[str, Any] = {"longshore.docker.container": OPTIONS}
THEIRS: dict[str, Any] = {"community.docker.docker_container": OPTIONS}
ASSERT: dict[str, Any] = {"ansible.builtin.assert": {"that": True, "quiet": True}}
# What has the ssh connection made, and needs no Python.
CONNECT: dict[str, Any] = {"name": "connect", "ansible.builtin.raw": "true", "changed_when": False}
ON_TARGET = {"vars": {"longshore_docker_run_on": "target"}}


class Row(NamedTuple):
    """What is measured: a task, whose it is, on which of the two nodes, by which strategy."""

    name: str
    task: dict[str, Any]
    role: str = OURS
    node: str = "forwarded"
    strategy: str = "linear"


def rows() -> list[Row]:
    found = [
        Row("task on the controller, forwarded socket", TASK),
        Row("task on the controller, dial-stdio with sudo", TASK, node="sudo"),
        Row("module on the target", {**TASK, **ON_TARGET}),
        Row("module on the target with sudo", {**TASK, **ON_TARGET}, node="sudo"),
        Row("ansible.builtin.assert", ASSERT, LIMIT),
    ]
    if has_community():
        found.append(Row("community.docker", THEIRS, RIVAL))
    if has_mitogen():
        found.append(Row("community.docker under Mitogen", THEIRS, RIVAL, strategy="mitogen_linear"))
        found.append(Row("ours under Mitogen", TASK, strategy="mitogen_linear"))
    return found


def play(row: Row) -> dict[str, Any]:
    """Connect and do it once, which is not measured; then a loop, and the task alone."""
    first = {"name": "first", **row.task}
    loop = {"name": "loop", **row.task, "loop": list(range(ITEMS))}
    alone = {"name": "alone", **row.task}
    tasks = [first, loop, *[alone] * ALONE]
    if row.strategy == "linear":
        tasks.insert(0, CONNECT)
    return {"hosts": row.node, "strategy": row.strategy, "tasks": tasks}


def environment(row: Row) -> dict[str, str]:
    """Mitogen changes all of Ansible, so it is there only where it is measured."""
    if row.strategy == "linear":
        return {}
    return {"PYTHONPATH": str(RIVALS), "ANSIBLE_STRATEGY_PLUGINS": str(RIVALS / "ansible_mitogen/plugins/strategy")}


def side_by_side(playbooks: Playbooks) -> list[Figure]:
    """An item of a loop, and a task by itself, in milliseconds."""
    loop: dict[str, list[float]] = {row.name: [] for row in rows()}
    alone: dict[str, list[float]] = {row.name: [] for row in rows()}
    for _round in range(rounds(ROUNDS)):
        for row in rows():
            cost = playbooks.run([play(row)], **environment(row))
            loop[row.name] += [1000 * one / ITEMS for one in cost.tasks["loop"]]
            alone[row.name] += [1000 * one for one in cost.tasks["alone"]]
    found = [Figure(LOOP, row.name, "ms", tuple(loop[row.name]), row.role) for row in rows()]
    return found + [Figure(SINGLE, row.name, "ms", tuple(alone[row.name]), row.role) for row in rows()]


def through_ssh(node: Node, folder: Path) -> Figure:
    """The requests of the task, sent plainly through a socket that ssh forwards."""
    socket = folder / "plain"
    command = ["ssh", "-F", str(node.folder / "config"), "-p", str(node.port), "-o", "ExitOnForwardFailure=yes"]
    command += ["-L", "%s:%s" % (socket, SOCKET), "%s@127.0.0.1" % USER, "echo ready; exec cat"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as ssh:  # its end ends `cat`
        if ssh.stdout is None or ssh.stdout.readline() != b"ready\n":
            raise RuntimeError("ssh does not forward the Engine's socket")
        seconds = [plain(str(socket), [OPTIONS["name"]] * ITEMS) for _round in range(rounds(ROUNDS))]
    return Figure(LOOP, "plain requests", "ms", tuple(1000 * one / ITEMS for one in seconds), LIMIT)


def many(playbooks: Playbooks) -> list[Figure]:
    """One task on all names of the node: until the last has it, and the processor's time less what connecting costs."""
    tasks: list[tuple[str, dict[str, Any], str]] = [
        ("task on the controller", TASK, OURS),
        ("module on the target", {**TASK, **ON_TARGET}, OURS),
        ("ansible.builtin.assert", ASSERT, LIMIT),
    ]
    if has_community():
        tasks.append(("community.docker", THEIRS, RIVAL))
    base = {"hosts": "many-*", "tasks": [CONNECT]}
    flags = ("--forks", str(FORKS))
    playbooks.run([base], *flags)
    wall: dict[str, list[float]] = {name: [] for name, _task, _role in tasks}
    processor: dict[str, list[float]] = {name: [] for name, _task, _role in tasks}
    for _round in range(rounds(MANY_ROUNDS)):
        for name, task, _role in tasks:
            nothing = playbooks.run([base], *flags)
            cost = playbooks.run([{**base, "tasks": [CONNECT, {"name": "it", **task}]}], *flags)
            wall[name].append(max(cost.tasks["it"]))
            processor[name].append(max(cost.processor - nothing.processor, 0.0))
    return [
        *(Figure(MANY, name, "s", tuple(wall[name]), role) for name, _task, role in tasks),
        *(Figure(PROCESSOR, name, "s", tuple(processor[name]), role, plotted=False) for name, _task, role in tasks),
    ]


def figures(engine: str, folder: Path) -> list[Figure]:
    closed = Kind(opens=False, cli=True, become="sudo", python=True)
    with Node(engine, Kind(python=True)) as forwarded, Node(engine, closed) as sudo:
        inventory = {"forwarded": forwarded.variables, "sudo": sudo.variables, **sudo.many(NAMES)}
        playbooks = Playbooks(folder, inventory, {"ANSIBLE_COLLECTIONS_PATH": COLLECTIONS})
        playbooks.run([{"hosts": "forwarded", "tasks": [TASK]}])
        return [*side_by_side(playbooks), through_ssh(forwarded, folder), *many(playbooks)]


def measure() -> Run:
    ensure_packages(["busybox-static"])
    engine = PrivateEngine()
    try:
        where = ran_on(engine.socket)
        import_busybox(engine.socket)
        with tempfile.TemporaryDirectory(prefix="ls-bench-", dir="/tmp") as folder:
            return Run("Nothing to do, over ssh", where, tuple(figures(engine.socket, Path(folder))))
    finally:
        engine.close()


if __name__ == "__main__":
    sys.stdout.write(columns(measure()))
