# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes."""

from __future__ import annotations

from typing import Any, Mapping, Optional
from urllib.parse import quote

from ..call import Call


def _path(name: str) -> str:
    return "/volumes/" + quote(name, safe="")


def list_(filters: Optional[Mapping[str, Any]] = None) -> Call:
    """All volumes (GET /volumes), under Volumes, with Warnings of drivers that did not answer."""
    return Call("GET", "/volumes", {"filters": filters})


def inspect(name: str) -> Call:
    """Everything about one volume (GET /volumes/{name})."""
    return Call("GET", _path(name))


def create(body: Mapping[str, Any]) -> Call:
    """Make a volume (POST /volumes/create) and return it. One of this name and driver that exists is returned as is."""
    return Call("POST", "/volumes/create", {}, dict(body))


def update(name: str, version: int, spec: Mapping[str, Any]) -> Call:
    """Change the Spec of a swarm's cluster volume (PUT /volumes/{name}, API 1.42); `version` is the one inspected."""
    return Call("PUT", _path(name), {"version": version}, {"Spec": dict(spec)}, (1, 42))


def remove(name: str, force: Optional[bool] = None) -> Call:
    """Remove a volume that no container uses (DELETE /volumes/{name}); `force` says yes where it does not exist."""
    return Call("DELETE", _path(name), {"force": force})


def prune(filters: Optional[Mapping[str, Any]] = None) -> Call:
    """Remove unused volumes (POST /volumes/prune); the reply holds VolumesDeleted and SpaceReclaimed.

    Since API 1.42 only anonymous ones, unless the filter {"all": ["true"]} is given, which older ones do not know.
    """
    return Call("POST", "/volumes/prune", {"filters": filters}, None, (1, 25))
