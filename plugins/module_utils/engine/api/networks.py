# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks, and the containers on them."""

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


def list_(filters: Optional[Mapping[str, Any]] = None) -> Call:
    """All networks, without their containers (GET /networks)."""
    return Call("GET", "/networks", {"filters": filters})


def inspect(network: str, verbose: Optional[bool] = None, scope: Optional[str] = None) -> Call:
    """Everything about one network (GET /networks/{id}); `scope` decides between networks of one name."""
    return Call("GET", _path(network), {"verbose": verbose, "scope": scope})


def create(body: Mapping[str, Any]) -> Call:
    """Make a network (POST /networks/create); the reply holds Id and Warning."""
    return Call("POST", "/networks/create", {}, dict(body))


def remove(network: str) -> Call:
    """Remove a network that no container is on (DELETE /networks/{id})."""
    return Call("DELETE", _path(network))


def prune(filters: Optional[Mapping[str, Any]] = None) -> Call:
    """Remove all networks that no container is on (POST /networks/prune); the reply holds NetworksDeleted."""
    return Call("POST", "/networks/prune", {"filters": filters}, None, (1, 25))
