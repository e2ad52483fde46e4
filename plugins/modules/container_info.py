#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: container_info
short_description: Look at containers
version_added: 0.1.0
description:
  - Returns what the Engine knows about one container, about several, or about all that filters let through.
  - A container that goes away while the task looks is as one that was never there, and no failure.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  name:
    description:
      - The name of a container, or its ID, whole or the first twelve digits of it.
      - One of O(name), O(names) and O(filters) has to be given.
    type: str
  names:
    description:
      - The names, or IDs, of several containers.
    type: list
    elements: str
  filters:
    description:
      - Which containers to look at, running or not, as C(docker ps --filter) takes it. A value may be a list. Of
        several values of V(label) all have to hold, of other filters one.
      - An empty dictionary means all containers.
    type: dict
seealso:
  - module: longshore.docker.container
  - module: longshore.docker.host_info
    description: Lists containers without looking at each.
"""

EXAMPLES = r"""
- name: Look at a container
  longshore.docker.container_info:
    name: web
  register: web

- name: Look at two containers
  longshore.docker.container_info:
    names: [web, db]

- name: Look at all containers with a label that have ended
  longshore.docker.container_info:
    filters:
      label: com.example.owner=web team
      status: [exited, dead]
"""

RETURN = r"""
exists:
  description: Whether there is such a container. With O(names), whether all are there; with O(filters), whether any
    is.
  returned: always
  type: bool
  sample: true
container:
  description: The container as the Engine shows it (GET /containers/NAME/json). V(null) where there is none.
  returned: with O(name)
  type: dict
  sample: {"Id": "73d6...", "Name": "/web", "State": {"Status": "running"}}
containers:
  description: All containers that were found, each as RV(container) is.
  returned: always
  type: list
  elements: dict
  sample: [{"Id": "73d6...", "Name": "/web", "State": {"Status": "running"}}]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.container_reports.info import (
    ARGUMENT_SPEC,
    CONSTRAINTS,
    NAME,
    check,
    report,
)
from ansible_collections.longshore.docker.plugins.module_utils.task.reading import reading
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = reading(NAME, ARGUMENT_SPEC, report, CONSTRAINTS, check)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
