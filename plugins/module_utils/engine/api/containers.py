# SPDX-License-Identifier: GPL-3.0-or-later
"""Containers: the calls that a container's life consists of."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Union
from urllib.parse import quote

from ..call import Call


def _path(name: str, rest: str = "") -> str:
    return "/containers/" + quote(name, safe="") + rest


def list_(
    all_: Optional[bool] = None,
    limit: Optional[int] = None,
    size: Optional[bool] = None,
    filters: Optional[Mapping[str, Any]] = None,
) -> Call:
    """Running containers, or all (GET /containers/json); `limit` counts from the newest, stopped ones included."""
    return Call("GET", "/containers/json", {"all": all_, "limit": limit, "size": size, "filters": filters})


def prune(filters: Optional[Mapping[str, Any]] = None) -> Call:
    """Remove all stopped containers (POST /containers/prune); the reply holds ContainersDeleted and SpaceReclaimed."""
    return Call("POST", "/containers/prune", {"filters": filters}, None, (1, 25))


def inspect(name: str, size: Optional[bool] = None) -> Call:
    """Everything about one container (GET /containers/{id}/json)."""
    return Call("GET", _path(name, "/json"), {"size": size})


def create(name: Optional[str], body: Mapping[str, Any], platform: Optional[str] = None) -> Call:
    """Make a container (POST /containers/create); the reply holds Id and Warnings."""
    since = (1, 24) if platform is None else (1, 41)
    return Call("POST", "/containers/create", {"name": name, "platform": platform}, dict(body), since)


def start(name: str) -> Call:
    """Start; 304 when it runs already."""
    return Call("POST", _path(name, "/start"))


def stop(name: str, timeout: Optional[int] = None, signal: Optional[str] = None) -> Call:
    """Stop, killing after `timeout` seconds; 304 when it is stopped already. `signal` needs API 1.42."""
    since = (1, 24) if signal is None else (1, 42)
    return Call("POST", _path(name, "/stop"), {"t": timeout, "signal": signal}, None, since)


def restart(name: str, timeout: Optional[int] = None, signal: Optional[str] = None) -> Call:
    """Stop and start. `signal` needs API 1.42."""
    since = (1, 24) if signal is None else (1, 42)
    return Call("POST", _path(name, "/restart"), {"t": timeout, "signal": signal}, None, since)


def kill(name: str, signal: Optional[str] = None) -> Call:
    """Send a signal, SIGKILL when none is given."""
    return Call("POST", _path(name, "/kill"), {"signal": signal})


def pause(name: str) -> Call:
    """Freeze all processes."""
    return Call("POST", _path(name, "/pause"))


def unpause(name: str) -> Call:
    """Thaw all processes."""
    return Call("POST", _path(name, "/unpause"))


def rename(name: str, new_name: str) -> Call:
    """Give a container another name."""
    return Call("POST", _path(name, "/rename"), {"name": new_name})


def update(name: str, body: Mapping[str, Any]) -> Call:
    """Change limits and the restart policy in place; the reply holds Warnings."""
    return Call("POST", _path(name, "/update"), {}, dict(body))


def remove(
    name: str, volumes: Optional[bool] = None, force: Optional[bool] = None, link: Optional[bool] = None
) -> Call:
    """Remove a container; `volumes`: its anonymous volumes too; `force`: kill it first; `link`: that link only."""
    return Call("DELETE", _path(name), {"v": volumes, "force": force, "link": link})


def wait(name: str, condition: Optional[str] = None) -> Call:
    """Block until not-running (default), next-exit or removed; the reply holds StatusCode."""
    return Call("POST", _path(name, "/wait"), {"condition": condition})


def logs(
    name: str,
    stdout: bool = True,
    stderr: bool = True,
    follow: Optional[bool] = None,
    timestamps: Optional[bool] = None,
    tail: Any = None,
    since: Union[int, str, None] = None,
    until: Union[int, str, None] = None,
) -> Call:
    """What the container wrote, as frames; `tail` is a number of lines or "all", times are Unix seconds, as a text with
    up to nine decimals where it matters."""
    query = {
        "stdout": stdout,
        "stderr": stderr,
        "follow": follow,
        "timestamps": timestamps,
        "tail": tail,
        "since": since,
        "until": until,
    }
    return Call("GET", _path(name, "/logs"), query)
