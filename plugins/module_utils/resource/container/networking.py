# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows: ports, networks, names and addresses."""

from __future__ import annotations

from ...state.compare import DICT, DICTS, LIST, SET
from ...state.field import STEPS, UNKNOWN, Field
from .rows import TEXTS, late

# fmt: off
NETWORKING = (
    Field("published_ports", "HostConfig.PortBindings", kind=DICT, aliases=["ports"], want=late("ports.published"),
          decode=late("ports.bindings"), same=late("ports.same"), write=late("ports.body"), default=lambda _: {},
          **TEXTS),
    Field("publish_all_ports", "HostConfig.PublishAllPorts", type="bool", want=late("ports.publish_all"),
          uses=("publish_all_ports", "published_ports")),
    Field("exposed_ports", "ExposedPorts", kind=SET, aliases=["exposed", "expose"], parse=late("ports.exposed"),
          decode=late("ports.observed_exposed"), encode=lambda value, _: {port: {} for port in value},
          default=late("ports.exposed_default"), **TEXTS),
    Field("network_mode", "HostConfig.NetworkMode", want=late("modes.wanted_network"),
          uses=("network_mode", "networks"), decode=late("modes.observed"), same=late("modes.same_network"),
          default="bridge"),
    Field("networks", kind=DICTS, type="list", elements="dict", parse=late("endpoints.networks"),
          observe=late("endpoints.observed"), same=late("endpoints.same"), write=late("endpoints.body"), change=STEPS,
          needs=late("endpoints.need"), in_place=late("endpoints.in_place"),
          default=UNKNOWN, show=late("endpoints.shown"),
          options={"name": {"type": "str", "required": True},
                   "ipv4_address": {"type": "str"},
                   "ipv6_address": {"type": "str"},
                   "link_local_ips": dict(TEXTS),
                   "aliases": dict(TEXTS),
                   "links": dict(TEXTS),
                   "mac_address": {"type": "str"},
                   "driver_opts": {"type": "dict"},
                   "gw_priority": {"type": "int"}}),
    Field("mac_address", parse=late("endpoints.mac"), observe=late("endpoints.observed_mac"),
          same=late("endpoints.same_mac"), write=late("endpoints.mac_body"), default=UNKNOWN),
    Field("network_disabled", "NetworkDisabled", type="bool"),
    Field("dns_servers", "HostConfig.Dns", kind=LIST, parse=late("names.addresses"), **TEXTS),
    Field("dns_opts", "HostConfig.DnsOptions", **TEXTS),
    Field("dns_search_domains", "HostConfig.DnsSearch", kind=LIST, **TEXTS),
    Field("etc_hosts", "HostConfig.ExtraHosts", kind=SET, type="dict", parse=late("names.hosts"),
          decode=late("names.observed_hosts"), default=lambda _: []),
    Field("links", "HostConfig.Links", parse=late("names.links"), decode=late("names.observed_links"), **TEXTS),
)
