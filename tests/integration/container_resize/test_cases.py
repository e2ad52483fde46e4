# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The size of terminals, on both hosts and over ssh, each foretold by check mode (cases/*.yml)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.integration.scenarios import over_ssh
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX, Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import Everywhere
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import Results

REMOVED = {PREFIX + "container": {"name": "@NAME@", "state": "absent", "force_kill": True}}
CASES = read_cases(Path(__file__).parent / "cases", {}, Subject("container_resize", cleanup=(REMOVED,)))


@pytest.fixture(scope="session")
def resizes(everywhere: Everywhere) -> Results:
    """The results of the selected cases."""
    return everywhere.run(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, resizes: Results) -> None:
    assert not over_ssh.problems(case, resizes)
