# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the rows in module_utils/resource/container/networking.py."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  published_ports:
    description:
      - Ports of the container that are reachable from outside.
      - V(8080:80) is port 80 at the host's port 8080, V(127.0.0.1:8080:80) at one address of the host only,
        V([::1]:8080:80) at an IPv6 address, V(80) at a port that the Engine chooses, V(53:53/udp) another protocol
        than TCP, V(8000-8002:80-82) three ports at once, and V(8000-8010:80) the first free one of a range.
      - V(all), alone, publishes every exposed port, as O(publish_all_ports) does.
      - Ports of an address that is not named are published at O(default_host_ip), else at all IPv4 addresses. V([::])
        is all IPv6 addresses, which have to be named beside the others. A port that C(docker run -p 8080:80) published
        at both is as good as V(8080:80), with or without V([::]:8080:80) beside it.
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: str
    aliases: [ports]
  publish_all_ports:
    description:
      - Whether every exposed port is published at a port that the Engine chooses.
      - Compared by V(strict); a change replaces the container.
    type: bool
  exposed_ports:
    description:
      - Ports that the container says it listens on, such as V(80), V(53/udp) or V(9000-9010); not reachable from
        outside for that. Those of the image and of O(published_ports) are exposed as well.
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: str
    aliases: [exposed, expose]
  network_mode:
    description:
      - The network a container is made in, V(bridge), V(host), V(none), V(container:web) to share that of another
        container, or the name or ID of a network. V(default) is V(bridge).
      - Who shares another container's network has that one's O(hostname), O(domainname), addresses and ports, and
        cannot be given its own.
      - Where it is not given, the first of O(networks) counts, unless O(networks_cli_compatible=false).
      - A new container is connected to those of O(networks) alone, where there are any, unless
        O(networks_cli_compatible=false).
      - Compared by V(strict); a change replaces the container.
    type: str
  networks:
    description:
      - Networks that the container is connected to, which have to exist.
      - With V(strict), the container is disconnected from others.
      - Compared by V(allow_more_present); a change is made in place, by disconnecting and connecting. Another
        O(networks[].mac_address) replaces the container before API 1.54.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - The network's name or ID.
        type: str
        required: true
      ipv4_address:
        description:
          - The container's IPv4 address in the network, such as V(10.88.0.9). The network has to have a subnet of its
            own choosing.
        type: str
      ipv6_address:
        description:
          - The container's IPv6 address in the network, in any spelling.
        type: str
      link_local_ips:
        description:
          - Link-local addresses of the container in the network. More may be there.
        type: list
        elements: str
      aliases:
        description:
          - Names under which the network's other containers find this one. More may be there.
        type: list
        elements: str
      links:
        description:
          - Containers that this one finds under another name, such as V(postgres:db). More may be there.
        type: list
        elements: str
      mac_address:
        description:
          - The container's MAC address in the network. Needs API 1.44.
        type: str
      driver_opts:
        description:
          - Options of the network's driver for this endpoint. More may be there.
        type: dict
      gw_priority:
        description:
          - The network of the highest number supplies the default gateway. Needs API 1.48.
        type: int
  mac_address:
    description:
      - The container's MAC address in its first network, such as V(92:d0:c6:0a:29:33), in any spelling. See also
        O(networks[].mac_address).
      - Compared by V(strict); a change replaces the container.
    type: str
  network_disabled:
    description:
      - Whether the container has no network at all.
      - Compared by V(strict); a change replaces the container.
    type: bool
  dns_servers:
    description:
      - Addresses of the name servers that the container asks, in this order, such as V([9.9.9.9, "2620:fe::fe"]).
      - Compared by V(strict); a change replaces the container.
    type: list
    elements: str
  dns_opts:
    description:
      - Options of the container's resolver, such as V(["ndots:2"]).
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: str
  dns_search_domains:
    description:
      - Domains in which the container looks for names without a dot, in this order, such as V([example.com]).
      - Compared by V(strict); a change replaces the container.
    type: list
    elements: str
  etc_hosts:
    description:
      - >-
        Names and addresses for the container's C(/etc/hosts), such as V({db.example.com: 192.0.2.7}). The address
        V(host-gateway) stands for the host.
      - Compared by V(allow_more_present); a change replaces the container.
    type: dict
  links:
    description:
      - Containers of the default bridge that this one finds under another name, such as V(postgres:db) or just V(db).
        In other networks, names and aliases do that; the Engine ignores the option there, and a warning says so.
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: str
"""
