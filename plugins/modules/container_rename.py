#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: container_rename
short_description: Give a container another name
version_added: 0.1.0
description:
  - Renames a container, running or not.
  - Where there is no container of the old name, but one of the new, that has been done already. Where there are both,
    the task fails.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  name:
    description:
      - The container's name, or its ID, whole or the first twelve digits of it.
    type: str
    required: true
    aliases: [container]
  new_name:
    description:
      - The name that it is to have.
    type: str
    required: true
attributes:
  idempotent:
    description: A second run changes nothing.
    support: full
seealso:
  - module: longshore.docker.container
"""

EXAMPLES = r"""
- name: Put a container aside
  longshore.docker.container_rename:
    name: web
    new_name: web-old
"""

RETURN = r"""
container:
  description: The container as the Engine shows it after the task (GET /containers/NAME/json). In check mode as it is
    now.
  returned: success
  type: dict
  sample: {"Id": "73d6...", "Name": "/web-old"}
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.container_acts.rename import RENAME
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(RENAME)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
