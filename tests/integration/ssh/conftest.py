# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Playbooks against nodes that are reached over ssh, and a container there that needs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.engines.proxy import Proxy
from ansible_collections.longshore.docker.tests.engines.sshd import Kind, Node
from ansible_collections.longshore.docker.tests.integration.container.service import OLD, Service
from ansible_collections.longshore.docker.tests.integration.hosts.playbooks import Playbooks
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import playbooks_in
from ansible_collections.longshore.docker.tests.integration.ssh.tasks import STILL, WAYS


@pytest.fixture(scope="session", autouse=True)
def still(engine_socket: str, busybox_image: str) -> Iterator[Service]:
    """The container that LOOK finds as it should be."""
    made = Service(engine_socket, STILL)
    made.begin(OLD)
    yield made
    made.close()


@pytest.fixture
def playbooks(tmp_path: Path, engine_socket: str) -> Playbooks:
    """With an inventory that says nothing about `node` yet: `hostvars` does."""
    return playbooks_in(tmp_path, engine_socket)


@pytest.fixture(params=list(WAYS))
def way(request: pytest.FixtureRequest) -> Kind:
    """Each kind of node whose Engine is reached without a Python there."""
    return WAYS[request.param]


@pytest.fixture
def node(way: Kind, nodes: Callable[[Kind], Node], playbooks: Playbooks) -> Node:
    """The node of that kind, which `playbooks` are about."""
    made = nodes(way)
    playbooks.hostvars = made.variables
    return made


@pytest.fixture
def proxy(engine_socket: str) -> Iterator[Proxy]:
    with Proxy(engine_socket) as made:
        yield made


@pytest.fixture
def watched(way: Kind, proxy: Proxy, playbooks: Playbooks) -> Iterator[Node]:
    """A node of that kind whose Engine is the proxy, so that what comes by is known, and can be disturbed."""
    with Node(proxy.socket, way) as made:
        playbooks.hostvars = made.variables
        yield made
