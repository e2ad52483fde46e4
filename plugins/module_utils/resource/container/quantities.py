# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes and counts."""

from __future__ import annotations

from typing import Any, Dict, Optional

from ...values.sizes import parse_size
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


def pids(value: Any, _context: Any) -> int:
    return max(int(value or 0), 0)
