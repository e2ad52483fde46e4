# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option, on both hosts: create, again, change, again, each foretold by check mode (cases/*.yml)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.engines.image import BUSYBOX
from ansible_collections.longshore.docker.tests.integration.scenarios import checks
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX, Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import HOSTS, Results, run_cases
from ansible_collections.longshore.docker.tests.integration.volume.files import make_files

# This process's own: two of them may be under way on a machine.
FOLDER = Path(f"/tmp/longshore-volumes-{os.getpid()}")
FILL = {"IMAGE": BUSYBOX, "FOLDER": str(FOLDER)}
ABSENT = ({PREFIX + "volume": {"name": "@NAME@", "state": "absent"}},)
SUBJECTS = (Subject("volume", "volume_name", "volume"), Subject("volume_info", "", cleanup=ABSENT))
CASES = [case for one in SUBJECTS for case in read_cases(Path(__file__).parents[1] / one.module / "cases", FILL, one)]


@pytest.fixture(scope="module")
def results(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, engine_socket: str, busybox_image: str
) -> Iterator[Results]:
    """The results of the cases that are selected."""
    assert busybox_image == BUSYBOX
    selected = [item.callspec.params.get("case") for item in request.session.items if hasattr(item, "callspec")]
    wanted = [case for case in CASES if case in selected]
    FOLDER.mkdir()
    make_files(FOLDER)
    try:
        yield run_cases(wanted, tmp_path_factory.mktemp("volumes"), engine_socket, {})
    finally:
        shutil.rmtree(FOLDER)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, results: Results) -> None:
    here, there = (results[host][case.name] for host in HOSTS)
    found = ["controller: " + one for one in checks.problems(case, here)]
    found += ["target: " + one for one in checks.problems(case, there)]
    found += checks.differences(case, here, there)
    assert not found, "\n".join(["", *found])
