#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: container_commit
short_description: Make an image of a container
version_added: 0.1.0
description:
  - Makes an image of a container as it is, with what it has written into its own file system. What is in volumes is not
    in it.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
  - longshore.docker.container_named
options:
  repository:
    description:
      - The name of the image, such as V(registry.example.com/team/web). It is taken from the image that has it.
        Without it the image has no name.
    type: str
  tag:
    description:
      - The tag of the image. It may also stand in O(repository). Without either it is V(latest).
    type: str
  author:
    description:
      - Who has made the image.
    type: str
  comment:
    description:
      - What is to be said about it.
    type: str
  changes:
    description:
      - Instructions of a Dockerfile that change the configuration of the image, such as V(CMD ["nginx"]) or
        V(LABEL stage=test).
    type: list
    elements: str
  pause:
    description:
      - Whether the container is frozen meanwhile, so that nobody writes while it is copied.
    type: bool
    default: true
attributes:
  idempotent:
    description: A second run changes nothing.
    support: none
    details:
      - Nothing in a container says whether an image is like it, so that a new one is made each time.
seealso:
  - module: longshore.docker.container_export
  - module: longshore.docker.container_changes
"""

EXAMPLES = r"""
- name: Make an image of a container
  longshore.docker.container_commit:
    name: web
    repository: example/web-as-it-is
    tag: "1"
    comment: Before the change
    changes:
      - LABEL com.example.stage=test
"""

RETURN = r"""
image:
  description: The new image as the Engine shows it (GET /images/NAME/json). In check mode the one that has the name
    now, V(null) where there is none.
  returned: success
  type: dict
  sample: {"Id": "sha256:5a1c...", "RepoTags": ["example/web-as-it-is:1"]}
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.container_acts.commit import COMMIT
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(COMMIT)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
