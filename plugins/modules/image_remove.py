#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: image_remove
short_description: Take a name from an image, and remove the image with its last one
version_added: 0.2.0
description:
  - Takes the name from the image. When it was the last one, the image is removed, and so are layers that nothing else
    needs. By its ID, an image is removed with all its names.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  name:
    description:
      - The image, by a name such as V(app), V(app:1) or V(app@sha256:...), or by its ID.
    type: str
    required: true
  tag:
    description:
      - The tag, where O(name) has neither tag nor digest.
    type: str
    default: latest
  force:
    description:
      - Whether to remove an image that a stopped container uses, and, by its ID, one that has names in several
        repositories.
    type: bool
    default: false
  prune:
    description:
      - Whether to remove images without a name that this one was built on.
    type: bool
    default: true
attributes:
  idempotent:
    description: A second run changes nothing.
    support: full
notes:
  - Whether a container uses the image is for the Engine to say, in real runs.
seealso:
  - module: longshore.docker.image_tag
"""

EXAMPLES = r"""
- name: Take a name away
  longshore.docker.image_remove:
    name: app:old

- name: Remove an image although a stopped container was made from it
  longshore.docker.image_remove:
    name: app
    tag: older
    force: true
"""

RETURN = r"""
image:
  description:
    - The image as the Engine shows it before the task (GET /images/NAME/json).
    - Empty where there is none.
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
  sample: ["Removed image app:1"]
untagged:
  description: The names that were taken away; in check mode those that would be.
  returned: success
  type: list
  elements: str
  sample: ["app:1", "app@sha256:0b1c9d"]
deleted:
  description: The IDs of images, and the digests of layers, that were removed. Check mode knows the image only.
  returned: success
  type: list
  elements: str
  sample: ["sha256:8f3a1c0e5d7b"]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.image.remove import IMAGE_REMOVE
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(IMAGE_REMOVE)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
