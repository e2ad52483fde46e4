# SPDX-License-Identifier: GPL-3.0-or-later
"""Options whose values are hidden where arguments are shown, and nowhere else (Task.veiled)."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Dict, Iterable, Mapping, Set, Tuple

# In ansible-core's words for what no_log hides.
_HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def uncover(veiled: Iterable[str], options: Mapping[str, Any], secrets: Set[str]) -> Tuple[Set[str], Dict[str, Any]]:
    """Returns the secrets to be taken out of all that is shown, without the values of these options, and the options
    as they may be shown. `secrets` are what ansible-core takes for secrets: the values of all that is no_log."""
    shown, left = dict(options), set(secrets)
    for path in veiled:
        option, _dot, suboption = path.partition(".")
        holder = shown
        if suboption and isinstance(shown.get(option), dict):
            holder = shown[option] = deepcopy(shown[option])
        value = holder.get(suboption or option)
        left -= set(_texts(value))
        if isinstance(value, dict):
            holder[suboption or option] = dict.fromkeys(value, _HIDDEN)
        elif value is not None:
            holder[suboption or option] = _HIDDEN
    return left, shown


def _texts(value: Any) -> Iterable[str]:
    """As ansible-core collects no_log values: all texts and numbers in it, as texts."""
    if isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
