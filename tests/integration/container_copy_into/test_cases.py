# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies into containers, on both hosts and over ssh, each foretold by check mode (cases/*.yml)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.integration.scenarios import over_ssh
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX, Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import Everywhere
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import Results

# Known before the first test runs, and this process's own.
FOLDER = Path(f"/tmp/longshore-copies-{os.getpid()}")
REMOVED = {PREFIX + "container": {"name": "@NAME@", "state": "absent", "force_kill": True}}
SUBJECT = Subject("container_copy_into", "container", cleanup=(REMOVED,))
CASES = read_cases(Path(__file__).parent / "cases", {"FOLDER": str(FOLDER)}, SUBJECT)


@pytest.fixture(scope="session")
def copies(everywhere: Everywhere) -> Iterator[Results]:
    """The results of the selected cases."""
    FOLDER.mkdir()
    try:
        yield everywhere.run(CASES)
    finally:
        shutil.rmtree(FOLDER)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, copies: Results) -> None:
    assert not over_ssh.problems(case, copies)
