#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: image_import
short_description: Make an image of a file system
version_added: 0.2.0
description:
  - Makes an image with one layer of a tar archive, of what a URL gives, or of the file system of a container, as
    C(docker import) does.
  - The Engine names a layer by the digest of its archive, uncompressed. So nothing is done where the image of that name
    was made of the same bytes, whoever made it.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  name:
    description:
      - The name that the image gets, such as V(base), V(base:1) or V(registry.example.com/base:1). Another image that
        bears it loses it.
    type: str
    required: true
  tag:
    description:
      - The tag of the image where O(name) has none.
    type: str
    default: latest
  path:
    description:
      - A tar archive on the managed node, plain, or compressed by gzip, bzip2 or xz. It is read as a whole in each run.
      - What zstd has compressed can be looked into by Python 3.14 and newer. Others import it each time.
    type: path
  url:
    description:
      - Where the Engine gets a tar archive from. It begins with V(http://) or V(https://).
      - What is there is not looked at again. The image is as it should be where it was made from the same URL, which a
        label says. O(force) has it fetched anew.
    type: str
  container:
    description:
      - A container on the same Engine, by its name or ID. Its file system without volumes is read as a whole in each
        run. A container that writes files makes another image each time.
    type: str
  changes:
    description:
      - Instructions of a Dockerfile that say how containers of the image run, such as V(CMD ["nginx"]) or
        V(EXPOSE 80).
      - Where they are given, the image gets a label with their digest, by which they are recognised. An empty list is
        none. Where they are not given, they are not compared.
    type: list
    elements: str
  comment:
    description:
      - The comment of the image.
    type: str
  platform:
    description:
      - The platform of the image, such as V(linux/arm64). Needs API 1.42.
    type: str
  force:
    description:
      - Whether to import in any case.
    type: bool
    default: false
attributes:
  idempotent:
    description: A second run changes nothing.
    support: partial
    details:
      - O(force=true) imports each time.
      - What zstd has compressed is imported each time by a Python before 3.14, which cannot look into it.
notes:
  - One of O(path), O(url) and O(container) is needed.
  - The archive is sent to the Engine as it is read, and is never in memory as a whole.
  - The image that had the name before is not removed.
seealso:
  - module: longshore.docker.image_load
"""

EXAMPLES = r"""
- name: An image of an archive
  longshore.docker.image_import:
    name: base:1
    path: /srv/images/base.tar.gz
    changes:
      - CMD ["/bin/sh"]
      - ENV LANG=C.UTF-8
    comment: made by hand

- name: An image of the file system of a container
  longshore.docker.image_import:
    name: snapshot:1
    container: import-me
"""

RETURN = r"""
image:
  description: The image, as the Engine shows it after the task (GET /images/NAME/json). In check mode as it is now.
  returned: success, where there is an image
  type: dict
  sample:
    Id: sha256:3f4a1c0e5d7b
    RepoTags: [base:1]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.image_import.resource import IMAGE_IMPORT
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(IMAGE_IMPORT)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
