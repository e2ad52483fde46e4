# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a table of rows is not as wanted. Pure."""

from __future__ import annotations

from typing import Any, List, Mapping, NamedTuple, Sequence, Tuple

from .compare import IGNORE, STRICT
from .field import Field


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
