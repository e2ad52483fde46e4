#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: image_tag
short_description: Give an image more names
version_added: 0.2.0
description:
  - Gives an image that is on the Engine further names. A name that another image has is taken from it, unless
    O(existing_images) says otherwise.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  name:
    description:
      - The image, by a name such as V(app) or V(app:1), or by its ID.
    type: str
    required: true
  tag:
    description:
      - The tag, where O(name) has none. Names in O(repository) that have none get it as well.
    type: str
    default: latest
  repository:
    description:
      - The names to give, such as V(registry.example.com/app:1).
    type: list
    elements: str
    required: true
  existing_images:
    description:
      - What to do with a name that another image has. V(overwrite) takes it from that image, V(keep) leaves it there.
    type: str
    choices: [keep, overwrite]
    default: overwrite
attributes:
  idempotent:
    description: A second run changes nothing.
    support: full
seealso:
  - module: longshore.docker.image_push
  - module: longshore.docker.image_remove
"""

EXAMPLES = r"""
- name: A name for the registry, and one for people
  longshore.docker.image_tag:
    name: app:1
    repository:
      - registry.example.com/app:1
      - registry.example.com/app:stable

- name: A name that stays where it is once it is given
  longshore.docker.image_tag:
    name: app:1
    repository:
      - app:first
    existing_images: keep
"""

RETURN = r"""
image:
  description:
    - The image as the Engine shows it before the task (GET /images/NAME/json).
    - The new names are not in it.
  returned: success
  type: dict
  sample:
    Id: sha256:8f3a1c0e5d7b
    RepoTags: ["registry.example.com/app:1"]
    RepoDigests: ["registry.example.com/app@sha256:0b1c9d"]
actions:
  description: What was done, or would be in check mode, in words.
  returned: success
  type: list
  elements: str
  sample: ["Tagged image app:1 as registry.example.com/app:1"]
tagged_images:
  description: The names that the image was given, or would be in check mode.
  returned: success
  type: list
  elements: str
  sample: ["registry.example.com/app:1"]
drift:
  description: Contains V(repository) where another image has kept one of the names (O(existing_images=keep)).
  returned: when there is such a name
  type: list
  elements: str
  sample: [repository]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.image.tag import IMAGE_TAG
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(IMAGE_TAG)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
