# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes in bytes: 512m, 0.5g, 1GiB, 1024."""

from __future__ import annotations

from typing import Any

from .errors import InvalidValue

_UNITS = "bkmgtpe"
_LARGEST = 2**63 - 1


def parse_size(value: Any, allow_unlimited: bool = False) -> int:
    """Bytes. Units are powers of 1024, in any case, with or without B or iB; -1 and "unlimited" only where allowed."""
    text = str(value).strip().lower() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
    if allow_unlimited and text in ("-1", "unlimited"):
        return -1
    number, power = text, 0
    for suffix in ("ib", "b"):
        if number.endswith(suffix) and number[: -len(suffix)][-1:] in tuple("kmgtpe"):
            number = number[: -len(suffix)]
            break
    if number[-1:] in tuple(_UNITS):
        power = _UNITS.index(number[-1])
        number = number[:-1].strip()
    whole, dot, part = number.partition(".")
    digits = whole + part
    if not (digits.isascii() and digits.isdecimal()) or len(number) > 30 or (dot and not part):
        raise InvalidValue("%r is not a size such as 1024, 512m or 0.5g" % (value,))
    size: int = int(digits) * 1024**power // 10 ** len(part)
    if size > _LARGEST:
        raise InvalidValue("%r is more than an Engine can count (%d bytes)" % (value, _LARGEST))
    return size


def format_size(size: int) -> str:
    """The shortest exact notation: 536870912 is 512m."""
    power = 0
    while size and size % 1024 == 0 and power < len(_UNITS) - 1:
        size, power = size // 1024, power + 1
    return "%d%s" % (size, _UNITS[power] if power else "")
