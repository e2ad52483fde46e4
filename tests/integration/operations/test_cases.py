# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules that look at things, and those that do one thing to a container, on both hosts and over ssh.

Cases are in ../NAME/cases/*.yml.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.integration.scenarios import over_ssh
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX, Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import Everywhere
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import Results

INTEGRATION = Path(__file__).parents[1]
REMOVED = ({PREFIX + "container": {"name": "@NAME@", "state": "absent", "force_kill": True}},)
SUBJECTS = (
    Subject("container_info", "", cleanup=REMOVED, accidents=("container", "containers")),
    Subject("prune", "", cleanup=REMOVED),
    Subject("container_wait", "", cleanup=REMOVED, accidents=("containers",)),
    Subject("container_changes", "", cleanup=REMOVED),
    Subject("container_commit", "", cleanup=REMOVED, accidents=("image",)),
    Subject("container_export", "", cleanup=REMOVED, accidents=("size",)),
    Subject("container_kill", "", cleanup=REMOVED, accidents=("container",)),
    Subject("container_logs", "", cleanup=REMOVED),
    Subject("container_rename", "", cleanup=REMOVED, accidents=("container",)),
    Subject("container_stats", "", cleanup=REMOVED, accidents=("containers",)),
    Subject("container_top", "", cleanup=REMOVED, accidents=("processes",)),
    Subject("context_info", "", cleanup=REMOVED, accidents=("contexts", "msg")),
    Subject("current_container_facts", "", cleanup=REMOVED),
    Subject("events_info", "", cleanup=REMOVED, accidents=("events",)),
    Subject("host_info", "", cleanup=REMOVED, accidents=("host_info", "disk_usage", "containers", "images")),
)
CASES = [case for one in SUBJECTS for case in read_cases(INTEGRATION / one.module / "cases", {}, one)]


@pytest.fixture(scope="session")
def operations(everywhere: Everywhere) -> Results:
    """The results of the selected cases."""
    return everywhere.run(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.subject.module}: {case.name}")
def test_case(case: Case, operations: Results) -> None:
    assert not over_ssh.problems(case, operations)


def test_names_of_cases_are_unique() -> None:
    assert len({case.object for case in CASES}) == len(CASES)
