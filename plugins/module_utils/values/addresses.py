# SPDX-License-Identifier: GPL-3.0-or-later
"""IP and MAC addresses in one spelling each."""

from __future__ import annotations

from typing import Any

from .errors import InvalidValue


def canonical_ip(text: Any) -> str:
    """`[0:0::1]` is `::1`; an empty text stays empty. Raises InvalidValue."""
    bare = str(text).strip()
    if bare[:1] == "[" and bare[-1:] == "]":
        bare = bare[1:-1]
    parts = bare.split(".")
    if not bare or (len(parts) == 4 and all(p.isdecimal() and str(int(p)) == p and int(p) < 256 for p in parts)):
        return bare
    import ipaddress

    try:
        if ":" not in bare or "%" in bare:  # the Engine takes no zones, and Pythons differ over leading zeros in IPv4
            raise ValueError
        return str(ipaddress.IPv6Address(bare))
    except ValueError:
        raise InvalidValue("%r is not an IP address" % (text,)) from None


def canonical_mac(text: Any) -> str:
    """Lower case, with colons. Raises InvalidValue."""
    mac = str(text).strip().lower().replace("-", ":")
    pairs = mac.split(":")
    if len(pairs) != 6 or not all(len(p) == 2 and all(c in "0123456789abcdef" for c in p) for p in pairs):
        raise InvalidValue("%r is not a MAC address such as 02:42:ac:11:00:02" % (text,))
    return mac


def shown_ip(text: Any) -> str:
    """What an Engine shows, in canonical spelling; what is no address stays as it is, and is no error of the task."""
    try:
        return canonical_ip(text)
    except InvalidValue:
        return str(text)


def shown_mac(text: Any) -> str:
    """As shown_ip, for a MAC address."""
    try:
        return canonical_mac(text)
    except InvalidValue:
        return str(text)
