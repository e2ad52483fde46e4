# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option, on both hosts: create, again, change, again, each foretold by check mode (cases/*.yml).

And over ssh, with a node that has sshd and a shell only: the results are those of the target host. This is one file
since a file's tests share a process, and so the results of the target host, which take longest."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.longshore.docker.tests.engines.sshd import USER, Kind, Node
from ansible_collections.longshore.docker.tests.integration.container.case_runs import CASES, FOLDER, CaseRuns
from ansible_collections.longshore.docker.tests.integration.scenarios import checks
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import Case
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import LOCAL, Way

# They read the node's files, or lead elsewhere from there, so they need a Python.
UNFIT = (
    "env_file",
    "env_file with blanks",
    "env_file that is missing",
    "an Engine that is not there",
    "volumes at home",
)
FIT = [case for case in CASES if case.name not in UNFIT]
KINDS = {
    "forwarded": Kind(),
    "sudo": Kind(opens=False, cli=True, become="sudo"),
    "sudo-password": Kind(opens=False, cli=True, become="sudo", asks=True),
}
# With a password some of each file are enough: it is asked for when a connection is made, whatever comes then.
RUN = {"forwarded": FIT, "sudo": FIT, "sudo-password": FIT[::6]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, case_runs: CaseRuns) -> None:
    here, there = (case_runs.results(way, case) for way in LOCAL)
    found = ["controller: " + one for one in checks.problems(case, here)]
    found += ["target: " + one for one in checks.problems(case, there)]
    found += checks.differences(case, here, there)
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize(
    "way, case",
    [pytest.param(way, case, id=f"{way}-{case.name}") for way, cases in RUN.items() for case in cases],
)
def test_case_over_ssh(way: str, case: Case, case_runs: CaseRuns, nodes: Callable[[Kind], Node]) -> None:
    node = nodes(KINDS[way])
    for home in ("/root", "/home/" + USER):  # credentials are the node's
        node.write(home + "/.docker/config.json", (FOLDER / "config.json").read_text())
    over_ssh = Way(way, "auto", node.variables)
    here, there = case_runs.results(over_ssh, case, RUN[way]), case_runs.results(LOCAL[1], case)
    assert checks.problems(case, here) + checks.differences(case, here, there) == []
