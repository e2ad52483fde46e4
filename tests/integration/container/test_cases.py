# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option, on both hosts: create, again, change, again, each foretold by check mode (cases/*.yml)."""

from __future__ import annotations

import base64
import json
import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.engines.registry import Registry
from ansible_collections.longshore.docker.tests.integration.container.prepared import prepare
from ansible_collections.longshore.docker.tests.integration.scenarios import checks
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import Case, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import HOSTS, Results, run_cases

# Known before the first test runs, and this process's own: two of them may be under way on a machine.
FOLDER = Path(f"/tmp/longshore-cases-{os.getpid()}")
ARCHITECTURES = ["amd64", "arm64"]
if platform.machine() in ("aarch64", "arm64"):
    ARCHITECTURES.reverse()
FILL = {
    "FOLDER": str(FOLDER),
    "ARCH": ARCHITECTURES[0],
    "OTHER_ARCH": ARCHITECTURES[1],
    "REGISTRY": "127.0.0.1:5000",
    "LOGIN_REGISTRY": "127.0.0.1:5001",
}
CASES = read_cases(Path(__file__).parent / "cases", FILL)


@pytest.fixture(scope="module")
def results(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    engine_socket: str,
    busybox_image: str,
    registry: Registry,
    login_registry: Registry,
) -> Iterator[Results]:
    """What the tasks of all selected cases gave; they run once."""
    assert (registry.address, login_registry.address) == (FILL["REGISTRY"], FILL["LOGIN_REGISTRY"])
    selected = {item.name for item in request.session.items}
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "one.env").write_text("# a comment\nCOLOUR=red\nSHAPE=round\n")
    (FOLDER / "two.env").write_text("COLOUR=green\nSHAPE=round\n")
    credentials = base64.b64encode(f"{login_registry.user}:{login_registry.password}".encode()).decode()
    config = {"auths": {login_registry.address: {"auth": credentials}}}
    (FOLDER / "config.json").write_text(json.dumps(config))
    prepare(engine_socket, busybox_image)
    defaults = {"image": busybox_image, "force_kill": True}
    cases = [case for case in CASES if f"test_case[{case.name}]" in selected]
    env = {"DOCKER_CONFIG": str(FOLDER)}
    try:
        yield run_cases(cases, tmp_path_factory.mktemp("cases"), engine_socket, defaults, env)
    finally:
        shutil.rmtree(FOLDER)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, results: Results) -> None:
    here, there = (results[host][case.name] for host in HOSTS)
    found = ["controller: " + one for one in checks.problems(case, here)]
    found += ["target: " + one for one in checks.problems(case, there)]
    found += checks.differences(case, here, there)
    assert not found, "\n".join(["", *found])
