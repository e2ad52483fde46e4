# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option, on both hosts and over ssh: create, again, change, again, each foretold by check mode (cases/*.yml)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.engines.image import BUSYBOX
from ansible_collections.longshore.docker.tests.integration.scenarios import over_ssh
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX, Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import Everywhere
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import Results
from ansible_collections.longshore.docker.tests.integration.volume.files import make_files

# This process's own: two of them may be under way on a machine.
FOLDER = Path(f"/tmp/longshore-volumes-{os.getpid()}")
FILL = {"IMAGE": BUSYBOX, "FOLDER": str(FOLDER)}
ABSENT = ({PREFIX + "volume": {"name": "@NAME@", "state": "absent"}},)
SUBJECTS = (Subject("volume", "volume_name", "volume"), Subject("volume_info", "", cleanup=ABSENT))
CASES = [case for one in SUBJECTS for case in read_cases(Path(__file__).parents[1] / one.module / "cases", FILL, one)]


@pytest.fixture(scope="module")
def results(everywhere: Everywhere, busybox_image: str) -> Iterator[Results]:
    """The results of the cases that are selected."""
    assert busybox_image == BUSYBOX
    FOLDER.mkdir()
    make_files(FOLDER)
    try:
        yield everywhere.run(CASES)
    finally:
        shutil.rmtree(FOLDER)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, results: Results) -> None:
    assert not over_ssh.problems(case, results)
