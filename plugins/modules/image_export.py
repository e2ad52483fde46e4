#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: image_export
short_description: Export images to an archive
version_added: 0.2.0
description:
  - Writes images with their layers and names into an archive, as C(docker save) does. M(longshore.docker.image_load)
    reads it.
  - Nothing is written when the file holds exactly these images under exactly these names.
  - The file is written under another name beside its place, and takes its place when it is whole and on the disk. When
    the export fails, or the disk is full, the old file stays as it was, and nothing else is left behind.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  names:
    description:
      - The images, such as V(nginx:1.27), V(registry.example.com/app@sha256:...) or an ID.
      - An image that is named by a digest or by its ID has no name in the archive.
    type: list
    elements: str
    required: true
    aliases: [name]
  tag:
    description:
      - The tag of the images in O(names) that have neither a tag nor a digest.
    type: str
    default: latest
  path:
    description:
      - The file to write, on the managed node. It has to be given. Its directory has to be there.
      - A file that is there keeps its mode and owner. A symbolic link stays one, and what it leads to is written.
    type: path
  force:
    description:
      - Whether to write the file each time.
    type: bool
    default: false
  platform:
    description:
      - The platform whose variant is exported, such as V(linux/arm64), where an image has several. Needs API 1.48.
    type: str
attributes:
  idempotent:
    description: A second run changes nothing.
    support: partial
    details:
      - O(force=true) writes each time.
notes:
  - The archive is written as the Engine sends it, and is never in memory as a whole.
seealso:
  - module: longshore.docker.image_load
"""

EXAMPLES = r"""
- name: Two images in one archive
  longshore.docker.image_export:
    names:
      - app:1
      - app-worker:1
    path: /srv/images/app.tar

- name: One image, written in any case
  longshore.docker.image_export:
    name: app:1
    path: /srv/images/fresh.tar
    force: true
"""

RETURN = r"""
images:
  description: The images that were asked for, in that order, as the Engine shows them (GET /images/NAME/json).
  returned: success
  type: list
  elements: dict
  sample:
    - Id: sha256:3f4a1c0e5d7b
      RepoTags: [app:1]
msg:
  description: Why the file was written, or would be in check mode.
  returned: when something changes
  type: str
  sample: "Exporting because the archive does not hold app:1"
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.image_export.resource import IMAGE_EXPORT
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(IMAGE_EXPORT)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
