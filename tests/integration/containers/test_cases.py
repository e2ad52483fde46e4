# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of containers, on both hosts (cases/*.yml)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.integration.scenarios import checks
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import HOSTS, Results, run_cases

ALL_GONE = {
    "project": "@NAME@",
    "purge": True,
    "containers": [{"name": "@NAME@-%s" % name, "state": "absent"} for name in ("side", "web")],
    "defaults": {"force_kill": True},
}
SUBJECT = Subject("containers", named_by="", cleanup=({"longshore.docker.containers": ALL_GONE},))
CASES = read_cases(Path(__file__).parent / "cases", {"IMAGE": "longshore/busybox:1"}, SUBJECT)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, engine_socket: str, busybox_image: str) -> Results:
    """What the tasks of all cases gave; they run once."""
    return run_cases(CASES, tmp_path_factory.mktemp("cases"), engine_socket, {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, results: Results) -> None:
    here, there = (results[host][case.name] for host in HOSTS)
    found = ["controller: " + one for one in checks.problems(case, here)]
    found += ["target: " + one for one in checks.problems(case, there)]
    assert not found, "\n".join(["", *found])
