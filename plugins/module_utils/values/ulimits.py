# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits of processes: nofile:1024:2048."""

from __future__ import annotations

from typing import Any, Tuple

from .errors import InvalidValue

_NAMES = ("core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc") + (
    "rss",
    "rtprio",
    "rttime",
    "sigpending",
    "stack",
)  # getrlimit(2)


def parse_ulimit(value: Any) -> Tuple[str, int, int]:
    """(name, soft, hard); one number is both. Raises InvalidValue."""
    name, _sep, numbers = str(value).strip().lower().replace("=", ":", 1).partition(":")
    ends = [end.strip() for end in numbers.split(":")]  # as the incumbent does
    if (
        not name
        or len(ends) > 2
        or not all(end == "-1" or (end.isascii() and end.isdecimal() and len(end) < 19) for end in ends)
    ):
        raise InvalidValue("%r is not a limit such as nofile:1024 or nofile:1024:2048" % (value,))
    if name not in _NAMES:
        raise InvalidValue("%r: no limit is called %s; there are %s" % (value, name, ", ".join(_NAMES)))
    soft, hard = int(ends[0]), int(ends[-1])
    if hard != -1 and (soft > hard or soft == -1):
        raise InvalidValue("%r: the soft limit is above the hard one" % (value,))
    return name, soft, hard
