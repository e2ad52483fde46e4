# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a test asks a real Engine in this process is valid by the official description of the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import ApiVersion, Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.tests.contract.description import Description, of_call
from ansible_collections.longshore.docker.tests.contract.descriptions import descriptions
from ansible_collections.longshore.docker.tests.engines.sshd import Kind, Node
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import Everywhere


def descriptions_for(version: ApiVersion) -> list[Description]:
    """That of the version that is spoken, else the next older one and the next newer one: what either knows is right.
    None for what is newer than all that are at hand."""
    known = descriptions()
    if version in known:
        return [known[version]]
    older, newer = [one for one in known if one < version], [one for one in known if one > version]
    return [known[one] for one in (*older[-1:], *newer[:1])] if newer else []


@pytest.fixture(autouse=True)
def requests_are_as_described(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test that makes up its requests, to see what the client does with them, carries the mark made_up_requests."""
    if request.node.get_closest_marker("made_up_requests"):
        yield
        return
    problems: list[str] = []
    prepare = Engine.prepare

    def checking(engine: Engine, call: Call) -> Any:
        known = [one for one in descriptions_for(engine._version or (1, 41)) if call.since <= one.version]
        wrong = [one.problems(of_call(call)) for one in known]
        if wrong and all(wrong):
            problems.extend("%s %s: %s" % (call.method, call.path, one) for one in wrong[-1])
        return prepare(engine, call)

    monkeypatch.setattr(Engine, "prepare", checking)
    yield
    assert problems == []


@pytest.fixture(scope="session")
def nodes(engine_socket: str) -> Iterator[Callable[[Kind], Node]]:
    """Makes managed nodes that are reached over ssh and have the Engine; one of each kind, for all tests."""
    made: dict[Kind, Node] = {}

    def node(kind: Kind) -> Node:
        if kind not in made:
            made[kind] = Node(engine_socket, kind)
        return made[kind]

    try:
        yield node
    finally:
        for one in made.values():
            one.close()


@pytest.fixture(scope="session")
def everywhere(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    engine_socket: str,
    busybox_image: str,
    nodes: Callable[[Kind], Node],
) -> Everywhere:
    """Runs a suite's cases, which have busybox_image."""
    selected = [item.callspec.params.get("case") for item in request.session.items if hasattr(item, "callspec")]
    return Everywhere(selected, nodes, lambda: tmp_path_factory.mktemp("cases"), engine_socket)
