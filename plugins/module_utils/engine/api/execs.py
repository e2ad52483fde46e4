# SPDX-License-Identifier: GPL-3.0-or-later
"""Further processes in running containers."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Tuple
from urllib.parse import quote

from ..call import Call
from .versions import needed


def _path(exec_id: str, rest: str) -> str:
    return "/exec/" + quote(exec_id, safe="") + rest


def create(container: str, body: Mapping[str, Any]) -> Call:
    """Describe a process (POST /containers/{id}/exec); the reply holds Id. Nothing runs yet.

    `ConsoleSize` in the body needs API 1.42.
    """
    since = needed((1, 24), (body.get("ConsoleSize"), (1, 42)))
    return Call("POST", "/containers/%s/exec" % quote(container, safe=""), {}, dict(body), since)


def start(
    exec_id: str, detach: bool = False, tty: bool = False, console_size: Optional[Tuple[int, int]] = None
) -> Call:
    """Run it (POST /exec/{id}/start): for `Engine.hijack`, or for `Engine.send` with `detach`.

    `tty` must be what it was created with. `console_size` is (height, width) and needs API 1.42.
    """
    body: Dict[str, Any] = {"Detach": detach, "Tty": tty}
    if console_size is not None:
        body["ConsoleSize"] = list(console_size)
    return Call("POST", _path(exec_id, "/start"), {}, body, needed((1, 24), (console_size, (1, 42))))


def inspect(exec_id: str) -> Call:
    """How it is (GET /exec/{id}/json): Running, and ExitCode, which is null until it has ended."""
    return Call("GET", _path(exec_id, "/json"))


def resize(exec_id: str, height: int, width: int) -> Call:
    """Set the size of its terminal, in characters, while it runs (POST /exec/{id}/resize)."""
    return Call("POST", _path(exec_id, "/resize"), {"h": height, "w": width})
