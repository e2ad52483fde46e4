# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks: the endpoint in each."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

from ...engine.call import ApiVersion
from ...state.compare import STRICT
from ...values.addresses import canonical_ip, canonical_mac, shown_ip, shown_mac
from ...values.errors import InvalidValue
from ...values.words import switches
from .context import Context
from .modes import first_network, mode_name
from .names import links, observed_links

ENDPOINTS_AT_CREATE = (1, 44)


def mac(value: str, _context: Context) -> Optional[str]:
    return canonical_mac(value) if value else None  # a variable that was not filled in


def observed_mac(document: Mapping[str, Any], _context: Any) -> str:
    found = (document.get("Config") or {}).get("MacAddress")
    if not found:  # API 1.52 shows it on the endpoint only
        mode = mode_name((document.get("HostConfig") or {}).get("NetworkMode"))
        networks = (document.get("NetworkSettings") or {}).get("Networks") or {}
        found = (networks.get(mode) or {}).get("MacAddress")
    return shown_mac(found) if found else ""


def mac_body(value: str, context: Context) -> Dict[str, Any]:
    if context.api_version < ENDPOINTS_AT_CREATE:
        return {"MacAddress": value}
    name = mode_name(first_network(context))
    endpoint = {"NetworkingConfig": {"EndpointsConfig": {name: {"MacAddress": value}}}}
    return dict(endpoint, HostConfig={"NetworkMode": name}) if name == "bridge" else endpoint


def same_mac(have: str, want: str, _rule: str, context: Context) -> bool:
    """One that is not shown is good enough: before API 1.52 the wanted one is shown always."""
    return have == want or (not have and context.api_version >= (1, 52) and _hidden(context.container or {}))


def _hidden(document: Mapping[str, Any]) -> bool:
    """Whether MAC addresses cannot be seen: the Engine clears them when a container ends, also one that restarts."""
    state = document.get("State") or {}
    return bool(state.get("Restarting")) or (not state.get("Running") and state.get("Status") != "created")


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


# What a later API brought. Endpoints take their MAC address at create first, and when connected since API 1.54.
_NEEDS = {"mac_address": (1, 44), "gw_priority": (1, 48)}
_MAC_AT_CONNECT = (1, 54)


def need(wanted: List[Dict[str, Any]]) -> Dict[str, ApiVersion]:
    """Suboptions in use -> the API version they need."""
    used = {key for one in wanted for key, value in one.items() if value}
    return {key: since for key, since in _NEEDS.items() if key in used}


def in_place(have: List[Dict[str, Any]], want: List[Dict[str, Any]], context: Context) -> bool:
    """Whether connecting and disconnecting is enough: what is connected anew before API 1.54 loses its MAC address."""
    if not ENDPOINTS_AT_CREATE <= context.api_version < _MAC_AT_CONNECT:
        return True
    return all(endpoint_holds(connected(have, one["name"]), one) for one in want if mac_in(one, context))


def mac_in(one: Mapping[str, Any], context: Context) -> Any:
    """The MAC address that is wanted in this network: its own, or the container's in its first."""
    first = mode_name(((context.container or {}).get("HostConfig") or {}).get("NetworkMode"))
    return one.get("mac_address") or (context.want.get("mac_address") if one["name"] == first else None)


def _network(one: Mapping[str, Any]) -> Dict[str, Any]:
    found = {key: value for key, value in one.items() if value not in (None, "")}
    for key in ("ipv4_address", "ipv6_address"):
        if key in found:
            found[key] = canonical_ip(found[key])
    if "mac_address" in found:
        found["mac_address"] = canonical_mac(found["mac_address"])
    if "links" in found:
        found["links"] = links(found["links"], None)
    if "driver_opts" in found:
        found["driver_opts"] = switches(found["driver_opts"])
    return found


def networks(value: List[Dict[str, Any]], _context: Any) -> List[Dict[str, Any]]:
    names = [one["name"] for one in value]
    if "" in names:
        raise InvalidValue("the name of a network is empty")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidValue("network %s appears more than once" % ", ".join(twice))
    return [_network(one) for one in value]


