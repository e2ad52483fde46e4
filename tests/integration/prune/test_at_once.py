# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Engine prunes one thing at a time: who comes second waits. The proxy says what it says then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.prune import resource
from ansible_collections.longshore.docker.plugins.modules.prune import TASK
from ansible_collections.longshore.docker.tests.engines.image import BUSYBOX
from ansible_collections.longshore.docker.tests.engines.proxy import Proxy, refused
from ansible_collections.longshore.docker.tests.integration.container.prepared import ask
from ansible_collections.longshore.docker.tests.integration.container.service import run

LABEL = "own=ls-prune-at-once"
OPTIONS: dict[str, Any] = {"containers": True, "containers_filters": {"label": LABEL}}
BUSY = refused(409, "a prune operation is already running")


@pytest.fixture
def container(engine_socket: str, busybox_image: str) -> Iterator[str]:
    """One that does not run, by its ID."""
    name, _equals, value = LABEL.partition("=")
    made = ask(engine_socket, "POST", "/containers/create", {"Image": BUSYBOX, "Labels": {name: value}})["Id"]
    yield made
    if any(one["Id"] == made for one in ask(engine_socket, "GET", "/containers/json", all=1)):
        ask(engine_socket, "DELETE", "/containers/" + made)


def test_it_waits_for_another_one(engine_socket: str, container: str) -> None:
    with Proxy(engine_socket) as proxy:
        proxy.strike("POST .*/containers/prune", BUSY)
        result = run(proxy.socket, OPTIONS, task=TASK)
    assert result["containers"] == [container] and result["changed"], json.dumps(result)


def test_it_does_not_wait_for_ever(engine_socket: str, container: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "BUSY_SECONDS", 0)
    with Proxy(engine_socket) as proxy:
        proxy.strike("POST .*/containers/prune", BUSY)
        result = run(proxy.socket, OPTIONS, task=TASK)
    assert result["failed"] and "already running" in result["msg"], json.dumps(result)
    assert container in {one["Id"] for one in ask(engine_socket, "GET", "/containers/json", all=1)}
