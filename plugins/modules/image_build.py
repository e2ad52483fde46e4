#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: image_build
short_description: Build an image from a Dockerfile
version_added: 0.2.0
description:
  - Builds an image within the Engine and gives it a name. Neither the docker CLI nor a plugin of it is needed, but for
    what only a client can do that answers BuildKit's questions while it builds (see O(builder)).
  - With O(rebuild=changed) a build whose outcome is there already is recognised without building, so that check mode
    tells exactly what a real run would do.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
  - longshore.docker.image_build
attributes:
  idempotent:
    description: A second run changes nothing.
    support: partial
    details:
      - O(rebuild=always) builds each time, and so does O(rebuild=changed) with a context that the builder fetches by
        itself.
notes:
  - Builds with BuildKit where the Dockerfile needs it (C(# syntax=), here-documents, C(RUN --mount), C(COPY --chmod),
    C(ARG TARGETPLATFORM) and their like), and where the Engine does so by default (23.0 and newer) and the Dockerfile
    has several stages. The builder before it is used for all else, since it takes a large context in faster, and for
    what BuildKit within the Engine cannot do, such as a named O(network).
  - Private images that a Dockerfile starts from are found with the credentials of the C(config.json) of the user who
    runs the task. With BuildKit, the Engine pulls them beforehand, since it would ask for credentials otherwise.
  - The proxies of that C(config.json) become build arguments, as with the docker CLI.
  - All files of the context are sent as root's. Pipes, sockets and devices are left out.
  - BuildKit within the Engine shows a Dockerfile to C(COPY) even where C(.dockerignore) leaves it out. So such builds
    are left to the builder before it, unless the Dockerfile needs BuildKit.
seealso:
  - module: longshore.docker.image_pull
  - module: longshore.docker.image_push
  - name: How builds are recognised
    description: What goes into the digest, and why it is a label.
    link: https://example.com/longshore/docker/blob/main/docs/decisions/0010-builds-by-digest.md
"""

EXAMPLES = r"""
- name: An image from the Dockerfile of a folder, built again when one of its files has changed
  longshore.docker.image_build:
    name: registry.example.com/app
    tag: "1.0"
    path: /srv/app
    rebuild: changed

- name: An image that is built when there is none of this name, whatever has changed
  longshore.docker.image_build:
    name: app-tools
    path: /srv/app
    dockerfile: tools/Dockerfile
    target: tools
    args:
      GREETING: hello
    labels:
      com.example.owner: web team

- name: A build that is made each time, from nothing
  longshore.docker.image_build:
    name: app-fresh
    path: /srv/app
    nocache: true
    rebuild: always
"""

RETURN = r"""
image:
  description:
    - The image as the Engine shows it after the task (GET /images/NAME/json).
    - In check mode as it is now. Empty where it is not there.
  returned: success
  type: dict
  sample:
    Id: sha256:8f3a1c0e5d7b
    RepoTags: ["app:1.0"]
stdout:
  description: The log of the build. A failure's message ends with what the failing step said last.
  returned: when an image was built, or could not be
  type: str
  sample: "Step 1/2 : FROM busybox:1.37"
stderr:
  description: The same as RV(stdout). C(docker buildx) writes its log there, so that playbooks look for it there.
  returned: when an image was built, or could not be
  type: str
  sample: "Step 1/2 : FROM busybox:1.37"
command:
  description: The command line, where C(docker buildx) built. It holds no value of a secret.
  returned: when C(docker buildx) built
  type: list
  elements: str
  sample: [/usr/bin/docker, buildx, build, --progress, plain, --tag, "app:1.0", --, /srv/app]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.image_build.resource import IMAGE_BUILD
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(IMAGE_BUILD)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
