# SPDX-License-Identifier: GPL-3.0-or-later
"""How the user wants rows to be compared, where that is not as the table says. Pure."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Sequence

from ..values.errors import InvalidOption
from .compare import IGNORE, STRICT, SUBSET, VALUE
from .field import Field


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


def by_row(fields: Sequence[Field], given: Mapping[Any, Any]) -> Dict[str, str]:
    """The user's rules by the names of rows, aliases resolved. Raises InvalidOption."""
    by_name = {alias: field for field in fields for alias in [field.name] + field.spec.get("aliases", [])}
    found: Dict[str, str] = {}
    for name, rule in given.items():
        if name == "*":
            if rule not in (STRICT, IGNORE):
                raise InvalidOption("comparisons", "the wildcard '*' can be strict or ignore, not '%s'" % (rule,))
            found["*"] = rule
            continue
        if name not in by_name:
            raise InvalidOption("comparisons", "unknown module option '%s'" % (name,))
        problem = comparison_problem(by_name[name], rule)
        if problem:
            raise InvalidOption("comparisons", problem)
        if found.setdefault(by_name[name].name, rule) != rule:
            raise InvalidOption(
                "comparisons", "option %s appears more than once, by its name and an alias" % by_name[name].name
            )
    return found
