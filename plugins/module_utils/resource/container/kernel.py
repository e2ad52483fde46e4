# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits that the kernel of the Engine's host does not know. The Engine drops them (POST /containers/create)."""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping

from ...engine.api import system
from ...engine.client import Engine
from .context import Context

# What GET /info shows of a host where these come to nothing.
_UNKNOWN_TO: Dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "oom_killer": lambda info: info.get("OomKillDisable") is False,
    "memory_swappiness": lambda info: info.get("CgroupVersion") == "2",
    "memory_swap": lambda info: info.get("SwapLimit") is False,
}
_NOTHING = {"oom_killer": False, "memory_swappiness": -1, "memory_swap": 0}


def drop_unknown(engine: Engine, context: Context) -> bool:
    """Before a change: what would be missed, and mended in vain, each time is not wanted. Whether there is such."""
    asked = [name for name in _UNKNOWN_TO if context.want.get(name, _NOTHING[name]) != _NOTHING[name]]
    if not asked:
        return False
    info = engine.get(system.info()) or {}
    found = [name for name in asked if _UNKNOWN_TO[name](info)]
    for name in found:
        del context.want[name]
        context.warnings.append(
            "The option %s has no effect: the kernel of the Engine's host knows no such limit. Remove it from the task"
            % name
        )
    return bool(found)
