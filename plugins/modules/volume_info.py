#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: volume_info
short_description: Look at volumes
version_added: 0.1.0
description:
  - Returns what the Engine knows about one volume, about several, or about all that filters let through.
  - A volume that goes away while the task looks is as one that was never there, and no failure.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  name:
    description:
      - The name of a volume.
      - One of O(name), O(names) and O(filters) has to be given.
    type: str
    aliases: [volume_name]
  names:
    description:
      - The names of several volumes.
    type: list
    elements: str
  filters:
    description:
      - Which volumes to look at, as C(docker volume ls --filter) takes it. A value may be a list. Of several values
        of V(label) all have to hold, of other filters one.
      - An empty dictionary means all volumes.
    type: dict
seealso:
  - module: longshore.docker.volume
  - module: longshore.docker.host_info
    description: Lists volumes without looking at each.
"""

EXAMPLES = r"""
- name: Look at a volume
  longshore.docker.volume_info:
    name: shop-data

- name: Look at two volumes
  longshore.docker.volume_info:
    names: [shop-data, shop-files]

- name: Look at all volumes with a label that no container has
  longshore.docker.volume_info:
    filters:
      label: com.example.owner=web team
      dangling: true
"""

RETURN = r"""
exists:
  description: Whether there is such a volume. With O(names), whether all are there; with O(filters), whether there is
    any.
  returned: always
  type: bool
  sample: true
volume:
  description: The volume as the Engine shows it (GET /volumes/NAME). V(null) where there is none.
  returned: with O(name)
  type: dict
  sample: {"Name": "shop-data", "Driver": "local"}
volumes:
  description: All volumes that were found, each as RV(volume) is.
  returned: always
  type: list
  elements: dict
  sample: [{"Name": "shop-data", "Driver": "local"}]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.documents import (
    CONSTRAINTS,
    argument_spec,
    check,
    report,
)
from ansible_collections.longshore.docker.plugins.module_utils.resource.volume.info import VOLUMES
from ansible_collections.longshore.docker.plugins.module_utils.task.reading import reading
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = reading("volume_info", argument_spec(VOLUMES), report(VOLUMES), CONSTRAINTS, check)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
