#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: host_info
short_description: Look at an Engine and its host
version_added: 0.1.0
description:
  - Returns what the Engine says about itself and its host, and, where asked for, lists of what it has.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  containers:
    description:
      - Whether to list containers.
    type: bool
    default: false
  containers_all:
    description:
      - Whether the list has containers that do not run, too.
    type: bool
    default: false
  containers_filters:
    description:
      - Which containers to list, as C(docker ps --filter) takes it. A value may be a list.
    type: dict
  images:
    description:
      - Whether to list images.
    type: bool
    default: false
  images_filters:
    description:
      - Which images to list, as C(docker images --filter) takes it. A value may be a list.
    type: dict
  networks:
    description:
      - Whether to list networks.
    type: bool
    default: false
  networks_filters:
    description:
      - Which networks to list, as C(docker network ls --filter) takes it. A value may be a list.
    type: dict
  volumes:
    description:
      - Whether to list volumes.
    type: bool
    default: false
  volumes_filters:
    description:
      - Which volumes to list, as C(docker volume ls --filter) takes it. A value may be a list.
    type: dict
  disk_usage:
    description:
      - Whether to have the Engine sum up what takes how much of the disk, which may take its time.
    type: bool
    default: false
  version:
    description:
      - Whether to return the versions of the Engine and of what it consists of.
    type: bool
    default: false
  verbose_output:
    description:
      - Whether lists, and RV(disk_usage), hold all that the Engine says instead of the main values.
    type: bool
    default: false
seealso:
  - module: longshore.docker.container_info
  - module: longshore.docker.prune
"""

EXAMPLES = r"""
- name: Look at the Engine
  longshore.docker.host_info:
    version: true
  register: engine

- name: List the volumes that no container uses, and all containers
  longshore.docker.host_info:
    volumes: true
    volumes_filters:
      dangling: true
    containers: true
    containers_all: true

- name: See what takes how much of the disk
  longshore.docker.host_info:
    disk_usage: true
    verbose_output: true
"""

RETURN = r"""
can_talk_to_docker:
  description: Whether the Engine answered.
  returned: always, unless the options are no good
  type: bool
  sample: true
host_info:
  description: What the Engine says about itself (GET /info).
  returned: success
  type: dict
  sample: {"Driver": "overlay2", "NCPU": 4, "ServerVersion": "28.5.1"}
version:
  description: The versions (GET /version).
  returned: with O(version)
  type: dict
  sample: {"ApiVersion": "1.51", "Version": "28.5.1"}
containers:
  description: The containers, each with the keys C(Id), C(Image), C(Command), C(Created), C(Status), C(Ports) and
    C(Names), or with all that the list of the Engine has.
  returned: with O(containers)
  type: list
  elements: dict
  sample: [{"Id": "73d6...", "Names": ["/web"], "Status": "Up 2 days"}]
images:
  description: The images, each with the keys C(Id), C(RepoTags), C(Created) and C(Size), or with all.
  returned: with O(images)
  type: list
  elements: dict
  sample: [{"Id": "sha256:5a1c...", "RepoTags": ["nginx:1.27"], "Size": 192004242}]
networks:
  description: The networks, each with the keys C(Id), C(Driver), C(Name) and C(Scope), or with all.
  returned: with O(networks)
  type: list
  elements: dict
  sample: [{"Driver": "bridge", "Id": "9f3b...", "Name": "front", "Scope": "local"}]
volumes:
  description: The volumes, each with the keys C(Driver) and C(Name), or with all.
  returned: with O(volumes)
  type: list
  elements: dict
  sample: [{"Driver": "local", "Name": "db-data"}]
disk_usage:
  description: What takes how much of the disk (GET /system/df). Without O(verbose_output) the key C(LayersSize) alone.
  returned: with O(disk_usage)
  type: dict
  sample: {"LayersSize": 192004242}
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.host.info import (
    ARGUMENT_SPEC,
    NAME,
    check,
    on_failure,
    report,
)
from ansible_collections.longshore.docker.plugins.module_utils.task.reading import reading
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = reading(NAME, ARGUMENT_SPEC, report, check=check, on_failure=on_failure)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
