#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: image_load
short_description: Load images from an archive
version_added: 0.2.0
description:
  - Loads the images of an archive, as C(docker save) or M(longshore.docker.image_export) write it, with their names.
  - Nothing is loaded when all that the archive holds is there already. It is there when each name in the archive means
    the same image on the Engine, and when images without a name are there by their ID.
  - Archives of every age of Docker are understood, those of C(podman) and C(skopeo), and OCI image layouts as far as
    the Engine takes them, plain, or compressed by gzip, bzip2 or xz. What zstd has compressed can be looked into by
    Python 3.14 and newer. Others load it each time, with a warning.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  path:
    description:
      - The archive, a file of the managed node.
    type: path
    required: true
attributes:
  idempotent:
    description: A second run changes nothing.
    support: partial
    details:
      - What zstd has compressed is loaded each time by a Python before 3.14, which cannot look into it.
      - In the containerd image store, images without a name from archives of Engines before 25 are loaded each time,
        since nothing says which digest they get there.
notes:
  - The archive is sent to the Engine as it is read, and is never in memory as a whole.
seealso:
  - module: longshore.docker.image_export
  - module: longshore.docker.image_import
"""

EXAMPLES = r"""
- name: Load what an archive holds
  longshore.docker.image_load:
    path: /srv/images/app.tar
"""

RETURN = r"""
image_names:
  description:
    - The names of the images in the archive; the IDs of those that have none.
    - Where something was loaded, they are what the Engine says it has loaded.
  returned: success
  type: list
  elements: str
  sample: [app:1]
images:
  description:
    - The images of those names, as the Engine shows them after the task (GET /images/NAME/json).
    - In check mode those that are there now.
  returned: success
  type: list
  elements: dict
  sample:
    - Id: sha256:3f4a1c0e5d7b
      RepoTags: [app:1]
stdout:
  description: What the Engine said while it loaded. Empty when nothing was loaded.
  returned: success
  type: str
  sample: "Loaded image: app:1"
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.image_load.resource import IMAGE_LOAD
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(IMAGE_LOAD)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
