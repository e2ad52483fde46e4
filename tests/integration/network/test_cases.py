# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option, on both hosts: create, again, change, again, each foretold by check mode (cases/*.yml)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.integration.network.prepared import clean, prepare
from ansible_collections.longshore.docker.tests.integration.scenarios import checks
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX, Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import HOSTS, Results, run_cases

ABSENT = ({PREFIX + "network": {"name": "@NAME@", "state": "absent"}},)
SUBJECTS = (Subject("network", document="network"), Subject("network_info", "", cleanup=ABSENT))
CASES = [case for one in SUBJECTS for case in read_cases(Path(__file__).parents[1] / one.module / "cases", {}, one)]


@pytest.fixture(scope="module")
def results(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, engine_socket: str, busybox_image: str
) -> Iterator[Results]:
    """The results of the cases that are selected."""
    selected = [item.callspec.params.get("case") for item in request.session.items if hasattr(item, "callspec")]
    prepare(engine_socket, busybox_image)
    try:
        yield run_cases(
            [case for case in CASES if case in selected], tmp_path_factory.mktemp("networks"), engine_socket, {}
        )
    finally:
        clean(engine_socket)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, results: Results) -> None:
    here, there = (results[host][case.name] for host in HOSTS)
    found = ["controller: " + one for one in checks.problems(case, here)]
    found += ["target: " + one for one in checks.problems(case, there)]
    found += checks.differences(case, here, there)
    assert not found, "\n".join(["", *found])
