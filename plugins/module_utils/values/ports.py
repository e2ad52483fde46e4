# SPDX-License-Identifier: GPL-3.0-or-later
"""Ports as `docker run` takes them: 80, 8080:80/udp, 127.0.0.1:8000-8002:80-82, [::1]:8080:80."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence, Tuple

from .addresses import canonical_ip
from .errors import InvalidValue

_PROTOCOLS = ("tcp", "udp", "sctp")
Binding = Tuple[str, str]


def parse_published(specs: Sequence[Any], default_host_ip: Optional[str] = None) -> Dict[str, List[Binding]]:
    """`{"80/tcp": [(host_ip, host_port)]}`; an empty port is the Engine's choice, an empty address all of them.

    Ranges of equal length are spread out (Engine 29 wants that of its clients); a range for one port stays a range,
    of which the Engine picks one. `default_host_ip` is for specs without an address.
    """
    found: Dict[str, List[Binding]] = {}
    for spec in specs:
        text = str(spec).strip()
        if text.lower() == "all":
            raise InvalidValue("all cannot stand beside other ports; see publish_all_ports")
        host, numbers, container, protocol = _split(text)
        ip = (default_host_ip or "") if host is None else canonical_ip(host)
        inner, outer = _range(container, text), _range(numbers, text) if numbers else []
        if outer and len(outer) != len(inner) and len(inner) != 1:
            raise InvalidValue("%r has port ranges of different lengths" % text)
        for index, port in enumerate(inner):
            one_of_many = len(inner) == 1 and len(outer) > 1
            number = "%d-%d" % (outer[0], outer[-1]) if one_of_many else str(outer[index] or "") if outer else ""
            bindings = found.setdefault("%d/%s" % (port, protocol), [])
            if port == 0:
                raise InvalidValue("%r: a container port is between 1 and 65535" % text)
            if (ip, number) not in bindings:
                bindings.append((ip, number))
    return found


def parse_exposed(specs: Sequence[Any]) -> List[str]:
    """`["80", "90-91/udp"]` is `["80/tcp", "90/udp", "91/udp"]`, sorted."""
    found = set()
    for spec in specs:
        text = str(spec).strip()
        port, protocol = _protocol(text)
        for number in _range(port, text):
            if number == 0:
                raise InvalidValue("%r: a container port is between 1 and 65535" % text)
            found.add("%d/%s" % (number, protocol))
    return sorted(found)


def _split(text: str) -> Tuple[Optional[str], str, str, str]:
    rest, protocol = _protocol(text)
    head, _sep, container = rest.rpartition(":")
    if not _sep:
        return None, "", rest, protocol
    if head.endswith("]") or (head.count(".") == 3 and ":" not in head):
        raise InvalidValue("%r: with an address the port needs two colons, as in 127.0.0.1::80" % text)
    if ":" not in head:
        return None, head, container, protocol
    host, _sep, numbers = head.rpartition(":")
    if not host or (":" in host and not (host.startswith("[") and host.endswith("]"))):
        raise InvalidValue("%r is not a port such as 80, 8080:80, 127.0.0.1:8080:80 or [::1]:8080:80" % text)
    return host, numbers, container, protocol


def _protocol(text: str) -> Tuple[str, str]:
    port, sep, protocol = text.partition("/")
    protocol = protocol.lower() if sep else "tcp"
    if protocol not in _PROTOCOLS:
        raise InvalidValue("%r: the protocol is one of %s" % (text, ", ".join(_PROTOCOLS)))
    return port, protocol


def _range(text: str, whole: str) -> List[int]:
    first, sep, last = text.partition("-")
    ends = [first, last] if sep else [first]
    if not all(end.isascii() and end.isdecimal() and len(end) <= 5 and int(end) <= 65535 for end in ends):
        raise InvalidValue("%r: ports are numbers up to 65535, or ranges such as 8000-8010" % whole)
    if sep and int(first) > int(last):
        raise InvalidValue("%r: the range %s runs backwards" % (whole, text))
    return list(range(int(first), int(last if sep else first) + 1))
