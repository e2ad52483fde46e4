# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks: connect and disconnect containers."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional
from urllib.parse import quote

from ..call import Call


def _path(name: str, rest: str = "") -> str:
    return "/networks/" + quote(name, safe="") + rest


def connect(network: str, container: str, endpoint_config: Optional[Mapping[str, Any]] = None) -> Call:
    """Connect a container (POST /networks/{id}/connect)."""
    body: Dict[str, Any] = {"Container": container}
    if endpoint_config:
        body["EndpointConfig"] = dict(endpoint_config)
    return Call("POST", _path(network, "/connect"), {}, body)


def disconnect(network: str, container: str, force: bool = False) -> Call:
    """Disconnect a container (POST /networks/{id}/disconnect)."""
    return Call("POST", _path(network, "/disconnect"), {}, {"Container": container, "Force": force})
