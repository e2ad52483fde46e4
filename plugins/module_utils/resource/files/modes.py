# SPDX-License-Identifier: GPL-3.0-or-later
"""Permissions as tasks write them."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Tuple

from ...values.errors import InvalidOption

PARSING: Dict[str, Any] = {"type": "str", "default": "legacy", "choices": ["legacy", "modern", "octal_string_only"]}


def parse(options: Mapping[str, Any], name: str) -> Optional[int]:
    """The permissions in an option, as mode_parse has it read. Raises InvalidOption, in words playbooks look for."""
    value = options[name]
    if value is None:
        return None
    if options["mode_parse"] == "octal_string_only" and not isinstance(value, str):
        raise _unread(name, "must be an octal string, got %r (mode_parse=octal_string_only)" % (value,))
    try:
        if isinstance(value, (bool, float)) or not isinstance(value, (int, str)):
            raise ValueError
        found = int(value, 10 if options["mode_parse"] == "legacy" else 8) if isinstance(value, str) else value
    except ValueError:
        raise _unread(name, "%r is no number such as '0644'" % (value,)) from None
    if found < 0:
        raise InvalidOption(name, "'%s' must not be negative; got %d" % (name, found), whole=True)
    if found > 0o7777:
        raise InvalidOption(name, "%r means %o in octal digits, and permissions go from 0 to 7777" % (value, found))
    return found


def _unread(name: str, why: str) -> InvalidOption:
    return InvalidOption(name, "Error while parsing '%s': %s" % (name, why), whole=True)


def surprises(options: Mapping[str, Any], name: str) -> Tuple[str, ...]:
    """What should be known about a number that looks as if it were octal, and is not read so."""
    value = options[name]
    if options["mode_parse"] != "legacy" or not isinstance(value, str) or not value.startswith("0") or len(value) < 4:
        return ()
    return (
        "%s: '%s' is read as the decimal number %d, which is %04o in octal digits. With mode_parse=modern it is "
        "read as octal digits" % (name, value, int(value), int(value)),
    )
