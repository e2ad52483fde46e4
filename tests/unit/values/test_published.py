# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which addresses lead to a container's port."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.values.published import addresses

WEB = {"HostIp": "0.0.0.0", "HostPort": "8080"}
NAMES = {"HostIp": "127.0.0.1", "HostPort": "53"}
PORTS: dict[str, Any] = {"80/tcp": [WEB, {**WEB, "HostIp": "::"}], "53/udp": [NAMES], "81/tcp": None}
DOCUMENT = {"NetworkSettings": {"Ports": PORTS}}


@pytest.mark.parametrize(
    "port, wanted",
    [
        (80, PORTS["80/tcp"]),
        ("80", PORTS["80/tcp"]),
        ("80/tcp", PORTS["80/tcp"]),
        ("53/udp", [NAMES]),
        (53, []),
        (81, []),
        (82, []),
    ],
)
def test_addresses(port: int | str, wanted: list[dict[str, str]]) -> None:
    assert addresses(DOCUMENT, port) == wanted


@pytest.mark.parametrize("document", [{}, {"NetworkSettings": None}, {"NetworkSettings": {"Ports": None}}])
def test_container_that_does_not_run(document: dict[str, Any]) -> None:
    assert addresses(document, 80) == []
