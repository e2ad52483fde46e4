#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: container_logs
short_description: Read what a container has written
version_added: 0.1.0
description:
  - Returns what a container has written to its standard output and standard error, as far as its log driver keeps it.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
  - longshore.docker.container_named
options:
  stdout:
    description:
      - Whether to read the standard output.
    type: bool
    default: true
  stderr:
    description:
      - Whether to read the standard error.
    type: bool
    default: true
  tail:
    description:
      - How many of the last lines to read, those of both streams counted, whether both are read or not. Without it all.
    type: int
  since:
    description:
      - Leave out what is older than this moment, such as V(2026-01-31T12:00:00Z) or a number of Unix seconds, or than a
        duration, such as V(10m).
    type: str
  until:
    description:
      - Leave out what is younger, as O(since).
    type: str
  timestamps:
    description:
      - Whether each line begins with the moment in which it was written.
    type: bool
    default: false
  max_bytes:
    description:
      - How much to return of both together, such as V(64k). When there is more, the end of it is returned.
    type: str
    default: 1m
seealso:
  - module: longshore.docker.container_wait
    description: Waits for a line in the log.
"""

EXAMPLES = r"""
- name: Read the last lines that a container has written
  longshore.docker.container_logs:
    name: web
    tail: 20
  register: log

- name: Read the errors of the last ten minutes, with their moments
  longshore.docker.container_logs:
    name: web
    stdout: false
    since: 10m
    timestamps: true
"""

RETURN = r"""
stdout:
  description: What was written to the standard output. With a terminal (RV(tty)) all that was written.
  returned: success
  type: str
  sample: "listening on port 80\n"
stderr:
  description: What was written to the standard error.
  returned: success
  type: str
  sample: ""
stdout_lines:
  description: The lines of RV(stdout).
  returned: success
  type: list
  elements: str
  sample: [listening on port 80]
stderr_lines:
  description: The lines of RV(stderr).
  returned: success
  type: list
  elements: str
  sample: []
tty:
  description: Whether the container has a terminal, which makes one stream of both.
  returned: success
  type: bool
  sample: false
truncated:
  description: Whether there was more than O(max_bytes), so that the beginning is missing.
  returned: success
  type: bool
  sample: false
bytes_left_out:
  description: How much of the beginning is missing.
  returned: success
  type: int
  sample: 0
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.container_reports.logs import (
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
