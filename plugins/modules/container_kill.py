#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: container_kill
short_description: Send a signal to a container
version_added: 0.1.0
description:
  - Sends a signal to the main process of a container, such as V(HUP) to have it read its configuration again.
  - V(KILL) ends a container that runs, and changes nothing where it does not run. To send any other signal to it fails.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
  - longshore.docker.container_named
options:
  signal:
    description:
      - The signal's name, with or without C(SIG), or its number.
    type: str
    default: KILL
attributes:
  idempotent:
    description: A second run changes nothing.
    support: partial
    details:
      - With O(signal=KILL). Any other signal is sent each time.
seealso:
  - module: longshore.docker.container
    description: Stops a container, with time to end by itself.
"""

EXAMPLES = r"""
- name: Have a web server read its configuration again
  longshore.docker.container_kill:
    name: web
    signal: HUP

- name: End a container at once
  longshore.docker.container_kill:
    name: worker
"""

RETURN = r"""
container:
  description: The container as the Engine shows it after the task (GET /containers/NAME/json). In check mode as it is
    now. V(null) where it removed itself.
  returned: success
  type: dict
  sample: {"Id": "73d6...", "Name": "/web", "State": {"Status": "exited"}}
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.container_acts.kill import KILL
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(KILL)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
