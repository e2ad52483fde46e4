# SPDX-License-Identifier: GPL-3.0-or-later
"""Containers: their processes and terminals."""

from __future__ import annotations

from typing import Optional
from urllib.parse import quote

from ..call import Call
from .versions import needed


def _path(name: str, rest: str) -> str:
    return "/containers/" + quote(name, safe="") + rest


def top(name: str, ps_args: Optional[str] = None) -> Call:
    """The processes of a running container (GET /containers/{id}/top): Titles and Processes, as the host's ps says."""
    return Call("GET", _path(name, "/top"), {"ps_args": ps_args})


def stats(name: str, stream: bool = True, one_shot: Optional[bool] = None) -> Call:
    """Use of resources (GET /containers/{id}/stats), as records without an end, or one record.

    Without `stream` the Engine measures for about a second, to have two values of the processor's time; `one_shot`
    (API 1.41) spares that. It says nothing for a container that has been created only.
    """
    query = {"stream": stream, "one-shot": one_shot}
    return Call("GET", _path(name, "/stats"), query, None, needed((1, 24), (one_shot, (1, 41))))


def attach(
    name: str,
    stdin: Optional[bool] = None,
    stdout: Optional[bool] = True,
    stderr: Optional[bool] = True,
    stream: Optional[bool] = True,
    logs: Optional[bool] = None,
    detach_keys: Optional[str] = None,
) -> Call:
    """Join the container's main process (POST /containers/{id}/attach): for `Engine.hijack`.

    `logs` begins with what was written before; without `stream` that is all.
    """
    query = {
        "stdin": stdin,
        "stdout": stdout,
        "stderr": stderr,
        "stream": stream,
        "logs": logs,
        "detachKeys": detach_keys,
    }
    return Call("POST", _path(name, "/attach"), query)


def resize(name: str, height: int, width: int) -> Call:
    """Set the size of a running container's terminal, in characters (POST /containers/{id}/resize)."""
    return Call("POST", _path(name, "/resize"), {"h": height, "w": width})
