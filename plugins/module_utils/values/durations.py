# SPDX-License-Identifier: GPL-3.0-or-later
"""Durations as the Engine and Go write them: 1m30s, 1.5s, 100ms."""

from __future__ import annotations

import re
from typing import Any

from .errors import InvalidValue

_NANOSECONDS = {
    "ns": 1,
    "us": 10**3,
    "µs": 10**3,
    "μs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
_PART = r"([0-9]{1,18}\.?[0-9]{0,18}|\.[0-9]{1,18})(ns|us|µs|μs|ms|s|m|h)"
_LONGEST = 2**63 - 1


def parse_duration(value: Any) -> int:
    """Nanoseconds. Every number needs its unit, but for 0."""
    text = str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if text == "0":
        return 0
    if not re.match("(?:%s)+\\Z" % _PART, text):
        raise InvalidValue("%r is not a duration such as 30s, 1m30s or 500ms" % (value,))
    total = 0
    for number, unit in re.findall(_PART, text):
        whole, _dot, part = number.partition(".")
        total += int(whole or 0) * _NANOSECONDS[unit]
        if part:
            total += int(part) * _NANOSECONDS[unit] // 10 ** len(part)
    if total > _LONGEST:
        raise InvalidValue("%r is longer than an Engine can count (292 years)" % (value,))
    return total


def format_duration(nanoseconds: int) -> str:
    """The shortest exact notation in Go's units: 90000000000 is 1m30s."""
    parts = []
    for unit in ("h", "m", "s", "ms", "us", "ns"):
        count, nanoseconds = divmod(nanoseconds, _NANOSECONDS[unit])
        if count:
            parts.append("%d%s" % (count, unit))
    return "".join(parts) or "0"
