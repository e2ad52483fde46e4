#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: network_info
short_description: Look at networks
version_added: 0.1.0
description:
  - Returns what the Engine knows about one network, about several, or about all that filters let through.
  - A network that goes away while the task looks is as one that was never there, and no failure.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  name:
    description:
      - The name of a network, or its ID, whole or the first twelve digits of it.
      - One of O(name), O(names) and O(filters) has to be given.
    type: str
  names:
    description:
      - The names, or IDs, of several networks.
    type: list
    elements: str
  filters:
    description:
      - Which networks to look at, as C(docker network ls --filter) takes it. A value may be a list. Of several values
        of V(label) all have to hold, of other filters one.
      - An empty dictionary means all networks.
    type: dict
seealso:
  - module: longshore.docker.network
  - module: longshore.docker.host_info
    description: Lists networks without looking at each.
"""

EXAMPLES = r"""
- name: Look at a network
  longshore.docker.network_info:
    name: front

- name: Look at two networks
  longshore.docker.network_info:
    names: [front, back]

- name: Look at all networks of a driver that nobody uses
  longshore.docker.network_info:
    filters:
      driver: bridge
      dangling: true
"""

RETURN = r"""
exists:
  description: Whether there is such a network. With O(names), whether all are there; with O(filters), whether there is
    any.
  returned: always
  type: bool
  sample: true
network:
  description: The network as the Engine shows it (GET /networks/NAME). V(null) where there is none.
  returned: with O(name)
  type: dict
  sample: {"Id": "81c7...", "Name": "shop", "Driver": "bridge"}
networks:
  description: All networks that were found, each as RV(network) is.
  returned: always
  type: list
  elements: dict
  sample: [{"Id": "81c7...", "Name": "shop", "Driver": "bridge"}]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.documents import (
    CONSTRAINTS,
    argument_spec,
    check,
    report,
)
from ansible_collections.longshore.docker.plugins.module_utils.resource.network.info import NETWORKS
from ansible_collections.longshore.docker.plugins.module_utils.task.reading import reading
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = reading("network_info", argument_spec(NETWORKS), report(NETWORKS), CONSTRAINTS, check)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
