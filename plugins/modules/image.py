#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: image
short_description: Have an image, built, pulled or loaded, and name, push or archive it
version_added: 0.2.0
description:
  - Has an image on the Engine, wherever it comes from, and then, where asked for, an archive of it, a further name,
    and the image under that name in its registry. Or removes it.
  - For each of these there is a module of its own, which can do more and says more in check mode. This one is for
    playbooks that want several of them in one task.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
  - longshore.docker.registry
options:
  name:
    description:
      - The image, such as V(app), V(app:1) or V(registry.example.com/app:1). Where it is neither built, pulled nor
        loaded it may also be an ID.
    type: str
    required: true
  tag:
    description:
      - The tag, where O(name) has neither tag nor digest.
    type: str
    default: latest
  state:
    description:
      - V(present) has the image, V(absent) takes the name away, and removes the image when it was the last.
    type: str
    choices: [absent, present]
    default: present
  source:
    description:
      - Where the image comes from if it is not here. Needed with O(state=present).
      - V(build) builds it (O(build)), V(load) loads it from an archive (O(load_path)), V(pull) pulls it, and
        V(local) fails if it is not here.
    type: str
    choices: [build, load, pull, local]
  build:
    description:
      - How to build it. The files are those of the managed node. M(longshore.docker.image_build) has more options,
        and can tell whether anything has changed.
    type: dict
    suboptions:
      path:
        description: The directory that is the context of the build, or the URL of one.
        type: path
        required: true
      dockerfile:
        description: The Dockerfile's path, counted from O(build.path). V(Dockerfile) where not given.
        type: str
      args:
        description: Build arguments (C(ARG)), as a dictionary.
        type: dict
      labels:
        description: Labels of the image, as a dictionary.
        type: dict
      etc_hosts:
        description: Names and addresses that C(RUN) finds in C(/etc/hosts), as a dictionary.
        type: dict
      cache_from:
        description: Images whose layers may be used again.
        type: list
        elements: str
      platform:
        description: The platform, such as V(linux/arm64), to build for.
        type: str
      network:
        description: The network that C(RUN) uses.
        type: str
      target:
        description: The stage of the Dockerfile to build. The last one where not given.
        type: str
      shm_size:
        description: The size of C(/dev/shm) while C(RUN) is at work, such as V(64m).
        type: str
      nocache:
        description: Whether to build everything anew.
        type: bool
        default: false
      pull:
        description: Whether to look for newer versions of the images that C(FROM) names.
        type: bool
        default: false
      rm:
        description: Whether to remove containers that the build was made in.
        type: bool
        default: true
      http_timeout:
        description: How many seconds the builder may be silent. No limit where not given.
        type: int
      use_config_proxy:
        description: Whether the proxies of the docker CLI's C(config.json) become build arguments.
        type: bool
      container_limits:
        description: Limits of what C(RUN) may use.
        type: dict
        suboptions:
          memory:
            description: Memory, such as V(512m).
            type: str
          memswap:
            description: Memory and swap together, such as V(1g). V(-1) is no limit for swap.
            type: str
          cpushares:
            description: Weight of the processor shares.
            type: int
          cpusetcpus:
            description: The processors to use, such as V(0-2) or V(0,1).
            type: str
  load_path:
    description:
      - The archive, on the managed node, to load the image from. It has to hold an image of this name.
    type: path
  pull:
    description:
      - How to pull it.
    type: dict
    suboptions:
      platform:
        description: The platform, such as V(linux/arm64), to pull it for.
        type: str
  archive_path:
    description:
      - The file, on the managed node, that has to hold an archive of the image. It is written when it does not.
    type: path
  repository:
    description:
      - A further name for the image, such as V(registry.example.com/app:1). Where it has no tag, it gets that of the
        image.
      - A name that another image has is left alone, unless O(force_tag) is set.
    type: str
  push:
    description:
      - Whether to have the image in the registry, under the name O(repository), else under O(name).
    type: bool
    default: false
  force_source:
    description:
      - Whether to build, load or pull although there is an image of this name. A pull is made when the registry has
        another image, a load when the archive has; a build is made each time, and is a change when it gives another
        image.
    type: bool
    default: false
  force_tag:
    description:
      - Whether O(repository) is taken from another image that bears this name.
    type: bool
    default: false
  force_absent:
    description:
      - With O(state=absent), whether to remove an image that a stopped container uses, and by its ID one with
        several names.
    type: bool
    default: false
attributes:
  idempotent:
    description: A second run changes nothing.
    support: partial
    details:
      - With O(source=build) and O(force_source=true) check mode predicts a change, which a build that gives the same
        image does not make.
seealso:
  - module: longshore.docker.image_build
  - module: longshore.docker.image_load
  - module: longshore.docker.image_pull
  - module: longshore.docker.image_tag
  - module: longshore.docker.image_push
  - module: longshore.docker.image_export
  - module: longshore.docker.image_remove
"""

EXAMPLES = r"""
- name: Pull an image
  longshore.docker.image:
    name: registry.example.com/base:1
    source: pull

- name: Name it for a registry of ours, and push it there
  longshore.docker.image:
    name: registry.example.com/base:1
    source: local
    repository: registry.example.com/team/web:1
    push: true

- name: Build an image
  longshore.docker.image:
    name: app
    tag: "1"
    source: build
    build:
      path: /srv/app
      args:
        release: "1"

- name: Write an archive of it
  longshore.docker.image:
    name: app:1
    source: local
    archive_path: /srv/app.tar

- name: Load an image from an archive
  longshore.docker.image:
    name: other:1
    source: load
    load_path: /srv/other.tar
    force_source: true

- name: Remove an image
  longshore.docker.image:
    name: app:1
    state: absent
"""

RETURN = r"""
image:
  description:
    - The image as the Engine shows it after the task (GET /images/NAME/json).
    - With O(repository), the image of that name. For one that was removed, C(state) alone, which is V(Deleted).
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
stdout:
  description: The log of the build.
  returned: when the task has built
  type: str
  sample: "Step 1/1 : FROM busybox"
drift:
  description: Contains V(repository) where another image has kept that name (O(force_tag=false)).
  returned: when it has
  type: list
  elements: str
  sample: [repository]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.image_whole.resource import IMAGE
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(IMAGE)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
