# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies out of containers, on both hosts, each foretold by check mode (cases/*.yml)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.tests.integration.scenarios import checks
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX, Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import HOSTS, Results, run_cases

# Known before the first test runs, and this process's own.
FOLDER = Path(f"/tmp/longshore-fetches-{os.getpid()}")
REMOVED = {PREFIX + "container": {"name": "@NAME@", "state": "absent", "force_kill": True}}
SUBJECT = Subject("container_fetch", "container", cleanup=(REMOVED,))
CASES = read_cases(Path(__file__).parent / "cases", {"FOLDER": str(FOLDER)}, SUBJECT)


@pytest.fixture(scope="session")
def fetches(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, engine_socket: str, busybox_image: str
) -> Iterator[Results]:
    """The results of the selected cases."""
    selected: list[Any] = [
        item.callspec.params.get("case") for item in request.session.items if hasattr(item, "callspec")
    ]
    wanted = [case for case in CASES if case in selected]
    FOLDER.mkdir()
    try:
        yield run_cases(wanted, tmp_path_factory.mktemp("fetches"), engine_socket, {})
    finally:
        shutil.rmtree(FOLDER)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, fetches: Results) -> None:
    here, there = (fetches[host][case.name] for host in HOSTS)
    found = ["controller: " + one for one in checks.problems(case, here)]
    found += ["target: " + one for one in checks.problems(case, there)]
    found += checks.differences(case, here, there)
    assert not found, "\n".join(["", *found])
