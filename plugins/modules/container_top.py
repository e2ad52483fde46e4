#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: container_top
short_description: List the processes of a container
version_added: 0.1.0
description:
  - Returns the processes of a running container, as C(ps) of the host shows them.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
  - longshore.docker.container_named
options:
  ps_args:
    description:
      - The arguments of C(ps), such as V(-o pid,comm). They decide which columns there are. The process number has to
        be one of them.
    type: str
seealso:
  - module: longshore.docker.container_stats
"""

EXAMPLES = r"""
- name: List the processes of a container, with what they use
  longshore.docker.container_top:
    name: web
    ps_args: -o pid,pcpu,rss,args
"""

RETURN = r"""
titles:
  description: The columns, in order.
  returned: success
  type: list
  elements: str
  sample: [PID, COMMAND]
processes:
  description: The processes, each with the columns as keys.
  returned: success
  type: list
  elements: dict
  sample: [{"COMMAND": "nginx", "PID": "4242"}]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.container_reports.top import (
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
