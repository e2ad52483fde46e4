# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits that the kernel of the Engine's host does not know. The Engine drops them (POST /containers/create)."""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping, Tuple

from ...engine.api import system
from ...engine.client import Engine
from ..answers import mapping
from ..looking import looking_for
from .context import Context


def _lacks(key: str) -> Callable[[Mapping[str, Any]], bool]:
    """Engines for Windows show false for all of them."""
    return lambda info: info.get(key) is False and info.get("OSType") != "windows"


# What GET /info shows of a host where these come to nothing.
_UNKNOWN_TO: Dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "oom_killer": lambda info: info.get("OomKillDisable") is False,
    "memory_swappiness": lambda info: info.get("CgroupVersion") == "2",
    "memory_swap": lambda info: info.get("SwapLimit") is False,
    "memory": _lacks("MemoryLimit"),
    "memory_reservation": _lacks("MemoryLimit"),
    "pids_limit": _lacks("PidsLimit"),
    "cpu_shares": _lacks("CPUShares"),
    "cpu_period": _lacks("CpuCfsPeriod"),
    "cpu_quota": _lacks("CpuCfsQuota"),
    "cpuset_cpus": _lacks("CPUSet"),
    "cpuset_mems": _lacks("CPUSet"),
}
_NOTHING: Dict[str, Tuple[Any, ...]] = {"oom_killer": (False,), "memory_swappiness": (-1,)}
# Of the others the Engine warns when a container is made: asked about is what one that is there has not got.
_ALWAYS = ("oom_killer", "memory_swappiness", "memory_swap")


def drop_unknown(engine: Engine, context: Context) -> bool:
    """Before a change: what would be missed, and mended in vain, each time is not wanted. Whether there is such."""
    missed = [name for name in _UNKNOWN_TO if context.container is not None and not context.have.get(name)]
    names = [name for name in _UNKNOWN_TO if name in _ALWAYS or name in missed]
    asked = [name for name in names if context.want.get(name) not in (None, *_NOTHING.get(name, (0, "")))]
    if not asked:
        return False
    with looking_for("the limits that the host of container %s knows" % context.name):
        info = mapping(engine, system.info())
    found = [name for name in asked if _UNKNOWN_TO[name](info)]
    for name in found:
        del context.want[name]
        context.warnings.append(
            "The option %s has no effect: the kernel of the Engine's host knows no such limit. Remove it from the task"
            % name
        )
    return bool(found)
