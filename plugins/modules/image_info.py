#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: image_info
short_description: Look at images
version_added: 0.2.0
description:
  - Returns what the Engine knows of the images that are named, or of all of them, and, where asked for, how they were
    made and what registries have under their names.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
  - longshore.docker.registry
options:
  name:
    description:
      - The images, by names such as V(app), V(app:1) or V(app@sha256:...), or by IDs. Those that are not there are
        left out.
      - Without it, all images that have a name, and those that no other image was built on.
    type: list
    elements: str
  history:
    description:
      - Whether to add each image's layers, and how each was made, under the key C(History).
    type: bool
    default: false
  registry_digest:
    description:
      - Whether to ask the registries which digest they have for each O(name), and return them as RV(registry_digests).
        Nothing is pulled, and the images need not be on the Engine.
    type: bool
    default: false
attributes:
  idempotent:
    description: Changes nothing.
    support: full
seealso:
  - module: longshore.docker.image_search
"""

EXAMPLES = r"""
- name: Look at two images
  longshore.docker.image_info:
    name:
      - registry.example.com/app:1
      - busybox:1.37
  register: found

- name: How an image was made, and whether its tag has moved in the registry
  longshore.docker.image_info:
    name:
      - registry.example.com/app:1
    history: true
    registry_digest: true
"""

RETURN = r"""
images:
  description:
    - The images as the Engine shows them (GET /images/NAME/json), in the order of O(name). With O(history=true), each
      also has the key C(History) with its layers, newest first (GET /images/NAME/history).
  returned: success
  type: list
  elements: dict
  sample:
    - Id: sha256:8f3a1c0e5d7b
      RepoTags: ["app:1"]
registry_digests:
  description: The digest that the registry has for each O(name); none where it has nothing of that name.
  returned: with O(registry_digest=true)
  type: dict
  sample:
    nginx:1.27: sha256:0b1c9d
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.image import info, registry
from ansible_collections.longshore.docker.plugins.module_utils.task.reading import reading
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = reading("image_info", info.ARGUMENT_SPEC, info.look, registry.TOGETHER, info.check)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
