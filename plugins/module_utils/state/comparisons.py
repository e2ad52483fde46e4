# SPDX-License-Identifier: GPL-3.0-or-later
"""How the user wants rows to be compared, where that is not as the table says. Pure.

Playbooks for the incumbent look for words of these messages.
"""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Sequence

from ..values.errors import InvalidOption
from .compare import IGNORE, STRICT, SUBSET, VALUE
from .field import Field


def comparison_problem(field: Field, rule: str) -> Optional[str]:
    """Why a rule cannot be used for a row; None where it can."""
    if rule not in (STRICT, IGNORE, SUBSET):
        what = "Unknown comparison mode '%s' for option %s: use strict, ignore or allow_more_present"
        return what % (rule, field.name)
    if rule == SUBSET and field.kind == VALUE:
        what = "Option '%s' is a value and not a set/list/dict, so its comparison cannot be %s: use strict or ignore"
        return what % (field.name, rule)
    return None


def by_row(fields: Sequence[Field], given: Mapping[Any, Any]) -> Dict[str, str]:
    """The user's rules by the names of rows, aliases resolved. Raises InvalidOption."""
    by_name = {alias: field for field in fields for alias in [field.name] + field.spec.get("aliases", [])}
    found: Dict[str, str] = {}
    named: Dict[str, str] = {}
    for name, rule in given.items():
        if name == "*":
            if rule not in (STRICT, IGNORE):
                what = "The wildcard can only be used with comparison modes 'strict' and 'ignore', not '%s'"
                raise InvalidOption("comparisons", what % (rule,))
            found["*"] = rule
            continue
        if name not in by_name:
            raise InvalidOption("comparisons", "Unknown module option '%s' in comparisons dict" % (name,))
        problem = comparison_problem(by_name[name], rule)
        if problem:
            raise InvalidOption("comparisons", problem)
        field = by_name[name]
        if field.name in named:
            what = "Both '%s' and '%s' are specified in comparisons dict, and are one option"
            raise InvalidOption("comparisons", what % (name, named[field.name]))
        named[field.name], found[field.name] = name, rule
    return found
