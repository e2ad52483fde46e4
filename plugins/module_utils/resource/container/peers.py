# SPDX-License-Identifier: GPL-3.0-or-later
"""Containers whose namespaces a container shares."""

from __future__ import annotations

from typing import Any, Dict, Iterable

from ...engine.api import containers
from ...engine.client import Engine
from .context import Context


def see(engine: Engine, context: Context, options: Iterable[str]) -> None:
    """Learn the IDs of containers whose namespaces are shared: the Engine shows an ID where the task names a name."""
    for option in options:
        kind, sep, name = (context.options.get(option) or "").partition(":")
        if sep and kind == "container" and name not in context.ids and context.container:
            shown: Dict[str, Any] = context.container.get("HostConfig") or {}
            key = {"network_mode": "NetworkMode", "ipc_mode": "IpcMode", "pid_mode": "PidMode"}[option]
            if shown.get(key) != context.options[option]:
                peer = engine.inspect(containers.inspect(name))
                if peer:
                    context.ids[name] = peer["Id"]