def _endpoint(name: str, settings: Mapping[str, Any], ident: str) -> Dict[str, Any]:
    ipam = settings.get("IPAMConfig") or {}  # what was asked for: an address that came by chance does not stay
    return {
        "name": name,
        "id": settings.get("NetworkID") or "",
        "ipv4_address": shown_ip(ipam.get("IPv4Address") or ""),
        "ipv6_address": shown_ip(ipam.get("IPv6Address") or ""),
        "link_local_ips": list(ipam.get("LinkLocalIPs") or ()),
        # Before API 1.45 with one that nobody asked for, made from the container's ID.
        "aliases": [alias for alias in settings.get("Aliases") or () if alias != ident[:12]],
        "links": observed_links(settings.get("Links"), None),
        "mac_address": shown_mac(settings["MacAddress"]) if settings.get("MacAddress") else "",
        "driver_opts": dict(settings.get("DriverOpts") or {}),
        "gw_priority": settings.get("GwPriority") or 0,
    }


def observed(document: Mapping[str, Any], _context: Any) -> List[Dict[str, Any]]:
    networks = (document.get("NetworkSettings") or {}).get("Networks") or {}
    found = [_endpoint(name, settings or {}, document.get("Id") or "") for name, settings in sorted(networks.items())]
    for one in found:
        one["mac_address"] = one["mac_address"] or (None if _hidden(document) else "")
    return found


def endpoint_holds(have: Mapping[str, Any], want: Mapping[str, Any]) -> bool:
    """Whether an endpoint that is there is as wanted; aliases, links and driver options may be more than wanted."""
    if not have:
        return False
    for key, value in want.items():
        if key == "mac_address" and have[key] is None:
            continue
        if key in ("aliases", "links", "link_local_ips"):
            if not set(value) <= set(have[key]):
                return False
        elif key == "driver_opts":
            if any(have[key].get(name) != item for name, item in value.items()):
                return False
        elif key != "name" and have[key] != value:
            return False
    return True


def shown(value: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    return [{key: item for key, item in sorted(one.items()) if item and key != "id"} for one in value]


def connected(have: List[Dict[str, Any]], name: str) -> Dict[str, Any]:
    """The endpoint in the network of that name or ID; empty where there is none."""
    for one in have:
        if one["name"] == name or (len(name) >= 12 and one.get("id", "").startswith(name)):
            return one
    return {}


def same(have: List[Dict[str, Any]], want: List[Dict[str, Any]], rule: str, _context: Any) -> bool:
    for one in want:
        there = connected(have, one["name"])
        if not there or not endpoint_holds(there, one):
            return False
    return rule != STRICT or len(leavable(have)) == len(leavable(want))


def leavable(endpoints: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """Without host and none: the Engine disconnects no container from these."""
    return [one for one in endpoints if one["name"] not in ("host", "none")]


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


def as_asked(one: Mapping[str, Any], document: Mapping[str, Any]) -> Dict[str, Any]:
    """The settings (EndpointSettings) of an observed endpoint, without addresses of the Engine's choice, which it would
    refuse to be asked for."""
    settings = ((document.get("NetworkSettings") or {}).get("Networks") or {}).get(one["name"]) or {}
    fixed = settings.get("IPAMConfig") or {}
    kept = dict(one, ipv4_address=fixed.get("IPv4Address"), ipv6_address=fixed.get("IPv6Address"), mac_address=None)
    return endpoint_settings(kept)


def endpoints_at_create(value: List[Dict[str, Any]], context: Context) -> List[Dict[str, Any]]:
    """The endpoints that go into the create call: the main network's, or the first, and from API 1.44 on the others
    too. None where the container is made in the main network besides: it shares one, or asks for both."""
    main = mode_name(first_network(context))
    among = [one for one in value if one["name"] == main]
    shared = main == "host" or ":" in main
    if not among and (shared or not context.options.get("networks_cli_compatible", True)):
        return []
    return value if context.api_version >= ENDPOINTS_AT_CREATE else among or value[:1]


def body(value: List[Dict[str, Any]], context: Context) -> Dict[str, Any]:
    endpoints = {one["name"]: endpoint_settings(one) for one in endpoints_at_create(value, context)}
    return {"NetworkingConfig": {"EndpointsConfig": endpoints}} if endpoints else {}
