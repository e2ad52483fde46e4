#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: image_push
short_description: Push an image where the registry has another one
version_added: 0.2.0
description:
  - Pushes an image to the registry that its name begins with, Docker Hub where it names none.
  - The registry is asked first what it has under the name. Nothing is pushed where that is the image on the Engine, and
    check mode knows it.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
  - longshore.docker.registry
options:
  name:
    description:
      - The image, such as V(registry.example.com/app) or V(registry.example.com/app:1). It has to be on the Engine.
    type: str
    required: true
  tag:
    description:
      - The tag, where O(name) has none.
    type: str
    default: latest
attributes:
  idempotent:
    description: A second run changes nothing.
    support: full
notes:
  - Check mode predicts a push where the registry does not tell what it has. Whether it would accept the push nobody can
    know before.
seealso:
  - module: longshore.docker.image_pull
  - module: longshore.docker.image_tag
  - name: Images and registries
    description: Digests, credentials, and what check mode knows.
    link: https://example.com/longshore/docker/blob/main/docs/images.md
"""

EXAMPLES = r"""
- name: Push an image to a registry of ours
  longshore.docker.image_push:
    name: registry.example.com/team/app:1
"""

RETURN = r"""
image:
  description:
    - The image as the Engine shows it after the task (GET /images/NAME/json).
    - In check mode as it is now.
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
  sample: ["Pushed image registry.example.com/app:1"]
digest:
  description: The digest under which the registry has the image.
  returned: success, but for a push that is only foretold in check mode
  type: str
  sample: sha256:0b1c9d
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.image.push import IMAGE_PUSH
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(IMAGE_PUSH)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
