#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: container_stats
short_description: Measure what containers use
version_added: 0.1.0
description:
  - Returns what containers use of processors, memory, network and disks, once, as C(docker stats --no-stream) does.
  - To know a share of the processors' time the Engine measures for a second or two. Several containers are measured at
    the same time.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  names:
    description:
      - The names of the containers, or their IDs. They have to be there. Of those that do not run, nothing is measured.
    type: list
    elements: str
    required: true
    aliases: [name, container]
seealso:
  - module: longshore.docker.container_top
"""

EXAMPLES = r"""
- name: Measure what two containers use
  longshore.docker.container_stats:
    names: [web, db]
  register: use
"""

RETURN = r"""
containers:
  description: The containers, in the order of O(names).
  returned: success
  type: list
  elements: dict
  contains:
    name:
      description: The container's name.
      returned: always
      type: str
      sample: web
    id:
      description: Its ID.
      returned: always
      type: str
      sample: 73d6...
    running:
      description: Whether it runs.
      returned: always
      type: bool
      sample: true
    cpu_percent:
      description: Its share of the processors' time. One processor that is busy all the time is 100.
      returned: when it runs
      type: float
      sample: 12.5
    memory_usage:
      description: Bytes of memory, without the page cache that is not in use.
      returned: when it runs
      type: int
      sample: 31457280
    memory_limit:
      description: How many bytes it may use; without a limit, what the host has.
      returned: when it runs
      type: int
      sample: 268435456
    memory_percent:
      description: The share of the limit that it uses.
      returned: when it runs
      type: float
      sample: 11.72
    network_received:
      description: Bytes that it has received, over all its networks, since it was started.
      returned: when it runs
      type: int
      sample: 20480
    network_sent:
      description: Bytes that it has sent.
      returned: when it runs
      type: int
      sample: 4096
    block_read:
      description: Bytes that it has read from disks.
      returned: when it runs
      type: int
      sample: 1048576
    block_written:
      description: Bytes that it has written to disks.
      returned: when it runs
      type: int
      sample: 0
    pids:
      description: How many processes and threads it has.
      returned: when it runs
      type: int
      sample: 3
    stats:
      description: All that the Engine has measured (GET /containers/NAME/stats); V(null) where it does not run.
      returned: always
      type: dict
      sample: {"num_procs": 0}
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.container_reports.stats import (
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
