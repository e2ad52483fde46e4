# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option, on both hosts: create, again, change, again, each foretold by check mode (cases/*.yml)."""

from __future__ import annotations

import pytest

from ansible_collections.longshore.docker.tests.integration.container.case_runs import CASES, CaseRuns
from ansible_collections.longshore.docker.tests.integration.scenarios import checks
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import Case
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import LOCAL


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, case_runs: CaseRuns) -> None:
    here, there = (case_runs.results(way, case) for way in LOCAL)
    found = ["controller: " + one for one in checks.problems(case, here)]
    found += ["target: " + one for one in checks.problems(case, there)]
    found += checks.differences(case, here, there)
    assert not found, "\n".join(["", *found])
