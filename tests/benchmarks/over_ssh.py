# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A node that is reached over ssh: tasks that change nothing, by both ways, beside what they are measured by.

Rivals take part where .work/rivals has them (CONTRIBUTING.md says how they get there): the module of community.docker,
and the same under Mitogen's strategy. All in one run; figures are medians of rounds that take turns.
"""

from __future__ import annotations

import collections
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from ansible_collections.longshore.docker.tests.benchmarks.playbook import ROOT, Cost, Playbooks
from ansible_collections.longshore.docker.tests.engines.engine import PrivateEngine
from ansible_collections.longshore.docker.tests.engines.image import import_busybox
from ansible_collections.longshore.docker.tests.engines.packages import ensure_packages
from ansible_collections.longshore.docker.tests.engines.sshd import Kind, Node

RIVALS = ROOT / ".work" / "rivals"
ITEMS = 20
ROUNDS = 5
ALONE = 3  # times a round
NAMES, FORKS = 60, 20
OPTIONS = {
    "name": "bench",
    "image": "longshore/busybox:1",
    "command": ["sleep", "100000"],
    "env": {"RELEASE": "1"},
    "restart_policy": "no",
    "labels": {"bench": "yes"},
}
OURS: dict[str, Any] = {"longshore.docker.container": OPTIONS}
THEIRS: dict[str, Any] = {"community.docker.docker_container": OPTIONS}
ASSERT: dict[str, Any] = {"ansible.builtin.assert": {"that": True, "quiet": True}}
# What has the ssh connection made, and needs no Python.
CONNECT: dict[str, Any] = {"name": "connect", "ansible.builtin.raw": "true", "changed_when": False}
ON_TARGET = {"vars": {"longshore_docker_run_on": "target"}}


class Row(NamedTuple):
    """What is measured: a task, on which of the two nodes, by which strategy."""

    name: str
    task: dict[str, Any]
    node: str = "forwarded"
    strategy: str = "linear"


def rows() -> list[Row]:
    found = [
        Row("assert", ASSERT),
        Row("forwarded socket", OURS),
        Row("dial-stdio with sudo", OURS, "sudo"),
        Row("target host", {**OURS, **ON_TARGET}),
        Row("target host with sudo", {**OURS, **ON_TARGET}, "sudo"),
    ]
    if (RIVALS / "ansible_collections" / "community" / "docker").exists():
        found.append(Row("community.docker", THEIRS))
        if (RIVALS / "ansible_mitogen").exists():
            found.append(Row("community.docker under Mitogen", THEIRS, strategy="mitogen_linear"))
            found.append(Row("ours under Mitogen", OURS, strategy="mitogen_linear"))
    return found


def play(row: Row, hosts: str = "") -> dict[str, Any]:
    """Connect and do it once, which is not measured; then a loop, and the task alone."""
    first = {"name": "first", **row.task}
    loop = {"name": "loop", **row.task, "loop": list(range(ITEMS))}
    alone = {"name": "alone", **row.task}
    tasks = [first, loop, *[alone] * ALONE]
    if row.strategy == "linear":
        tasks.insert(0, CONNECT)
    return {"hosts": hosts or row.node, "strategy": row.strategy, "tasks": tasks}


def environment(row: Row) -> dict[str, str]:
    """Mitogen changes all of Ansible, so it is there only where it is measured."""
    if row.strategy == "linear":
        return {}
    return {"PYTHONPATH": str(RIVALS), "ANSIBLE_STRATEGY_PLUGINS": str(RIVALS / "ansible_mitogen/plugins/strategy")}


def side_by_side(playbooks: Playbooks) -> dict[str, dict[str, list[float]]]:
    """Seconds by row, and `loop` (an item) or `alone`."""
    found: dict[str, dict[str, list[float]]] = collections.defaultdict(lambda: collections.defaultdict(list))
    for _round in range(ROUNDS):
        for row in rows():
            cost = playbooks.run([play(row)], **environment(row))
            found[row.name]["loop"] += [one / ITEMS for one in cost.tasks["loop"]]
            found[row.name]["alone"] += cost.tasks["alone"]
    return found


def show(found: dict[str, dict[str, list[float]]]) -> None:
    print("%-32s %22s %22s" % ("one node over ssh, ms", "item of a loop of %d" % ITEMS, "alone, above assert"))
    nothing = statistics.median(found["assert"]["alone"])
    for name, seconds in found.items():
        item, alone = (statistics.median(seconds[kind]) for kind in ("loop", "alone"))
        print("%-32s %22.1f %22.1f" % (name, 1000 * item, 1000 * (alone - nothing)))


def many(playbooks: Playbooks) -> dict[str, Cost]:
    """One task on all names of the node: until the last has it, and the processor's time less what connecting costs."""
    tasks: dict[str, dict[str, Any]] = {"controller": OURS, "target host": {**OURS, **ON_TARGET}}
    if (RIVALS / "ansible_collections" / "community" / "docker").exists():
        tasks["community.docker"] = THEIRS
    base = {"hosts": "many-*", "tasks": [CONNECT]}
    flags = ("--forks", str(FORKS))
    playbooks.run([base], *flags)
    costs = {}
    for name, task in tasks.items():
        nothing = playbooks.run([base], *flags)
        cost = playbooks.run([{**base, "tasks": [CONNECT, {"name": "it", **task}]}], *flags)
        costs[name] = Cost(cost.tasks, cost.processor - nothing.processor)
    return costs


def show_many(costs: dict[str, Cost]) -> None:
    print(
        "\n%d names, %d forks, sudo, seconds    wall clock   processor (this machine as the controller)"
        % (NAMES, FORKS)
    )
    ours = costs["controller"]
    for name, cost in costs.items():
        wall, share = max(cost.tasks["it"]), max(ours.tasks["it"])
        words = "" if cost is ours else "   %.1f and %.1f times" % (wall / share, cost.processor / ours.processor)
        print("%-40s %10.2f %10.2f%s" % (name, wall, cost.processor, words))


def measure(engine: str, folder: Path) -> None:
    closed = Kind(opens=False, cli=True, become="sudo", python=True)
    with Node(engine, Kind(python=True)) as forwarded, Node(engine, closed) as sudo:
        inventory = {"forwarded": forwarded.variables, "sudo": sudo.variables, **sudo.many(NAMES)}
        collections_path = "%s:%s" % (ROOT / ".work" / "collections", RIVALS)
        playbooks = Playbooks(folder, inventory, {"ANSIBLE_COLLECTIONS_PATH": collections_path})
        playbooks.run([{"hosts": "forwarded", "tasks": [OURS]}])
        show(side_by_side(playbooks))
        show_many(many(playbooks))


def main() -> int:
    ensure_packages(["busybox-static"])
    engine = PrivateEngine()
    try:
        import_busybox(engine.socket)
        with tempfile.TemporaryDirectory(prefix="ls-bench-", dir="/tmp") as folder:
            measure(engine.socket, Path(folder))
    finally:
        engine.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
