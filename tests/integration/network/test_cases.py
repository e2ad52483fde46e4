# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option, on both hosts and over ssh: create, again, change, again, each foretold by check mode (cases/*.yml)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.integration.network.prepared import clean, prepare
from ansible_collections.longshore.docker.tests.integration.scenarios import over_ssh
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX, Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import Everywhere
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import Results

ABSENT = ({PREFIX + "network": {"name": "@NAME@", "state": "absent"}},)
SUBJECTS = (Subject("network", document="network"), Subject("network_info", "", cleanup=ABSENT))
CASES = [case for one in SUBJECTS for case in read_cases(Path(__file__).parents[1] / one.module / "cases", {}, one)]


@pytest.fixture(scope="module")
def results(everywhere: Everywhere, engine_socket: str, busybox_image: str) -> Iterator[Results]:
    """The results of the cases that are selected."""
    prepare(engine_socket, busybox_image)
    try:
        yield everywhere.run(CASES)
    finally:
        clean(engine_socket)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, results: Results) -> None:
    assert not over_ssh.problems(case, results)
