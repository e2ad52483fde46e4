# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the cases by a few ansible-playbooks side by side, first in one way, then in the next."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from ansible_collections.longshore.docker.tests.integration.examples.plain import ask
from ansible_collections.longshore.docker.tests.integration.hosts.playbooks import Playbooks
from ansible_collections.longshore.docker.tests.integration.scenarios import messages
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX, RAN_ON, Case

COLLECTION = Path(__file__).resolve().parents[3]
LANES = 4  # at a time: tasks wait for the Engine about as long as they use the processor
TASKS_OF_A_LANE = 80
PATIENCE = 900  # seconds for a lane, on a machine that is busy with other things as well
_RUNS_ON = re.compile(r"(?m)^<\S+> longshore\.docker runs on the (\w+): ")
_ENVIRONMENT = {"ANSIBLE_PIPELINING": "true", "ANSIBLE_LOCALHOST_WARNING": "false"}


class Way(NamedTuple):
    """A way to run tasks: longshore_docker_run_on, and what else the inventory says about the node.

    Where that leads to another machine, steps that prepare or look from outside stay on this one.
    """

    name: str
    run_on: str
    hostvars: dict[str, Any] = {}

    def task(self, task: dict[str, Any]) -> dict[str, Any]:
        ours = any(word.startswith(PREFIX) for word in task)
        return task if ours or not self.hostvars else {**task, "delegate_to": "localhost"}


HOSTS = ("controller", "target")
LOCAL = tuple(Way(host, host) for host in HOSTS)
Results = dict[str, dict[str, list[dict[str, Any]]]]


def playbooks_in(folder: Path, socket: str) -> Playbooks:
    """ansible-playbook, with the collection as it is in this working copy."""
    link = folder / "ansible_collections" / "longshore" / "docker"
    link.parent.mkdir(parents=True)
    link.symlink_to(COLLECTION)
    return Playbooks(folder, socket)


def about_engine(socket: str) -> dict[str, str]:
    """The variables that the conditions of steps need."""
    version = json.loads(ask(socket, "GET", "/version"))["ApiVersion"]
    drives = dict(json.loads(ask(socket, "GET", "/info"))["DriverStatus"])
    containerd = drives.get("driver-type", "").startswith("io.containerd")
    return {"engine_api": version, "engine_store": "containerd" if containerd else "graphdriver"}


def run_cases(
    cases: Sequence[Case],
    folder: Path,
    socket: str,
    defaults: dict[str, Any],
    env: dict[str, str] | None = None,
    ways: Sequence[Way] = LOCAL,
) -> Results:
    """Results by the way's name and the case's, in the order of the case's tasks.

    One way after the other, since all use the same names.
    """
    engine = about_engine(socket)
    size = {case.name: len(case.tasks(defaults)) for case in cases}
    number_of_lanes = min(len(cases), max(LANES, sum(size.values()) // TASKS_OF_A_LANE))
    lanes: list[list[Case]] = [[] for _lane in range(number_of_lanes)]
    for case in sorted(cases, key=lambda one: -size[one.name]):
        min(lanes, key=lambda lane: sum(size[one.name] for one in lane)).append(case)

    def run_lane(way: Way, number: int) -> dict[str, list[dict[str, Any]]]:
        place = folder / way.name / str(number)
        place.mkdir(parents=True)
        tasks = [case.tasks(defaults) for case in lanes[number]]
        flat = [way.task(task) for of_case in tasks for task in of_case]
        playbooks = playbooks_in(place, socket)
        playbooks.seconds, playbooks.hostvars = PATIENCE, {**engine, **way.hostvars}
        flags = ("--diff", "-vvv") if way.hostvars else ("--diff",)
        run = playbooks.run(flat, way.run_on, flags, {**_ENVIRONMENT, **(env or {})})
        assert len(run.results) == len(flat), run.output[-4000:]
        if way.hostvars:
            for result, host in zip(run.results, places(run.output), strict=True):
                result[RAN_ON] = host
        left = iter(run.results)
        return {
            case.name: [next(left) for _task in of_case] for case, of_case in zip(lanes[number], tasks, strict=True)
        }

    found: Results = {}
    with ThreadPoolExecutor(LANES) as pool:
        for way in ways:
            parts = pool.map(run_lane, [way] * len(lanes), range(len(lanes)))
            found[way.name] = {name: results for part in parts for name, results in part.items()}
    if not ways[0].hostvars:
        messages.keep(cases, found[ways[0].name])
    return found


def places(output: str) -> list[str]:
    """Where each task ran, as -vvv says; empty for those of others."""
    return [(_RUNS_ON.findall(part) or [""])[-1] for part in re.split(r"(?m)^TASK \[", output)[1:]]
