# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that the container knows addresses by, and addresses of name servers."""

from __future__ import annotations

from typing import Any, List, Mapping

from ...state.field import UNKNOWN
from ...values.addresses import canonical_ip, shown_ip
from .context import Context


def hosts(value: Mapping[str, Any], _context: Any) -> List[str]:
    return sorted("%s:%s" % (name, _host_address(str(ip))) for name, ip in value.items())


def observed_hosts(raw: Any, _context: Any) -> List[str]:
    pairs = [entry.partition(":") for entry in raw or ()]
    return sorted("%s:%s" % (name, shown_ip(ip)) for name, _sep, ip in pairs)


def _host_address(text: str) -> str:
    return text if text == "host-gateway" else canonical_ip(text)


def domain_default(context: Context) -> Any:
    """None, but who shares a network shares the domain's name too."""
    return UNKNOWN if str(context.want.get("network_mode")).partition(":")[0] in ("container", "host") else ""


def links(value: List[str], _context: Any) -> List[str]:
    return sorted(one if ":" in one else "%s:%s" % (one, one) for one in value)


def observed_links(raw: Any, _context: Any) -> List[str]:
    """`/db:/web/database` is `db:database`."""
    pairs = [entry.partition(":") for entry in raw or ()]
    return sorted("%s:%s" % (name.lstrip("/"), alias.rsplit("/", 1)[-1]) for name, _sep, alias in pairs)


def addresses(value: List[str], _context: Any) -> List[str]:
    return [canonical_ip(one) for one in value]
