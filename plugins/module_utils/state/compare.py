# SPDX-License-Identifier: GPL-3.0-or-later
"""When does what is there satisfy what is wanted: five kinds of values, three rules. Pure.

Values are canonical: VALUE any scalar or dict compared as one, LIST an ordered list, SET a list whose order does not
matter, DICT a dict, DICTS a list of dicts of which each wanted one must be contained in one that is there.
"""

from __future__ import annotations

from typing import Any, Dict, List

VALUE, LIST, SET, DICT, DICTS = "value", "list", "set", "dict", "set(dict)"
STRICT, IGNORE, SUBSET = "strict", "ignore", "allow_more_present"


def holds(kind: str, rule: str, have: Any, want: Any) -> bool:
    """Whether `have` is good enough. Rule SUBSET lets more be there than is wanted; for VALUE it is not defined."""
    if rule == IGNORE:
        return True
    if kind == VALUE or have is None:
        return bool(have == want)
    if kind == LIST:
        return bool(have == want) if rule == STRICT else _in_order(have, want)
    if kind == DICT:
        return bool(have == want) if rule == STRICT else _contains(have, want)
    if kind == SET:
        return set(have) == set(want) if rule == STRICT else set(want) <= set(have)
    if rule == STRICT and len(have) != len(want):
        return False
    return all(any(_contains(one, wanted) for one in have) for wanted in want)


def _contains(have: Dict[str, Any], want: Dict[str, Any]) -> bool:
    return all(key in have and have[key] == value for key, value in want.items())


def _in_order(have: List[Any], want: List[Any]) -> bool:
    rest = iter(have)
    return all(item in rest for item in want)


def merged(kind: str, base: Any, want: Any) -> Any:
    """What comes of `want` where `base` is supplied by somebody else (an image's environment, say)."""
    if not base or kind in (VALUE, LIST):
        return want
    if kind == DICT:
        return dict(base, **want)
    if kind == SET:
        return sorted(set(base) | set(want))
    return list(base) + [item for item in want if item not in base]
