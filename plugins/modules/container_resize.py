#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: container_resize
short_description: Set the size of a running container's terminal
version_added: 0.1.0
description:
  - Tells the main process of a container, which has been made with C(tty), how large its terminal is.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
  - longshore.docker.container_named
options:
  rows:
    description:
      - The height, in characters.
    type: int
    required: true
  columns:
    description:
      - The width, in characters.
    type: int
    required: true
attributes:
  idempotent:
    description: A second run changes nothing.
    support: none
    details:
      - The Engine does not say what the size is.
seealso:
  - module: longshore.docker.container
    description: Its option C(console_size) sets the size at the start.
  - module: longshore.docker.exec
    description: Its options C(tty_rows) and C(tty_columns) set the size for a command.
"""

EXAMPLES = r"""
- name: A wide terminal
  longshore.docker.container_resize:
    name: shell
    rows: 50
    columns: 200
"""

RETURN = r""" # """

from ansible_collections.longshore.docker.plugins.module_utils.resource.container_acts.resize import RESIZE
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(RESIZE)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
