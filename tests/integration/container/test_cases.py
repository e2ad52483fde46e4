# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option, on both hosts: create, again, change, again, each foretold by check mode (cases/*.yml)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.integration.container import checks
from ansible_collections.longshore.docker.tests.integration.container.prepared import prepare
from ansible_collections.longshore.docker.tests.integration.container.runs import HOSTS, Results, run_cases
from ansible_collections.longshore.docker.tests.integration.container.scenarios import Case, read_cases

FOLDER = Path("/tmp/longshore-cases")
CASES = read_cases(Path(__file__).parent / "cases", {"FOLDER": str(FOLDER)})


@pytest.fixture(scope="module")
def results(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, engine_socket: str, busybox_image: str
) -> Results:
    """What the tasks of all selected cases gave; they run once."""
    selected = {item.callspec.params["case"].name for item in request.session.items if item.fspath == request.fspath}
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "one.env").write_text("# a comment\nCOLOUR=red\nSHAPE=round\n")
    (FOLDER / "two.env").write_text("COLOUR=green\nSHAPE=round\n")
    prepare(engine_socket, busybox_image)
    defaults = {"image": busybox_image, "force_kill": True}
    cases = [case for case in CASES if case.name in selected]
    return run_cases(cases, tmp_path_factory.mktemp("cases"), engine_socket, defaults)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, results: Results) -> None:
    here, there = (results[host][case.name] for host in HOSTS)
    found = ["controller: " + one for one in checks.problems(case, here)]
    found += ["target: " + one for one in checks.problems(case, there)]
    found += checks.differences(case, here, there)
    assert not found, "\n".join(["", *found])
