# SPDX-License-Identifier: GPL-3.0-or-later
"""Modes of namespaces: whose network, processes and memory a container sees."""

from __future__ import annotations

from typing import Any, Mapping

from ...values.errors import InvalidOption
from .context import Context

# What belongs to a network that a container does not have of its own; the Engine refuses it (POST /containers/create).
_WITH_ITS_OWN = {
    "container": (
        *("hostname", "mac_address", "dns_servers", "etc_hosts", "links"),
        *("published_ports", "publish_all_ports", "exposed_ports"),
    ),
    "host": ("mac_address", "links"),
}


def check_shared(want: Mapping[str, Any]) -> None:
    """Refuse what cannot be had beside a network that is shared (raises InvalidOption)."""
    mode = want["network_mode"]
    for name in _WITH_ITS_OWN.get(mode.partition(":")[0], ()):
        if want.get(name):
            raise InvalidOption(name, "cannot be combined with network_mode %s: the network is another's" % mode)


def first_network(context: Context) -> str:
    """The network a new container is made in: network_mode, else the first of networks."""
    mode, networks = context.options.get("network_mode"), context.options.get("networks")
    if mode is None and networks and context.options.get("networks_cli_compatible", True):
        return str(networks[0]["name"])
    return mode or "default"


def no_links(context: Context) -> str:
    """Why links have no effect, else nothing: the Engine drops them in a user's network."""
    mode = context.want.get("network_mode") or "bridge"
    kept = mode.partition(":")[0] in ("bridge", "none", *_WITH_ITS_OWN)
    return "" if kept or not context.want["links"] else "in network %s aliases and networks.links count" % mode


def mode_name(mode: Any) -> str:
    return "bridge" if mode in (None, "", "default") else str(mode)


def observed(raw: Any, _context: Context) -> str:
    return mode_name(raw)


def wanted_network(context: Context) -> Any:
    if context.options.get("network_mode") is None and not (
        context.options.get("networks") and context.options.get("networks_cli_compatible", True)
    ):
        return None
    return mode_name(first_network(context))


def same_network(have: str, want: str, _rule: str, context: Context) -> bool:
    if have in (want, resolved(want, context)):
        return True
    if context.options.get("network_mode") is None and have in [one["name"] for one in context.options["networks"]]:
        return True  # the order of networks is not a difference
    networks = ((context.container or {}).get("NetworkSettings") or {}).get("Networks") or {}
    ids = {name: (one or {}).get("NetworkID") or "" for name, one in networks.items()}
    return bool(want in ids and ids[want] == have) or bool(
        have in ids and len(want) >= 12 and ids[have].startswith(want)
    )


def same_mode(have: Any, want: Any, _rule: str, context: Context) -> bool:
    """Namespace modes; `container:NAME` comes back from the Engine as `container:ID`."""
    return bool(have == want) or bool(have == resolved(want, context))


def resolved(mode: str, context: Context) -> str:
    """`container:NAME` with the name replaced by the container's ID, where that is known."""
    kind, sep, name = (mode or "").partition(":")
    return "%s:%s" % (kind, context.ids.get(name, name)) if sep and kind == "container" else mode
