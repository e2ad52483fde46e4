# SPDX-License-Identifier: GPL-3.0-or-later
"""What a plan shows of the rows that it changes. Pure."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Sequence, Tuple

from .field import UNKNOWN, Field


def shown(
    fields: Sequence[Field], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Tuple[Dict[str, Any], Dict[str, Any]]:
    """The rows that differ, on both sides; a value nobody can know beforehand is left out of both."""
    left: Dict[str, Any] = {}
    right: Dict[str, Any] = {}
    for field in fields:
        name = field.name
        if name not in after or after[name] is UNKNOWN or (name in before and before[name] == after[name]):
            continue
        right[name] = field.show(after[name])
        if name in before:
            left[name] = field.show(before[name])
    return left, right
