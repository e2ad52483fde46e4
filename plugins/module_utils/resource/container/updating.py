# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits changed in place: which the Engine can change, and which it takes only together."""

from __future__ import annotations

from typing import Any, Dict

from .context import Context


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


def blkio_in_place(_have: Any, want: Any, context: Context) -> bool:
    return context.api_version >= (1, 55) and bool(want)
