# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which cases run over ssh, in which of its two ways, and where each of their tasks has to run.

A way differs in how bytes come to the Engine and in nothing else, so not everything runs four times. The first case of
each module runs in both ways; of the others every second one in one way and the rest in the other. Tasks that concern
files of the node are modules there as on any target, and cost ten times as much: of cases that have such tasks only the
first of each module is run, in both ways.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible_collections.longshore.docker.tests.engines.releases import VARIABLE
from ansible_collections.longshore.docker.tests.engines.sshd import Kind, Node
from ansible_collections.longshore.docker.tests.integration.scenarios import checks
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX, RAN_ON, Case
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import (
    HOSTS,
    Results,
    Way,
    run_cases,
)

# Cases keep their files below /tmp, and what prepares them runs on this machine.
KINDS = {
    "forwarded": Kind(python=True, folder="/tmp"),
    "sudo": Kind(opens=False, cli=True, become="sudo", python=True, folder="/tmp"),
}
# Modules with files of the node, and which of their options make it so; where none is named, each of their tasks.
FILES: dict[str, tuple[str, ...]] = {
    "container_copy_into": ("path",),
    "container_export": (),
    "container_fetch": (),
    "context_info": (),
    "current_container_facts": (),
    "image": ("build", "load_path", "archive_path"),
    "image_build": (),
    "image_export": (),
    "image_import": ("path",),
    "image_load": (),
    "login": (),
    "volume": ("populate", "restore", "backup"),
}
# Contexts and credential helpers of this machine: the node has none of them.
UNFIT = (
    *("contexts", "credsStore", "credHelpers", "a password that was in the file", "helpers that fail"),
    "logged in by another tool",
)


def place(task: dict[str, Any]) -> str:
    """Where a task of ours has to run, by docs/where_tasks_run.md; empty for one of others."""
    for word, options in task.items():
        module = word[len(PREFIX) :] if word.startswith(PREFIX) else ""
        if module:
            among = FILES.get(module)
            concerned = among is not None and (not among or any(options.get(one) is not None for one in among))
            return "target" if concerned and options.get("files_on") != "controller" else "controller"
    return ""


def on_the_node(case: Case) -> bool:
    """Whether a task of the case has to run on the node."""
    return any(place(task) == "target" for task in case.tasks({}))


def share(cases: Sequence[Case], number: int) -> list[Case]:
    """Those of a suite's cases that run in the first way, or in the second."""
    found = []
    seen: dict[tuple[str, bool], int] = defaultdict(int)
    for case in cases:
        if case.name in UNFIT:
            continue
        there = on_the_node(case)
        earlier = seen[case.subject.module, there]
        seen[case.subject.module, there] += 1
        if not earlier or (not there and earlier % len(KINDS) == number):
            found.append(case)
    return found


@dataclass
class Everywhere:
    """Runs cases on both hosts, and over ssh as far as `share` says, if they are among those of the session's tests."""

    selected: Sequence[Any]
    nodes: Callable[[Kind], Node]
    folders: Callable[[], Path]
    socket: str

    def run(
        self, cases: Sequence[Case], defaults: dict[str, Any] | None = None, env: dict[str, str] | None = None
    ) -> Results:
        """As `run_cases`, with all cases of a suite."""
        wanted = [one for one in cases if one in self.selected]
        found = run_cases(wanted, self.folders(), self.socket, defaults or {}, env)
        # How bytes come to an Engine does not depend on its release: that is tried with one of them.
        kinds = {} if os.environ.get(VARIABLE) else KINDS
        for number, (name, kind) in enumerate(kinds.items()):
            shared = [one for one in share(cases, number) if one in wanted]
            if shared:
                way = Way(name, "auto", self.nodes(kind).variables)
                found |= run_cases(shared, self.folders(), self.socket, defaults or {}, env, [way])
        return found


def problems(case: Case, results: Results) -> str:
    """What is wrong with a case in any of the ways in which it was run: a line each."""
    target = results["target"][case.name]
    found = []
    for way, of_way in results.items():
        one = of_way.get(case.name)
        if one is None:
            continue
        wrong = checks.problems(case, one)
        if one is not target:
            wrong += checks.differences(case, one, target)
        if way not in HOSTS:
            wrong += _misplaced(case, one)
        found += ["%s: %s" % (way, words) for words in wrong]
    return "".join("\n" + one for one in found)


def _misplaced(case: Case, results: list[dict[str, Any]]) -> list[str]:
    """What did not run where it has to. Bad options may be refused wherever they are seen first."""
    pairs = zip(case.tasks({}), results, strict=True)
    return [
        "%s: it ran on the %s" % (task.get("name", task), result[RAN_ON])
        for task, result in pairs
        if place(task) != result[RAN_ON] and not result["failed"] and not result.get("skipped")
    ]
