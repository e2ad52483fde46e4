# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits of processes: nofile:1024:2048."""

from __future__ import annotations

from typing import Any, Tuple

from .errors import InvalidValue


def parse_ulimit(value: Any) -> Tuple[str, int, int]:
    """(name, soft, hard); one number is both. Raises InvalidValue."""
    name, _sep, numbers = str(value).strip().replace("=", ":", 1).partition(":")
    ends = numbers.split(":")
    if (
        not name
        or len(ends) > 2
        or not all(end.lstrip("-").isdecimal() and len(end) < 20 and end.count("-") < 2 for end in ends)
    ):
        raise InvalidValue("%r is not a limit such as nofile:1024 or nofile:1024:2048" % (value,))
    return name, int(ends[0]), int(ends[-1])
