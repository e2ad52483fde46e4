# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows: ports, networks, names and addresses."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from ...state.compare import DICT, DICTS, LIST, SET, STRICT
from ...state.field import STEPS, UNKNOWN, Field
from ...values.addresses import canonical_ip, canonical_mac
from ...values.errors import InvalidValue
from ...values.ports import parse_exposed, parse_published
from .context import Context
from .isolation import resolved

_ANY_HOST = ("", "0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
ENDPOINTS_AT_CREATE = (1, 44)


def publishes_all(context: Context) -> bool:
    """Whether published_ports holds the word all."""
    return any(str(spec).lower() == "all" for spec in context.options.get("published_ports") or ())


def _published(context: Context) -> Any:
    specs = context.options.get("published_ports")
    if specs is None:
        return None
    if publishes_all(context):
        if len(specs) > 1:
            raise InvalidValue("all publishes every exposed port and cannot stand beside other ports")
        return {}
    default = context.options.get("default_host_ip")
    if default not in (None, ""):
        default = canonical_ip(default)
    return parse_published(specs, default)


def _bindings(raw: Any, _context: Any) -> Dict[str, List[Any]]:
    found = {}
    for port, bindings in (raw or {}).items():
        pairs = [(canonical_ip(one.get("HostIp") or ""), one.get("HostPort") or "") for one in bindings or [{}]]
        found[port] = [(ip, "" if number == "0" else number) for ip, number in pairs]
    return found


def _same_ports(have: Dict[str, Any], want: Dict[str, Any], rule: str, context: Context) -> bool:
    # Without default_host_ip "no address" means all of them, however the one who made the container wrote that.
    loose = context.options.get("default_host_ip") is None

    def plain(pair: Any) -> Any:
        return ("", pair[1]) if loose and pair[0] in _ANY_HOST else tuple(pair)

    for port, pairs in want.items():
        if {plain(pair) for pair in have.get(port, ())} != {plain(pair) for pair in pairs}:
            return False
    return rule != STRICT or set(have) == set(want)


def _ports_body(value: Dict[str, Any], _context: Any) -> Dict[str, Any]:
    bindings = {port: [{"HostIp": ip, "HostPort": number} for ip, number in pairs] for port, pairs in value.items()}
    return {"ExposedPorts": {port: {} for port in value}, "HostConfig": {"PortBindings": bindings}}


def _publish_all(context: Context) -> Any:
    value = context.options.get("publish_all_ports")
    return True if value is None and publishes_all(context) else value


def _exposed_default(context: Context) -> Any:
    image = context.from_image("ExposedPorts", {})
    return UNKNOWN if image is UNKNOWN else sorted(set(image) | set(context.want.get("published_ports") or ()))


def _hosts(value: Mapping[str, Any], _context: Any) -> List[str]:
    return sorted("%s:%s" % (name, _host_address(str(ip))) for name, ip in value.items())


def _observed_hosts(raw: Any, _context: Any) -> List[str]:
    pairs = [entry.partition(":") for entry in raw or ()]
    return sorted("%s:%s" % (name, _host_address(ip)) for name, _sep, ip in pairs)


def _host_address(text: str) -> str:
    return text if text == "host-gateway" else canonical_ip(text)


def _links(value: List[str], _context: Any) -> List[str]:
    return sorted(one if ":" in one else "%s:%s" % (one, one) for one in value)


def _observed_links(raw: Any, _context: Any) -> List[str]:
    """`/db:/web/database` is `db:database`."""
    pairs = [entry.partition(":") for entry in raw or ()]
    return sorted("%s:%s" % (name.lstrip("/"), alias.rsplit("/", 1)[-1]) for name, _sep, alias in pairs)


def _addresses(value: List[str], _context: Any) -> List[str]:
    return [canonical_ip(one) for one in value]


def first_network(context: Context) -> str:
    """The network a new container is made in: network_mode, else the first of networks."""
    mode, networks = context.options.get("network_mode"), context.options.get("networks")
    if mode is None and networks and context.options.get("networks_cli_compatible", True):
        return str(networks[0]["name"])
    return mode or "default"


def _mode_name(mode: Any) -> str:
    return "bridge" if mode in (None, "", "default") else str(mode)


def _wanted_mode(context: Context) -> Any:
    if context.options.get("network_mode") is None and not (
        context.options.get("networks") and context.options.get("networks_cli_compatible", True)
    ):
        return None
    return _mode_name(first_network(context))


def _same_mode(have: str, want: str, _rule: str, context: Context) -> bool:
    if have in (want, resolved(want, context)):
        return True
    if context.options.get("network_mode") is None and have in [one["name"] for one in context.options["networks"]]:
        return True  # the order of networks is not a difference
    networks = ((context.container or {}).get("NetworkSettings") or {}).get("Networks") or {}
    ids = {name: (one or {}).get("NetworkID") or "" for name, one in networks.items()}
    return bool(want in ids and ids[want] == have) or bool(
        have in ids and len(want) >= 12 and ids[have].startswith(want)
    )


def _observed_mac(document: Mapping[str, Any], _context: Any) -> str:
    mac = (document.get("Config") or {}).get("MacAddress")
    if not mac:  # API 1.52 shows it on the endpoint only
        mode = _mode_name((document.get("HostConfig") or {}).get("NetworkMode"))
        networks = (document.get("NetworkSettings") or {}).get("Networks") or {}
        mac = (networks.get(mode) or {}).get("MacAddress")
    return canonical_mac(mac) if mac else ""


def _mac_body(value: str, context: Context) -> Dict[str, Any]:
    if context.api_version < ENDPOINTS_AT_CREATE:
        return {"MacAddress": value}
    name = _mode_name(first_network(context))
    endpoint = {"NetworkingConfig": {"EndpointsConfig": {name: {"MacAddress": value}}}}
    return dict(endpoint, HostConfig={"NetworkMode": name}) if name == "bridge" else endpoint


# suboption of networks -> key of an endpoint's settings
_ENDPOINT = {
    "ipv4_address": ("IPAMConfig", "IPv4Address"),
    "ipv6_address": ("IPAMConfig", "IPv6Address"),
    "link_local_ips": ("IPAMConfig", "LinkLocalIPs"),
    "aliases": ("Aliases",),
    "links": ("Links",),
    "mac_address": ("MacAddress",),
    "driver_opts": ("DriverOpts",),
    "gw_priority": ("GwPriority",),
}


def _network(one: Mapping[str, Any]) -> Dict[str, Any]:
    found = {key: value for key, value in one.items() if value is not None}
    for key in ("ipv4_address", "ipv6_address"):
        if found.get(key):
            found[key] = canonical_ip(found[key])
    if found.get("mac_address"):
        found["mac_address"] = canonical_mac(found["mac_address"])
    if "links" in found:
        found["links"] = _links(found["links"], None)
    if "driver_opts" in found:
        found["driver_opts"] = {str(key): str(item) for key, item in found["driver_opts"].items()}
    return found


def _networks(value: List[Dict[str, Any]], _context: Any) -> List[Dict[str, Any]]:
    names = [one["name"] for one in value]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidValue("network %s appears more than once" % ", ".join(twice))
    return [_network(one) for one in value]


def _endpoint(name: str, settings: Mapping[str, Any]) -> Dict[str, Any]:
    ipam = settings.get("IPAMConfig") or {}
    return {
        "name": name,
        "id": settings.get("NetworkID") or "",
        "ipv4_address": canonical_ip(ipam.get("IPv4Address") or settings.get("IPAddress") or ""),
        "ipv6_address": canonical_ip(ipam.get("IPv6Address") or settings.get("GlobalIPv6Address") or ""),
        "link_local_ips": list(ipam.get("LinkLocalIPs") or ()),
        "aliases": list(settings.get("Aliases") or ()),
        "links": _observed_links(settings.get("Links"), None),
        "mac_address": canonical_mac(settings["MacAddress"]) if settings.get("MacAddress") else "",
        "driver_opts": dict(settings.get("DriverOpts") or {}),
        "gw_priority": settings.get("GwPriority") or 0,
    }


def _observed_networks(document: Mapping[str, Any], _context: Any) -> List[Dict[str, Any]]:
    networks = (document.get("NetworkSettings") or {}).get("Networks") or {}
    return [_endpoint(name, settings or {}) for name, settings in sorted(networks.items())]


def endpoint_holds(have: Mapping[str, Any], want: Mapping[str, Any]) -> bool:
    """Whether an endpoint that is there is as wanted; aliases, links and driver options may be more than wanted."""
    for key, value in want.items():
        if key in ("aliases", "links", "link_local_ips"):
            if not set(value) <= set(have[key]):
                return False
        elif key == "driver_opts":
            if any(have[key].get(name) != item for name, item in value.items()):
                return False
        elif key != "name" and have[key] != value:
            return False
    return True


def _shown_networks(value: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    return [{key: item for key, item in sorted(one.items()) if item and key != "id"} for one in value]


def connected(have: List[Dict[str, Any]], name: str) -> Dict[str, Any]:
    """The endpoint in the network of that name or ID; empty where there is none."""
    for one in have:
        if one["name"] == name or (len(name) >= 12 and one.get("id", "").startswith(name)):
            return one
    return {}


def _same_networks(have: List[Dict[str, Any]], want: List[Dict[str, Any]], rule: str, _context: Any) -> bool:
    for one in want:
        there = connected(have, one["name"])
        if not there or not endpoint_holds(there, one):
            return False
    return rule != STRICT or len(have) == len(want)


def endpoint_settings(one: Mapping[str, Any]) -> Dict[str, Any]:
    """An endpoint as the API wants it (EndpointSettings)."""
    body: Dict[str, Any] = {}
    for key, path in _ENDPOINT.items():
        if one.get(key):
            node = body
            for part in path[:-1]:
                node = node.setdefault(part, {})
            node[path[-1]] = one[key]
    return body


def endpoints_at_create(value: List[Dict[str, Any]], context: Context) -> List[Dict[str, Any]]:
    """The endpoints that go into the create call: the main network's, and from API 1.44 on the others with it."""
    main = _mode_name(first_network(context))
    if main not in [one["name"] for one in value]:
        return []
    return value if context.api_version >= ENDPOINTS_AT_CREATE else [one for one in value if one["name"] == main]


def _networks_body(value: List[Dict[str, Any]], context: Context) -> Dict[str, Any]:
    endpoints = {one["name"]: endpoint_settings(one) for one in endpoints_at_create(value, context)}
    return {"NetworkingConfig": {"EndpointsConfig": endpoints}} if endpoints else {}


NETWORKING = (
    Field(
        "published_ports",
        "HostConfig.PortBindings",
        kind=DICT,
        type="list",
        elements="str",
        aliases=["ports"],
        want=_published,
        decode=_bindings,
        same=_same_ports,
        write=_ports_body,
        default=lambda _: {},
    ),
    Field("publish_all_ports", "HostConfig.PublishAllPorts", type="bool", want=_publish_all),
    Field(
        "exposed_ports",
        "ExposedPorts",
        kind=SET,
        type="list",
        elements="str",
        aliases=["exposed", "expose"],
        parse=lambda value, _: parse_exposed(value),
        decode=lambda raw, _: sorted(raw or {}),
        encode=lambda value, _: {port: {} for port in value},
        default=_exposed_default,
    ),
    Field(
        "network_mode",
        "HostConfig.NetworkMode",
        want=_wanted_mode,
        decode=lambda raw, _: _mode_name(raw),
        same=_same_mode,
        default="bridge",
    ),
    Field(
        "networks",
        kind=DICTS,
        type="list",
        elements="dict",
        parse=_networks,
        observe=_observed_networks,
        same=_same_networks,
        write=_networks_body,
        change=STEPS,
        default=UNKNOWN,
        show=_shown_networks,
        options={
            "name": {"type": "str", "required": True},
            "ipv4_address": {"type": "str"},
            "ipv6_address": {"type": "str"},
            "link_local_ips": {"type": "list", "elements": "str"},
            "aliases": {"type": "list", "elements": "str"},
            "links": {"type": "list", "elements": "str"},
            "mac_address": {"type": "str"},
            "driver_opts": {"type": "dict"},
            "gw_priority": {"type": "int"},
        },
    ),
    Field(
        "mac_address",
        parse=lambda value, _: canonical_mac(value),
        observe=_observed_mac,
        write=_mac_body,
        default=UNKNOWN,
    ),
    Field("network_disabled", "NetworkDisabled", type="bool"),
    Field("dns_servers", "HostConfig.Dns", kind=LIST, type="list", elements="str", parse=_addresses),
    Field("dns_opts", "HostConfig.DnsOptions", type="list", elements="str"),
    Field("dns_search_domains", "HostConfig.DnsSearch", kind=LIST, type="list", elements="str"),
    Field(
        "etc_hosts",
        "HostConfig.ExtraHosts",
        kind=SET,
        type="dict",
        parse=_hosts,
        decode=_observed_hosts,
        default=lambda _: [],
    ),
    Field("links", "HostConfig.Links", type="list", elements="str", parse=_links, decode=_observed_links),
)
