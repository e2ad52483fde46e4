# SPDX-License-Identifier: GPL-3.0-or-later
"""All rows of the network table, and the options that steer a run and describe no property."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict

from ...state.compare import DICTS, SET, STRICT
from ...state.field import STEPS, UNKNOWN, Field
from ...state.late import Late

if TYPE_CHECKING:  # so that they are shipped
    from . import ipam, rows  # noqa: F401


def _late(place: str) -> Late:
    return Late(__package__ or "", place)


_TEXT: Dict[str, Any] = {"type": "str"}

# fmt: off
FIELDS = (
    Field("driver", "Driver", read="Driver", preset="bridge", parse=_late("rows.driver"),
          same=_late("rows.same_driver"), default="bridge"),
    Field("driver_options", "Options", read="Options", type="dict", preset={}, parse=_late("rows.switches"),
          decode=_late("rows.options")),
    Field("config_only", "ConfigOnly", read="ConfigOnly", type="bool"),
    Field("config_from", "ConfigFrom.Network", read="ConfigFrom.Network"),
    Field("ipam_driver", "IPAM.Driver", read="IPAM.Driver", parse=_late("rows.driver"), decode=_late("ipam.driver"),
          default="default"),
    Field("ipam_driver_options", "IPAM.Options", read="IPAM.Options", type="dict", rule=STRICT,
          parse=_late("rows.switches")),
    Field("ipam_config", "IPAM.Config", read="IPAM.Config", type="list", elements="dict", kind=DICTS,
          parse=_late("ipam.pools"), decode=_late("ipam.observed"), encode=_late("ipam.encode"),
          same=_late("ipam.same"), default=UNKNOWN,
          options={"subnet": _TEXT, "iprange": _TEXT, "gateway": _TEXT, "aux_addresses": {"type": "dict"}}),
    Field("enable_ipv4", "EnableIPv4", read="EnableIPv4", type="bool", default=True, since=(1, 47)),
    Field("enable_ipv6", "EnableIPv6", read="EnableIPv6", type="bool"),
    Field("internal", "Internal", read="Internal", type="bool"),
    Field("attachable", "Attachable", read="Attachable", type="bool"),
    Field("ingress", "Ingress", read="Ingress", type="bool"),
    Field("scope", "Scope", read="Scope", choices=["local", "global", "swarm"], same=_late("rows.same_scope"),
          default=UNKNOWN),
    Field("labels", "Labels", read="Labels", type="dict", preset={}, parse=_late("rows.texts")),
    Field("connected", type="list", elements="str", aliases=["containers"], kind=SET, change=STEPS,
          parse=_late("rows.connected"), observe=_late("rows.observed_connected"),
          default=_late("rows.still_connected")),
)
# fmt: on

# Parameters: they say how to get there, not what should be.
PARAMETERS: Dict[str, Dict[str, Any]] = {
    "name": {"type": "str", "required": True, "aliases": ["network_name"]},
    "state": {"type": "str", "default": "present", "choices": ["absent", "present"]},
    "appends": {"type": "bool", "aliases": ["incremental"]},
    "force": {"type": "bool"},
}


def argument_spec() -> Dict[str, Dict[str, Any]]:
    """The module's own options: parameters and one for each row."""
    spec = dict(PARAMETERS)
    spec.update({field.name: field.spec for field in FIELDS})
    return spec
