#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: container_changes
short_description: List what differs between a container and its image
version_added: 0.1.0
description:
  - Returns the files and directories of a container that its image does not have, or has in another form, as C(docker
    diff) does. What is in volumes is not among it.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
  - longshore.docker.container_named
seealso:
  - module: longshore.docker.container_commit
"""

EXAMPLES = r"""
- name: List what a container has written into its own file system
  longshore.docker.container_changes:
    name: web
"""

RETURN = r"""
changes:
  description: The paths that differ, in order. C(kind) is V(added), V(modified) or V(deleted).
  returned: success
  type: list
  elements: dict
  sample: [{"kind": "modified", "path": "/run"}, {"kind": "added", "path": "/run/app.pid"}]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.container_reports.changes import (
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
