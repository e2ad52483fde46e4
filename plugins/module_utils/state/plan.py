# SPDX-License-Identifier: GPL-3.0-or-later
"""What will be done, as data: the steps, how to take them back, and what they come to. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, NamedTuple, Tuple

if TYPE_CHECKING:
    from .step import Step


class Plan(NamedTuple):
    """Steps, the diff (`before` and `after` differ exactly where something changes; where a text stays as it is all the
    same, `titles` have `prepared`, what is done in words), and what is left alone.

    warnings what the user should know, whether or not anything is done
    prelude  steps after which the rest can only be known by looking and planning again; nothing else is sure
    drift    options that differ but that a policy (comparisons: ignore) forbids to mend
    reasons  options that make a replacement necessary
    titles   what the diff has beside them: before_header, ... where before and after are texts, and `differences`
    """

    steps: Tuple[Step, ...] = ()
    before: Any = {}
    after: Any = {}
    drift: Tuple[str, ...] = ()
    reasons: Tuple[str, ...] = ()
    prelude: Tuple[Step, ...] = ()
    warnings: Tuple[str, ...] = ()
    titles: Mapping[str, Any] = {}

    @property
    def changed(self) -> bool:
        """Whether any step has an effect."""
        return any(step.effect for step in self.steps)
