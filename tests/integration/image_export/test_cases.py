# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images that are exported, on both hosts and over ssh (cases/*.yml)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.integration.scenarios import over_ssh
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import Everywhere
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import Results

# Known before the first test runs, and this process's own.
FOLDER = Path(f"/tmp/longshore-exports-{os.getpid()}")
CLEANUP = "docker rmi -f @NAME@:1 @NAME@:2 @NAME@:latest @NAME@-b:1; rm -f %s/@NAME@*" % FOLDER
SUBJECT = Subject("image_export", named_by="", cleanup=({"ansible.builtin.shell": CLEANUP},))
CASES = read_cases(Path(__file__).parent / "cases", {"FOLDER": str(FOLDER)}, SUBJECT)


@pytest.fixture(scope="module")
def results(everywhere: Everywhere) -> Iterator[Results]:
    """What the tasks of all cases gave; they run once."""
    FOLDER.mkdir()
    (FOLDER / "one").write_text("one\n")
    (FOLDER / "two").write_text("two\n")
    try:
        yield everywhere.run(CASES)
    finally:
        shutil.rmtree(FOLDER)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, results: Results) -> None:
    assert not over_ssh.problems(case, results)
