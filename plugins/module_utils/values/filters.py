# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters as the Engine takes them: names, each with a list of texts."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

from .errors import InvalidValue

Filters = Dict[str, List[str]]
_BOOLEANS = {"true": True, "1": True, "t": True, "false": False, "0": False, "f": False}


def encode_filters(given: Optional[Mapping[str, Any]]) -> Filters:
    """A value may be a text, a number, a boolean, or a list of them. Raises InvalidValue."""
    return {name: [_text(name, one) for one in _listed(value)] for name, value in (given or {}).items()}


def _listed(value: Any) -> List[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value)
    raise InvalidValue("%s: %r is neither a text nor a list of texts" % (name, value))


def truth(filters: Filters, name: str, default: bool) -> bool:
    """The value of a filter that is true or false, in one of Go's spellings. Raises InvalidValue."""
    found = {_BOOLEANS.get(one.lower()) for one in filters.get(name, ())}
    if not found:
        return default
    if len(found) > 1 or None in found:
        raise InvalidValue("%s: %s is neither true nor false" % (name, ", ".join(filters[name])))
    return bool(found.pop())


def labels_match(filters: Filters, labels: Optional[Mapping[str, str]]) -> bool:
    """Whether an object with these labels is meant by the filters label and label!, each of which has to hold with all
    its values (the Engine's rule for pruning)."""
    if not _all_there(filters.get("label", ()), labels or {}):
        return False
    return "label!" not in filters or not _all_there(filters["label!"], labels or {})


def _all_there(wanted: Any, labels: Mapping[str, str]) -> bool:
    for one in wanted:
        key, given, value = one.partition("=")
        if key not in labels or (given and labels[key] != value):
            return False
    return True
