# SPDX-License-Identifier: GPL-3.0-or-later
"""One of many objects that a task brings to their states. Pure."""

from __future__ import annotations

from typing import Any, Dict, FrozenSet, NamedTuple, Tuple

from .step import Step


class Member(NamedTuple):
    """`options` as the resource takes them; `after` names those that have to be done first, `behind` those that were
    to be tried first; `waits` are steps to make before any of the member's own, where there are any."""

    name: str
    options: Dict[str, Any]
    after: FrozenSet[str] = frozenset()
    waits: Tuple[Step, ...] = ()
    behind: FrozenSet[str] = frozenset()
