# SPDX-License-Identifier: GPL-3.0-or-later
"""Moments as Docker's tools take them: Unix seconds, RFC 3339 with or without its end, or a duration before now."""

from __future__ import annotations

import calendar
import re
from typing import Any, Callable, NamedTuple

from .durations import parse_duration
from .errors import InvalidValue

_SECOND = 10**9
_UNIX = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,9}))?\Z")
_DATE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?)? ?(?:(Z|z|UTC)|([+-])(\d\d):?(\d\d))?\Z"
)


class Now(NamedTuple):
    """The present on some clock: nanoseconds since 1970, and how many seconds its time zone is ahead of UTC."""

    nanoseconds: int
    ahead: int = 0


def parse_moment(value: Any, now: Callable[[], Now]) -> int:
    """Nanoseconds since 1970. `now` is asked where it matters: for durations, and for times without a zone, which are
    in that of the clock. Raises InvalidValue."""
    text = str(value).strip()
    unix = _UNIX.match(text)
    if unix:
        return int(unix.group(1)) * _SECOND + _fraction(unix.group(2))
    date = _DATE.match(text)
    if date:
        return _of_date(text, date, now)
    try:
        return now().nanoseconds - parse_duration(text)
    except InvalidValue:
        raise InvalidValue(
            "%r is no moment: neither Unix seconds, nor a time such as 2026-01-31T12:00:00Z, nor a duration such as 10m"
            % (value,)
        ) from None


def _of_date(text: str, date: Any, now: Callable[[], Now]) -> int:
    numbers = [int(one or 0) for one in date.group(1, 2, 3, 4, 5, 6)]
    year, month, day, hour, minute, second = numbers
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(max(year, 1), month)[1]):
        raise InvalidValue("%r is no date" % text)
    if hour > 23 or minute > 59 or second > 60:
        raise InvalidValue("%r is no time of a day" % text)
    if date.group(8):
        ahead = 0
    elif date.group(9):
        ahead = (int(date.group(10)) * 3600 + int(date.group(11)) * 60) * (1 if date.group(9) == "+" else -1)
    else:
        ahead = now().ahead
    return (calendar.timegm((year, month, day, hour, minute, second, 0, 0, 0)) - ahead) * _SECOND + _fraction(
        date.group(7)
    )


def _fraction(digits: Any) -> int:
    return int((digits or "")[:9].ljust(9, "0"))


def parse_now(text: str) -> Now:
    """The clock that says this, in RFC 3339 (GET /info, SystemTime)."""
    moment = parse_moment(text, lambda: Now(0))
    date = _DATE.match(text)
    if date and date.group(9):
        ahead = int(date.group(10)) * 3600 + int(date.group(11)) * 60
        return Now(moment, ahead if date.group(9) == "+" else -ahead)
    return Now(moment)


def format_moment(nanoseconds: int) -> str:
    """Unix seconds, with decimals where there are any."""
    seconds, rest = divmod(nanoseconds, _SECOND)
    return "%d.%09d" % (seconds, rest) if rest else str(seconds)
