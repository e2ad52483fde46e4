#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: container_export
short_description: Export the file system of a container
version_added: 0.1.0
description:
  - Writes the file system of a container, running or not, as a tar archive to a file of the managed node. What is in
    volumes is not in it.
  - The file is written all at once. Whatever happens, either the old one is there, or the new one.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
  - longshore.docker.container_named
options:
  path:
    description:
      - The file. Its directory has to exist. A new file is its owner's alone, one that is there keeps its mode.
    type: path
    required: true
    aliases: [dest]
  force:
    description:
      - Whether a file that is there is compared with the container, and replaced when it differs. If not, it is left as
        it is.
    type: bool
    default: true
attributes:
  idempotent:
    description: A second run changes nothing.
    support: full
    details:
      - As long as nobody writes into the container. To see that, the archive is read once.
notes:
  - Runs on the managed node, as far as the connection is not local.
seealso:
  - module: longshore.docker.container_commit
"""

EXAMPLES = r"""
- name: Export the file system of a container
  longshore.docker.container_export:
    name: web
    path: /srv/web.tar
"""

RETURN = r"""
file:
  description: The file.
  returned: success
  type: str
  sample: /srv/web.tar
size:
  description: Its size in bytes. In check mode as it is now, V(null) where there is none.
  returned: success
  type: int
  sample: 192004242
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.container_acts.export import EXPORT
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(EXPORT)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
