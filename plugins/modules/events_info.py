#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: events_info
short_description: List what happened on an Engine
version_added: 0.1.0
description:
  - Returns the events between two moments, such as starts and ends of containers.
  - The Engine remembers its last 256 events, and none from before it was started.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  since:
    description:
      - The first moment, such as V(2026-01-31T12:00:00Z), a number of Unix seconds, or a duration before now, such as
        V(10m). Without it, all that the Engine remembers is listed.
    type: str
    default: "0"
  until:
    description:
      - The last moment, as O(since). Without it the present. When it is in the future, the task waits for it.
    type: str
  filters:
    description:
      - Which events to list, as C(docker events --filter) takes it. A value may be a list.
    type: dict
seealso:
  - module: longshore.docker.container_wait
    description: Waits for what happens to containers.
"""

EXAMPLES = r"""
- name: List the containers that ended in the last hour
  longshore.docker.events_info:
    since: 1h
    filters:
      type: container
      event: die
"""

RETURN = r"""
events:
  description: The events, the oldest first, as the Engine tells them (GET /events).
  returned: success
  type: list
  elements: dict
  sample: [{"Action": "die", "Actor": {"Attributes": {"exitCode": "1", "name": "web"}}, "Type": "container"}]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.host.events import (
    ARGUMENT_SPEC,
    NAME,
    check,
    report,
)
from ansible_collections.longshore.docker.plugins.module_utils.task.reading import reading
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = reading(NAME, ARGUMENT_SPEC, report, check=check)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
