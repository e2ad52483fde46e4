# SPDX-License-Identifier: GPL-3.0-or-later
"""Published and exposed ports."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List

from ...engine.client import Engine
from ...state.compare import STRICT
from ...state.field import UNKNOWN
from ...values.addresses import canonical_ip, shown_ip
from ...values.errors import InvalidValue
from ...values.ports import parse_exposed, parse_published
from .context import Context

_ALL_IPV4, _ALL_IPV6 = "0.0.0.0", "::"  # noqa: S104 - compared with, not bound to


def publishes_all(context: Context) -> bool:
    """Whether published_ports holds the word all."""
    return any(str(spec).lower() == "all" for spec in context.options.get("published_ports") or ())


def published(context: Context) -> Any:
    specs = context.options.get("published_ports")
    if specs is None:
        return None
    if publishes_all(context):
        if len(specs) > 1:
            raise InvalidValue("all publishes every exposed port and cannot stand beside other ports")
        return {}
    default = context.options.get("default_host_ip")
    return parse_published(specs, context.host_ip if default is None else canonical_ip(default))


def binding_networks(context: Context) -> List[str]:
    """The networks that may say where ports are published (com.docker.network.bridge.host_binding_ipv4)."""
    specs = context.options.get("published_ports")
    if not specs or publishes_all(context) or context.options.get("default_host_ip") is not None:
        return []
    if all(ip for pairs in parse_published(specs).values() for ip, _number in pairs):
        return []
    return [one["name"] for one in context.want.get("networks") or ()]


def look_at_bindings(engine: Engine, context: Context) -> None:
    """Before a change: learn where the first of the networks that has an opinion wants ports to be published."""
    from ...engine.api import networks

    for name in binding_networks(context):
        network = engine.inspect(networks.inspect(name)) or {}
        address = (network.get("Options") or {}).get("com.docker.network.bridge.host_binding_ipv4")
        if address and network.get("Driver") == "bridge":
            context.host_ip = address
            context.want["published_ports"] = published(context)
            return


def bindings(raw: Any, _context: Any) -> Dict[str, List[Any]]:
    found = {}
    for port, bindings in (raw or {}).items():
        pairs = [(shown_ip(one.get("HostIp") or ""), one.get("HostPort") or "") for one in bindings or [{}]]
        found[port] = [(ip, "" if number == "0" else number) for ip, number in pairs]
    return found


def same(have: Dict[str, Any], want: Dict[str, Any], rule: str, context: Context) -> bool:
    # Without default_host_ip, what others published without an address may be published at all of them.
    loose = context.options.get("default_host_ip") is None
    for port, pairs in want.items():
        if not _same_bindings(have.get(port, ()), pairs, loose):
            return False
    return rule != STRICT or set(have) == set(want)


def _same_bindings(have: Iterable[Any], want: Iterable[Any], loose: bool) -> bool:
    there, wanted = {tuple(pair) for pair in have}, {tuple(pair) for pair in want}
    if there == wanted or not loose:
        return there == wanted
    # "" is what `docker run -p 80:80` writes; the Engine binds it in IPv4 and, where there is such, in IPv6.
    more = {(_ALL_IPV6, number) for ip, number in there if not ip}
    bound = {(ip or _ALL_IPV4, number) for ip, number in there} | more
    return wanted <= bound <= wanted | more


def body(value: Dict[str, Any], _context: Any) -> Dict[str, Any]:
    bindings = {port: [{"HostIp": ip, "HostPort": number} for ip, number in pairs] for port, pairs in value.items()}
    return {"ExposedPorts": {port: {} for port in value}, "HostConfig": {"PortBindings": bindings}}


def publish_all(context: Context) -> Any:
    value = context.options.get("publish_all_ports")
    return True if value is None and publishes_all(context) else value


def exposed(value: List[str], _context: Context) -> List[str]:
    return parse_exposed(value)


def observed_exposed(raw: Any, _context: Any) -> List[str]:
    """Other builders leave ranges as they are, and ports without a protocol (`EXPOSE 7000-7010`)."""
    found = set()
    for port in raw or ():
        try:
            found.update(parse_exposed([port]))
        except InvalidValue:
            found.add(port)
    return sorted(found)


def exposed_default(context: Context) -> Any:
    image = context.from_image("ExposedPorts", {})
    if image is UNKNOWN:
        return UNKNOWN
    return sorted(set(observed_exposed(image, context)) | set(context.want.get("published_ports") or ()))
