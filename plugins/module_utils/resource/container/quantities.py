# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes, rates and counts, and which of them the Engine takes only together."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from ...values.devices import parse_device
from ...values.sizes import parse_size
from ...values.ulimits import parse_ulimit
from ...values.words import switches
from .context import Context


def size(value: Any, _context: Any) -> int:
    return parse_size(value)


def size_or_none(value: Any, _context: Any) -> Optional[int]:
    return parse_size(value) or None  # for the Engine, 0 is not given


def same_size(have: int, want: int, _rule: str, _context: Any) -> bool:
    """0.7g is no whole number of bytes: docker drops what is left of one, Ansible rounds it."""
    return abs(have - want) <= 1


def swap(value: Any, context: Context) -> int:
    """0 asks for the Engine's own choice."""
    memory = context.options.get("memory")
    return parse_size(value, allow_unlimited=True) or 2 * parse_size(0 if memory is None else memory)


def same_swap(have: int, want: int, _rule: str, context: Context) -> bool:
    if not want:  # the Engine's choice, and the task does not say of what
        host: Dict[str, Any] = (context.container or {}).get("HostConfig") or {}
        want = 2 * (host.get("Memory") or 0)
    return abs(have - want) <= 2 if want > 0 else have == want


def swap_default(context: Context) -> Any:
    # The Engine's own default, where the kernel can account for swap.
    memory = context.want.get("memory")
    return 2 * memory if memory else 0


def swap_along(have: Dict[str, Any], want: Dict[str, Any]) -> Dict[str, Any]:
    """Memory above memory-swap is refused, so the swap a fresh container would get goes along."""
    if "memory_swap" in want:
        return {"memory_swap": want["memory_swap"]} if want["memory_swap"] else {}
    swap, memory = have["memory_swap"], want["memory"]
    if swap == -1:  # which the Engine takes for less than any memory, where it is not sent along
        return {"memory_swap": -1}
    return {} if swap != 2 * have["memory"] and swap >= memory else {"memory_swap": 2 * memory}


def memory_along(have: Dict[str, Any], want: Dict[str, Any]) -> Dict[str, Any]:
    return {"memory": want["memory"]} if want.get("memory") else {}


def no_quota(_have: float, want: float, context: Context) -> bool:
    return bool(want) and not context.have["cpu_period"] and not context.have["cpu_quota"]


def no_nano(_have: int, want: int, context: Context) -> bool:
    return bool(want) and not context.have["cpus"]


def retries_along(have: Dict[str, Any], want: Dict[str, Any]) -> Dict[str, Any]:
    retries = want.get("restart_retries", have["restart_retries"])
    return {"restart_retries": retries if want["restart_policy"] == "on-failure" else 0}


def policy_along(have: Dict[str, Any], want: Dict[str, Any]) -> Dict[str, Any]:
    return {"restart_policy": want.get("restart_policy", have["restart_policy"])}


def not_removed_at_exit(_have: Any, want: Any, context: Context) -> bool:
    return not context.have["auto_remove"] or want in ("no", 0)


def pids(value: Any, _context: Any) -> int:
    return max(int(value or 0), 0)


def rates(value: List[Dict[str, Any]], _context: Any) -> List[Dict[str, Any]]:
    return [{"Path": one["path"], "Rate": parse_size(one["rate"])} for one in value]


def weights(value: List[Dict[str, Any]], _context: Any) -> List[Dict[str, Any]]:
    return [{"Path": one["path"], "Weight": one["weight"]} for one in value]


def blkio_in_place(_have: Any, want: Any, context: Context) -> bool:
    return context.api_version >= (1, 55) and bool(want)


def devices(value: List[str], _context: Any) -> List[Dict[str, Any]]:
    keys = ("PathOnHost", "PathInContainer", "CgroupPermissions")
    return [dict(zip(keys, parse_device(one))) for one in value]


def observed_devices(raw: Any, _context: Any) -> List[Dict[str, Any]]:
    """With permissions in one order."""
    shown = [(one, one.get("CgroupPermissions") or "") for one in raw or ()]
    return [dict(one, CgroupPermissions="".join(word for word in "rwm" if word in words)) for one, words in shown]


def device_requests(value: List[Dict[str, Any]], _context: Any) -> List[Dict[str, Any]]:
    keys = {
        "driver": "Driver",
        "count": "Count",
        "device_ids": "DeviceIDs",
        "capabilities": "Capabilities",
        "options": "Options",
    }
    given = [dict(one, options=switches(one.get("options") or {})) for one in value]
    return observed_device_requests([{keys[key]: item for key, item in one.items()} for one in given], _context)


def observed_device_requests(raw: Any, _context: Any) -> List[Dict[str, Any]]:
    """Without the keys that were not given, which the Engine shows as empty."""
    return [{key: item for key, item in one.items() if item not in (None, "", 0, [], {})} for one in raw or ()]


def ulimits(value: List[str], _context: Any) -> List[Dict[str, Any]]:
    return [dict(zip(("Name", "Soft", "Hard"), parse_ulimit(one))) for one in value]
