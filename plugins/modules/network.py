#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: network
short_description: Bring a network to the state that is described
version_added: 0.1.0
description:
  - Creates and removes a network, and connects containers to it and disconnects them.
  - The Engine changes no network. Where one differs, it is removed and made anew, and RV(replaced_because) says which
    options made that necessary.
  - Containers that are connected to a network that is made anew, whether they run or not, are connected again with the
    addresses, aliases, links and driver options that they were given there, and with their MAC address where the
    Engine takes one (API 1.44, and for containers that run already 1.54). Where a container could not have its
    address in the new network, nothing is touched. From API 1.44 on the same goes for one that was made for the network
    by its ID, which the Engine connects to no other.
  - When the new network cannot be made, the old one comes back, with its containers.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  name:
    description:
      - The name of the network. The ID of one that exists will do, whole or the first twelve digits of it.
    type: str
    required: true
    aliases: [network_name]
  state:
    description:
      - With V(present) there is such a network. With V(absent) there is none, and all containers that were connected to
        it are disconnected.
    type: str
    default: present
    choices: [absent, present]
  connected:
    description:
      - The containers that are connected, by name or ID; others are disconnected, unless O(appends=true). Where it is
        not given, containers stay as they are. What does not exist is passed over, with a warning.
      - Containers that are connected already are not touched. To say how one is connected, with an address or aliases,
        use the option M(longshore.docker.container) has for it, C(networks).
    type: list
    elements: str
    aliases: [containers]
  appends:
    description:
      - Whether O(connected) only adds containers, and disconnects none.
    type: bool
    aliases: [incremental]
  force:
    description:
      - Whether the network is removed and made anew in any case, each time.
    type: bool
  driver:
    description:
      - The network's driver, such as V(bridge), V(overlay), V(macvlan), V(ipvlan), or one that a plugin brings.
      - With an empty text a new network has the Engine's default, and one that is there may have any.
    type: str
    default: bridge
  driver_options:
    description:
      - Options of the driver. The network may have more.
    type: dict
    default: {}
  config_only:
    description:
      - Whether the network holds a configuration for others, which name it in O(config_from), and is none itself.
    type: bool
  config_from:
    description:
      - The network that holds the configuration of this one. It cannot be combined with options of the driver, pools
        and labels, which come from there.
    type: str
  ipam_driver:
    description:
      - The driver that manages addresses, such as V(default). An empty text is as if it were not given.
    type: str
  ipam_driver_options:
    description:
      - Options of that driver. The network has these and no others.
    type: dict
  ipam_config:
    description:
      - Pools of addresses. The network may have more, such as an IPv4 pool that the Engine adds to one of IPv6.
      - Addresses and subnets are compared, not their spelling.
      - What cannot be is refused before anything is touched, as addresses outside of their subnet, an address that is
        taken twice, and subnets that overlap.
    type: list
    elements: dict
    suboptions:
      subnet:
        description:
          - A subnet, such as V(10.76.0.0/24) or V(fd00:76::/64).
        type: str
      iprange:
        description:
          - The part of the subnet from which containers get addresses that they did not ask for.
        type: str
      gateway:
        description:
          - The gateway's address.
        type: str
      aux_addresses:
        description:
          - Addresses that no container gets, by the names of those that have them.
        type: dict
  enable_ipv4:
    description:
      - Whether the network has IPv4 addresses. Needs API 1.47.
    type: bool
  enable_ipv6:
    description:
      - Whether the network has IPv6 addresses. Engines before 27 need an IPv6 subnet in O(ipam_config) for that.
    type: bool
  internal:
    description:
      - Whether the network leads nowhere but to its containers.
    type: bool
  attachable:
    description:
      - Whether containers that belong to no service may be connected to a network that spans a swarm.
    type: bool
  ingress:
    description:
      - Whether the network is the one of a swarm that carries published ports. There can be one only.
    type: bool
  scope:
    description:
      - How far the network reaches, V(local) for this host. V(global) and V(swarm) are the same to the driver
        V(overlay).
    type: str
    choices: [local, global, swarm]
  labels:
    description:
      - Labels. The network may have more.
    type: dict
    default: {}
attributes:
  idempotent:
    description: A second run changes nothing.
    support: partial
    details:
      - O(force=true) acts each time.
notes:
  - The networks C(bridge), C(host) and C(none) can be neither removed nor made anew.
  - A network that services of a swarm use is neither; the task fails in the Engine's words, and what had been
    disconnected is connected again.
seealso:
  - module: longshore.docker.network_info
  - module: longshore.docker.container
  - name: Where tasks run
    description: When a task runs on the controller, and when on the managed node.
    link: https://example.com/longshore/docker/blob/main/docs/where_tasks_run.md
"""

EXAMPLES = r"""
- name: A network with a name
  longshore.docker.network:
    name: shop

- name: A network with subnets, an address that is set apart, and labels
  longshore.docker.network:
    name: office
    enable_ipv6: true
    ipam_config:
      - subnet: 10.78.0.0/24
        gateway: 10.78.0.1
        iprange: 10.78.0.128/25
        aux_addresses:
          printer: 10.78.0.5
      - subnet: fd00:78::/64
    labels:
      com.example.owner: office team

- name: A network that leads nowhere else, with a bridge whose name is known
  longshore.docker.network:
    name: vault
    internal: true
    driver_options:
      com.docker.network.bridge.name: br-vault

- name: Exactly these containers are connected
  longshore.docker.network:
    name: shop
    connected:
      - till
      - stock

- name: One more container is connected
  longshore.docker.network:
    name: shop
    connected:
      - auditor
    appends: true

- name: No container is connected
  longshore.docker.network:
    name: shop
    connected: []

- name: A configuration that other networks are made from
  longshore.docker.network:
    name: shared-settings
    config_only: true
    ipam_config:
      - subnet: 10.79.0.0/24

- name: A network that is made from it
  longshore.docker.network:
    name: workshop
    config_from: shared-settings

- name: Remove a network, and disconnect whatever is connected to it
  longshore.docker.network:
    name: vault
    state: absent
"""

RETURN = r"""
network:
  description:
    - The network as the Engine shows it after the task (GET /networks/NAME). In check mode as it is now, V(null) where
      there is none yet.
  returned: success, where O(state=present)
  type: dict
  sample:
    Id: 81c705adff3c
    Name: shop
    Driver: bridge
    IPAM:
      Config:
        - Subnet: 172.19.0.0/16
replaced_because:
  description: Options for whose sake the network has been made anew, or would be in check mode; V(force) where nothing
    but O(force) asked for it.
  returned: when the network is made anew
  type: list
  elements: str
  sample: [ipam_config]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.network.resource import NETWORK
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(NETWORK)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
