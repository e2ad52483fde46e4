# SPDX-License-Identifier: GPL-3.0-or-later
"""Health checks as the API wants them (HealthConfig)."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from .durations import parse_duration
from .errors import InvalidValue

_DURATIONS = {
    "interval": "Interval",
    "timeout": "Timeout",
    "start_period": "StartPeriod",
    "start_interval": "StartInterval",
}
_SHORTEST = 10**6


def parse_healthcheck(options: Mapping[str, Any]) -> Dict[str, Any]:
    """Only what is given; a text is a command for the shell. Raises InvalidValue.

    Without a test there is no check, unless test_cli_compatible leaves the image's in force.
    """
    found: Dict[str, Any] = {}
    if options.get("test") is not None or not options.get("test_cli_compatible"):
        found["Test"] = _test(options.get("test"))
        if found["Test"] == ["NONE"]:
            return found
    for option, key in _DURATIONS.items():
        if options.get(option) not in (None, ""):
            found[key] = _duration(option, options[option])
    if options.get("retries") is not None:
        found["Retries"] = _retries(options["retries"])
    return found


def _duration(option: str, value: Any) -> int:
    try:
        duration = parse_duration(value)
    except InvalidValue as exc:
        raise InvalidValue("%s: %s" % (option, exc)) from exc
    if 0 < duration < _SHORTEST:
        raise InvalidValue("%s: %r is less than 1ms, the least that the Engine takes" % (option, value))
    return duration


def _retries(value: Any) -> int:
    try:
        count = int(value)
    except (TypeError, ValueError, OverflowError):
        count = -1
    if count < 0:
        raise InvalidValue("retries is %r, not a number of 0 or more" % (value,))
    return count


def _test(test: Any) -> List[str]:
    if test is None:
        return ["NONE"]
    if isinstance(test, (list, tuple)):
        words = [str(word) for word in test]
        if not words:
            return ["NONE"]
        return words if words[0] in ("NONE", "CMD", "CMD-SHELL") else ["CMD"] + words
    if not isinstance(test, (str, int, float)) or isinstance(test, bool):
        raise InvalidValue("test is %r, neither a command nor a list of words" % (test,))
    text = str(test).strip()
    return ["NONE"] if text in ("", "NONE") else ["CMD-SHELL", str(test)]
