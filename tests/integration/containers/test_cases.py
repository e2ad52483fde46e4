# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of containers, on both hosts and over ssh (cases/*.yml)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.integration.scenarios import over_ssh
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import Everywhere
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import Results

ALL_GONE = {
    "project": "@NAME@",
    "purge": True,
    "containers": [{"name": "@NAME@-%s" % name, "state": "absent"} for name in ("side", "web")],
    "defaults": {"force_kill": True},
}
# The documents of containers hold process numbers, and how far a health check has come.
SUBJECT = Subject(
    "containers", named_by="", cleanup=({"longshore.docker.containers": ALL_GONE},), accidents=("containers",)
)
CASES = read_cases(Path(__file__).parent / "cases", {"IMAGE": "longshore/busybox:1"}, SUBJECT)


@pytest.fixture(scope="module")
def results(everywhere: Everywhere) -> Results:
    """What the tasks of all cases gave; they run once."""
    return everywhere.run(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, results: Results) -> None:
    assert not over_ssh.problems(case, results)
