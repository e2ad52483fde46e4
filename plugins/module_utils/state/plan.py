# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What will be done, as data: the differences found, the steps that mend them, and how to take them back. Pure."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from ..engine.call import Call
from .compare import IGNORE, STRICT, SUBSET, VALUE
from .field import UNKNOWN, Field


class Step(NamedTuple):
    """One effect. `doing` completes "failed while ..." in messages.

    how       how the call is made: "send", or the name of a performer (task.perform)
    undo      calls that take this step back when a later one fails, made in the order given
    effect    False for steps that only look or wait: they do not count as a change
    tolerate  HTTP statuses that mean the step's aim is reached already
    patience  seconds the Engine may take longer than its usual timeout
    limit     seconds a waiting step may take, 0 for no limit
    barrier   from this step on nothing is taken back: what came before has proved itself
    ours      the undo is right even where the reply was lost and nobody knows whether the step was done
    taken_back, left    a sentence for the failure's message: when this step was taken back, when that was not possible
    """

    doing: str
    call: Call
    how: str = "send"
    undo: Tuple[Step, ...] = ()
    effect: bool = True
    tolerate: Tuple[int, ...] = ()
    patience: float = 0
    limit: float = 0
    barrier: bool = False
    ours: bool = False
    taken_back: str = ""
    left: str = ""


class Plan(NamedTuple):
    """Steps, the diff (`before` and `after` differ exactly where something changes), and what is left alone.

    prelude  steps after which the rest can only be known by looking and planning again; nothing else is sure
    drift    options that differ but that a policy (comparisons: ignore) forbids to mend
    reasons  options that make a replacement necessary
    """

    steps: Tuple[Step, ...] = ()
    before: Mapping[str, Any] = {}
    after: Mapping[str, Any] = {}
    drift: Tuple[str, ...] = ()
    reasons: Tuple[str, ...] = ()
    prelude: Tuple[Step, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether any step has an effect."""
        return any(step.effect for step in self.steps)


class Differences(NamedTuple):
    """Rows that are not as wanted, and drift."""

    rows: Tuple[Field, ...]
    drift: Tuple[str, ...]


def rule_for(field: Field, comparisons: Mapping[str, str]) -> str:
    """The rule in force for a row. `comparisons` is the user's, already checked by check_comparisons."""
    if field.name in comparisons:
        return comparisons[field.name]
    every = comparisons.get("*")
    return field.rule if every is None else every


def differences(
    fields: Sequence[Field],
    want: Mapping[str, Any],
    have: Mapping[str, Any],
    comparisons: Mapping[str, str],
    context: Any,
) -> Differences:
    """Compare each wanted row with what is there."""
    rows: List[Field] = []
    drift: List[str] = []
    for field in fields:
        if field.name not in want:
            continue
        rule = rule_for(field, comparisons)
        strict = rule if rule != IGNORE else field.rule if field.rule != IGNORE else STRICT
        if field.satisfied(have[field.name], want[field.name], strict, context):
            continue
        if rule != IGNORE:
            rows.append(field)
        elif field.rule != IGNORE:
            drift.append(field.name)
    return Differences(tuple(rows), tuple(drift))


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


def comparison_problem(field: Field, rule: str) -> Optional[str]:
    """Why a rule cannot be used for a row; None where it can."""
    if rule not in (STRICT, IGNORE, SUBSET):
        return "unknown comparison mode '%s' for option %s: use strict, ignore or allow_more_present" % (
            rule,
            field.name,
        )
    if rule == SUBSET and field.kind == VALUE:
        return "option %s is a single value: it can be compared by strict or ignore only" % field.name
    return None
