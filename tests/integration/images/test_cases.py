# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images and registries, on both hosts and over ssh: each step foretold, made, made again (../image_*/cases/*.yml)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.longshore.docker.tests.engines.index import Index
from ansible_collections.longshore.docker.tests.engines.registry import Registry
from ansible_collections.longshore.docker.tests.integration.images.prepared import FILL, all_cases, prepared
from ansible_collections.longshore.docker.tests.integration.scenarios import over_ssh
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import Case
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import Everywhere
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import Results

CASES = all_cases()


@pytest.fixture(scope="module")
def results(
    everywhere: Everywhere,
    engine_socket: str,
    registry: Registry,
    login_registry: Registry,
) -> Iterator[Results]:
    """What the tasks of the selected cases gave; they run once."""
    assert (registry.address, login_registry.address) == (FILL["REGISTRY"], FILL["LOGIN_REGISTRY"])
    index = Index(engine_socket, int(FILL["INDEX"].rpartition(":")[2]))
    try:
        with prepared(login_registry) as environment:
            yield everywhere.run(CASES, {}, environment)
    finally:
        index.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.subject.module}-{case.name}")
def test_case(case: Case, results: Results) -> None:
    assert not over_ssh.problems(case, results)
