#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: image_pull
short_description: Pull an image where the registry has another one
version_added: 0.2.0
description:
  - Pulls an image that is not on the Engine, or whose tag means another image in the registry than on the Engine.
  - The registry is asked for the digest under the tag before anything is pulled. So a tag that has not moved costs one
    small request, and check mode knows what a pull would do.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
  - longshore.docker.registry
options:
  name:
    description:
      - The image, such as V(nginx), V(nginx:1.27), V(registry.example.com/app:1) or V(app@sha256:...).
      - A digest says exactly which image is meant. One that is on the Engine is not asked for again, and a tag beside a
        digest has no meaning.
    type: str
    required: true
  tag:
    description:
      - The tag, where O(name) has neither tag nor digest. A digest may stand here, too.
    type: str
    default: latest
  platform:
    description:
      - The platform, such as V(linux/arm64), for which to pull the image.
      - An image that is here for another platform only is pulled. With the containerd image store both stay.
    type: str
  pull:
    description:
      - V(always) pulls when the registry has another image under the tag.
      - V(not_present) pulls when there is no such image on the Engine, and does not ask the registry otherwise.
    type: str
    choices: [always, not_present]
    default: always
attributes:
  idempotent:
    description: A second run changes nothing.
    support: full
notes:
  - In the diff an image is known by its digest. What ID it will have can only be told after a pull.
  - Where a registry does not tell digests, a real run pulls to find out whether there is another image. Check mode
    fails then, since it cannot know.
seealso:
  - module: longshore.docker.image_push
  - module: longshore.docker.image_remove
  - name: Images and registries
    description: Digests, credentials, and what check mode knows.
    link: https://example.com/longshore/docker/blob/main/docs/images.md
"""

EXAMPLES = r"""
- name: The newest image of a tag
  longshore.docker.image_pull:
    name: registry.example.com/app:1

- name: An image, whichever one is there
  longshore.docker.image_pull:
    name: registry.example.com/app
    tag: "2"
    pull: not_present
"""

RETURN = r"""
image:
  description:
    - The image as the Engine shows it after the task (GET /images/NAME/json).
    - In check mode as it is now, empty where it is not there.
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
  sample: ["Pulled image nginx:1.27"]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.image.pull import IMAGE_PULL
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(IMAGE_PULL)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
