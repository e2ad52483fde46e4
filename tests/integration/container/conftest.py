# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Containers that must not be lost, and proxies that try to lose them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from ansible_collections.longshore.docker.tests.engines.proxy import Proxy
from ansible_collections.longshore.docker.tests.engines.registry import Registry
from ansible_collections.longshore.docker.tests.integration.container.case_runs import CASES, FILL, CaseRuns
from ansible_collections.longshore.docker.tests.integration.container.service import Service


@pytest.fixture
def services(engine_socket: str, busybox_image: str) -> Iterator[Callable[[str], Service]]:
    """Makes the services of a test, and removes them."""
    made: list[Service] = []

    def service(name: str) -> Service:
        made.append(Service(engine_socket, name))
        return made[-1]

    yield service
    for one in made:
        one.close()


@pytest.fixture
def service(services: Callable[[str], Service]) -> Service:
    return services("ls-service")


@pytest.fixture
def proxy(engine_socket: str) -> Iterator[Proxy]:
    with Proxy(engine_socket) as made:
        yield made


@pytest.fixture(scope="session")
def case_runs(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    engine_socket: str,
    busybox_image: str,
    registry: Registry,
    login_registry: Registry,
) -> Iterator[CaseRuns]:
    """The cases of the selected tests."""
    assert (registry.address, login_registry.address) == (FILL["REGISTRY"], FILL["LOGIN_REGISTRY"])
    selected = [item.callspec.params.get("case") for item in request.session.items if hasattr(item, "callspec")]
    wanted = [case for case in CASES if case in selected]
    folder = tmp_path_factory.mktemp("cases")
    made = CaseRuns(wanted, folder, engine_socket, busybox_image, login_registry)
    try:
        yield made
    finally:
        made.close()
