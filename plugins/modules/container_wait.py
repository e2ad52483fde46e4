#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: container_wait
short_description: Wait for containers
version_added: 0.1.0
description:
  - Waits until containers run, are healthy, have ended, are gone, or have written something.
  - Waits for all of them at the same time. The Engine's events and the logs are listened to, so that the task goes on
    in the moment in which the last one is as wanted.
  - A container that does not exist yet, or has not been started yet, may still come. One that has ended while it should
    run, be healthy or write something, makes the task fail at once.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  names:
    description:
      - The names of the containers, or their IDs, whole or the first twelve digits.
      - One of O(names) and O(containers) has to be given.
    type: list
    elements: str
    aliases: [name, container]
  condition:
    description:
      - What to wait for, for each container in O(names).
      - V(running) is neither paused nor between two starts. V(healthy) is running and, where there is a health check,
        healthy. V(exited) has come to an end, and is not about to be restarted. V(removed) is not there any more.
      - V(logged) has written a line in which O(pattern) is found, in its present run or, where it has ended, in any.
    type: str
    choices: [running, healthy, exited, removed, logged]
    default: healthy
  exit_codes:
    description:
      - With O(condition=exited), the statuses that are good. A container that ends with another makes the task fail.
      - Where they are not given, all are good.
    type: list
    elements: int
  pattern:
    description:
      - With O(condition=logged), a regular expression of Python. It is looked for in each line of both standard output
        and standard error.
    type: str
  containers:
    description:
      - Containers that are waited for in their own ways, besides O(names).
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - The name of the container, or its ID.
        type: str
        required: true
      condition:
        description:
          - As O(condition).
        type: str
        choices: [running, healthy, exited, removed, logged]
        default: healthy
      exit_codes:
        description:
          - As O(exit_codes).
        type: list
        elements: int
      pattern:
        description:
          - As O(pattern).
        type: str
  wait_timeout:
    description:
      - How many seconds to wait for all of them. V(0) is for ever.
    type: float
    default: 300.0
attributes:
  check_mode:
    details:
      - Looks once, does not wait, and does not fail.
  idempotent:
    description: A second run changes nothing.
    support: full
seealso:
  - module: longshore.docker.container_info
  - module: longshore.docker.container_logs
"""

EXAMPLES = r"""
- name: Wait until a container is healthy
  longshore.docker.container_wait:
    name: web
    wait_timeout: 60

- name: Wait for the end of two jobs, which have to end well
  longshore.docker.container_wait:
    names: [migration, import]
    condition: exited
    exit_codes: [0]

- name: Wait for three containers, each in its own way
  longshore.docker.container_wait:
    containers:
      - name: web
        condition: running
      - name: migration
        condition: exited
        exit_codes: [0, 3]
      - name: import
        condition: logged
        pattern: "imported [0-9]+ rows"
    wait_timeout: 120

- name: Wait until a container is gone
  longshore.docker.container_wait:
    name: web-probe
    condition: removed
"""

RETURN = r"""
containers:
  description: How each container is, in the order of O(names) and O(containers).
  returned: always, unless the options are no good
  type: list
  elements: dict
  contains:
    name:
      description: As it was given.
      returned: always
      type: str
      sample: web
    id:
      description: Its ID; V(null) where it is not there.
      returned: always
      type: str
      sample: 73d6...
    condition:
      description: What was waited for.
      returned: always
      type: str
      sample: healthy
    met:
      description: Whether it is so.
      returned: always
      type: bool
      sample: true
    status:
      description: Its status; V(null) where it is not there.
      returned: always
      type: str
      sample: running
    health:
      description: What its health check says; V(null) where there is none.
      returned: always
      type: str
      sample: healthy
    exit_code:
      description: The status that it ended with; V(null) where it has not ended, or is not there any more.
      returned: always
      type: int
      sample: 0
    log:
      description: The last lines that it wrote.
      returned: where it is not as wanted, and the task fails for its sake
      type: str
      sample: "bind: address already in use"
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.container_wait.resource import WAIT
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(WAIT)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
