# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The size of terminals, on both hosts, each foretold by check mode (cases/*.yml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.tests.integration.scenarios import checks
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX, Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import HOSTS, Results, run_cases

REMOVED = {PREFIX + "container": {"name": "@NAME@", "state": "absent", "force_kill": True}}
CASES = read_cases(Path(__file__).parent / "cases", {}, Subject("container_resize", cleanup=(REMOVED,)))


@pytest.fixture(scope="session")
def resizes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, engine_socket: str, busybox_image: str
) -> Results:
    """The results of the selected cases."""
    selected: list[Any] = [
        item.callspec.params.get("case") for item in request.session.items if hasattr(item, "callspec")
    ]
    wanted = [case for case in CASES if case in selected]
    return run_cases(wanted, tmp_path_factory.mktemp("resizes"), engine_socket, {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, resizes: Results) -> None:
    here, there = (resizes[host][case.name] for host in HOSTS)
    found = ["controller: " + one for one in checks.problems(case, here)]
    found += ["target: " + one for one in checks.problems(case, there)]
    found += checks.differences(case, here, there)
    assert not found, "\n".join(["", *found])
