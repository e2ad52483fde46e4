# SPDX-License-Identifier: GPL-3.0-or-later
"""IP subnets in one spelling each, and how they lie to each other and to addresses."""

from __future__ import annotations

import ipaddress
from typing import Any

from .addresses import canonical_ip
from .errors import InvalidValue


def canonical_subnet(text: Any) -> str:
    """`FD00:0::1/64` is `fd00::/64`: bits beyond the prefix say nothing. Raises InvalidValue."""
    address, sep, length = str(text).strip().partition("/")
    try:
        if not (sep and address and length and set(length) <= set("0123456789")):
            raise ValueError
        return str(ipaddress.ip_network("%s/%d" % (canonical_ip(address), int(length)), strict=False))
    except ValueError:
        raise InvalidValue('"%s" is not a valid CIDR' % (text,)) from None


def shown_subnet(text: Any) -> str:
    """What an Engine shows, in canonical spelling; what is no subnet stays as it is, and is no error of the task."""
    try:
        return canonical_subnet(text)
    except InvalidValue:
        return str(text)


def contains(subnet: str, inner: str) -> bool:
    """Whether an address, or a smaller subnet, lies in the subnet. Both are canonical."""
    whole, part = ipaddress.ip_network(subnet), ipaddress.ip_network(inner)
    return whole.version == part.version and part.subnet_of(whole)  # type: ignore[arg-type]


def overlap(one: str, other: str) -> bool:
    """Whether two canonical subnets have addresses in common."""
    left, right = ipaddress.ip_network(one), ipaddress.ip_network(other)
    return left.version == right.version and left.overlaps(right)
