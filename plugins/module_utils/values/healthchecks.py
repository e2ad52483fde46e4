# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Health checks as the API wants them (HealthConfig)."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

from .durations import parse_duration
from .errors import InvalidValue

_DURATIONS = {
    "interval": "Interval",
    "timeout": "Timeout",
    "start_period": "StartPeriod",
    "start_interval": "StartInterval",
}


def parse_healthcheck(options: Mapping[str, Any]) -> Dict[str, Any]:
    """Only what is given; a text is a command for the shell. Raises InvalidValue."""
    found: Dict[str, Any] = {}
    test = _test(options.get("test"), bool(options.get("test_cli_compatible")))
    if test is not None:
        found["Test"] = test
        if test == ["NONE"]:
            return found
    for option, key in _DURATIONS.items():
        if options.get(option) is not None:
            found[key] = parse_duration(options[option])
    if options.get("retries") is not None:
        found["Retries"] = int(options["retries"])
    return found


def _test(test: Any, inherits: bool) -> Optional[List[str]]:
    if test is None or (inherits and not test):
        return None
    if isinstance(test, (list, tuple)):
        words = [str(word) for word in test]
        if not words:
            return ["NONE"]
        return words if words[0] in ("NONE", "CMD", "CMD-SHELL") else ["CMD"] + words
    if not isinstance(test, (str, int, float)) or isinstance(test, bool):
        raise InvalidValue("test is %r, neither a command nor a list of words" % (test,))
    text = str(test).strip()
    return ["NONE"] if text in ("", "NONE") else ["CMD-SHELL", str(test)]
