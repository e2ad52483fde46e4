# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images and registries, on both hosts: each step foretold, made, made again (../image_*/cases/*.yml)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.longshore.docker.tests.engines.index import Index
from ansible_collections.longshore.docker.tests.engines.registry import Registry
from ansible_collections.longshore.docker.tests.integration.images.prepared import FILL, all_cases, prepared
from ansible_collections.longshore.docker.tests.integration.scenarios import checks
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import Case
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import HOSTS, Results, run_cases

CASES = all_cases()


@pytest.fixture(scope="module")
def results(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    engine_socket: str,
    registry: Registry,
    login_registry: Registry,
) -> Iterator[Results]:
    """What the tasks of the selected cases gave; they run once."""
    assert (registry.address, login_registry.address) == (FILL["REGISTRY"], FILL["LOGIN_REGISTRY"])
    selected = [item.callspec.params.get("case") for item in request.session.items if hasattr(item, "callspec")]
    wanted = [case for case in CASES if case in selected]
    index = Index(engine_socket, int(FILL["INDEX"].rpartition(":")[2]))
    try:
        with prepared(login_registry) as environment:
            yield run_cases(wanted, tmp_path_factory.mktemp("cases"), engine_socket, {}, environment)
    finally:
        index.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.subject.module}-{case.name}")
def test_case(case: Case, results: Results) -> None:
    here, there = (results[host][case.name] for host in HOSTS)
    found = ["controller: " + one for one in checks.problems(case, here)]
    found += ["target: " + one for one in checks.problems(case, there)]
    found += checks.differences(case, here, there)
    assert not found, "\n".join(["", *found])
