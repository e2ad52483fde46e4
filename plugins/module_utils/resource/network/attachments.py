# SPDX-License-Identifier: GPL-3.0-or-later
"""How a container is connected to a network, and whether it can be so again."""

from __future__ import annotations

from typing import Any, Dict, Optional, Sequence

from ...values.addresses import shown_ip
from ...values.subnets import contains
from ..container.endpoints import as_asked, observed
from .context import Context
from .ipam import driver, taken

# The Engine heeds an endpoint's MAC address since API 1.44, and when it connects one since 1.54.
_MAC = (1, 44)
# Since then the Engine connects no container whose HostConfig.NetworkMode is the ID of a network that is gone.
_BOUND = (1, 44)
# Its interfaces have the MAC address of the host's; the driver refuses another (moby, libnetwork/drivers/ipvlan).
_NO_MAC = ("ipvlan",)


def settings(context: Context, ident: str) -> Dict[str, Any]:
    """What to ask for so that the container is connected as it is now (EndpointSettings): what was asked for then, and
    its MAC address where that does not follow from the IPv4 address, as Engines before 28 derive it."""
    document = context.containers.get(ident) or {}
    for one in observed(document, context):
        if one["name"] != context.name:
            continue
        made = as_asked(one, document)
        shown = ((document.get("NetworkSettings") or {}).get("Networks") or {}).get(context.name) or {}
        mac, drivers = one["mac_address"], (context.document or {}).get("Driver")
        if mac and context.api_version >= _MAC and drivers not in _NO_MAC and mac != _derived(shown.get("IPAddress")):
            made["MacAddress"] = mac
        return made
    return {}


def _derived(address: Any) -> str:
    parts = str(address or "").split(".")
    return "02:42:" + ":".join("%02x" % int(part) for part in parts) if len(parts) == 4 else ""


def bound_problem(context: Context, names: Sequence[str]) -> Optional[str]:
    """Why a container cannot be connected to any network once this one is gone; None for no reason."""
    ident = (context.document or {})["Id"]
    for one, name in sorted((context.attached or {}).items(), key=lambda pair: pair[1]):
        mode = ((context.containers.get(one) or {}).get("HostConfig") or {}).get("NetworkMode")
        if name in names and mode == ident and context.api_version >= _BOUND:
            words = "container %s was made for network %s by its ID (network_mode), which no other network will have. "
            return words % (name, context.name) + "Make the container anew with the network's name first"
    return None


def give_back_problem(context: Context, names: Sequence[str]) -> Optional[str]:
    """Why a container cannot have the address in the new network that it was given in the old one; None for no reason.

    Only addresses that somebody asked for are meant, and these need a subnet that somebody asked for.
    """
    if driver(context.want.get("ipam_driver"), context) != "default" or context.want.get("config_from"):
        return None
    pools = [pool for pool in context.want.get("ipam_config") or () if "subnet" in pool]
    for ident, name in sorted((context.attached or {}).items(), key=lambda pair: pair[1]):
        if name not in names:
            continue
        fixed = settings(context, ident).get("IPAMConfig") or {}
        for address in filter(None, (fixed.get("IPv4Address"), fixed.get("IPv6Address"))):
            address = shown_ip(address)
            whole = "container %s has the address %s in network %s, " % (name, address, context.name)
            home = [pool for pool in pools if contains(pool["subnet"], address)]
            if not home:
                return whole + "which is in no subnet of the new one: %s" % _subnets(pools)
            for what, other in taken(home[0]):
                if other == address:
                    return whole + "which the new one takes for its own (%s)" % what
    return None


def _subnets(pools: Sequence[Dict[str, Any]]) -> str:
    return ", ".join(pool["subnet"] for pool in pools) or "the task names none"
