#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: prune
short_description: Delete what is not used
version_added: 0.1.0
description:
  - Deletes containers that do not run, and images, networks, volumes and build cache that nothing uses.
  - Check mode lists what the real run then deletes. What becomes free because something else goes, such as the volume
    of a container, is among it.
  - Kinds are pruned in the order containers, images, networks, volumes, build cache.
  - The Engine prunes for one client at a time. The task waits up to a minute for its turn.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  containers:
    description:
      - Whether to delete the containers that are neither running nor paused. Their volumes stay.
    type: bool
    default: false
  containers_filters:
    description:
      - Which of them to delete, by V(label), V(label!) and V(until). A value may be a list.
      - V(until) spares what was made later. It is a moment, such as V(2026-01-31T12:00:00Z) or a number of Unix
        seconds, or a duration before now, such as V(24h).
      - Where several labels are given, all have to be there. What has all labels of V(label!) is spared.
    type: dict
  images:
    description:
      - Whether to delete the images that no container uses. Without further ado those alone that have no tag.
      - From an image that a container uses, names can be taken, but for one. It keeps the name that the container was
        made by.
    type: bool
    default: false
  images_filters:
    description:
      - Which of them to delete, by V(dangling), V(label), V(label!) and V(until), as O(containers_filters) has them.
      - V(dangling=false) means images that have a tag, too.
    type: dict
  networks:
    description:
      - Whether to delete the networks that no running container is on. Those that the Engine comes with stay.
    type: bool
    default: false
  networks_filters:
    description:
      - Which of them to delete, by V(label), V(label!) and V(until), as O(containers_filters) has them.
    type: dict
  volumes:
    description:
      - Whether to delete the volumes of the driver V(local) that no container has, running or not.
      - Since API 1.42 those without a name alone, unless O(volumes_filters) says V(all=true). On older Engines all.
      - The Engine never deletes those with options of the driver, such as a share that is mounted.
    type: bool
    default: false
  volumes_filters:
    description:
      - Which of them to delete, by V(label), V(label!), as O(containers_filters) has them, and V(all).
      - V(all=true) means volumes that have a name, too. V(all=false) is refused where the Engine cannot spare them.
    type: dict
  builder_cache:
    description:
      - Whether to delete from the build cache what no build uses at the moment.
    type: bool
    default: false
  builder_cache_all:
    description:
      - Whether to delete also what images share with the cache, and what the builder keeps for itself.
    type: bool
    default: false
  builder_cache_filters:
    description:
      - Which records to delete, as C(docker builder prune --filter) takes it. A value may be a list.
      - What they spare, only the Engine can tell. Check mode lists what goes at most, and a warning says so.
    type: dict
  builder_cache_keep_storage:
    description:
      - How much of the cache to keep, such as V(2g). Check mode lists what goes at most, as for
        O(builder_cache_filters).
    type: str
attributes:
  idempotent:
    description: A second run changes nothing.
    support: full
seealso:
  - module: longshore.docker.host_info
    description: Says what takes how much of the disk.
"""

EXAMPLES = r"""
- name: Delete the containers of one application that do not run, with their volumes and networks
  longshore.docker.prune:
    containers: true
    containers_filters: &ours
      label: com.example.owner=web team
    networks: true
    networks_filters: *ours
    volumes: true
    volumes_filters:
      label: com.example.owner=web team
      all: true

- name: Delete test images that nothing uses and that are older than a day
  longshore.docker.prune:
    images: true
    images_filters:
      dangling: false
      label: com.example.stage=test
      label!: com.example.keep=yes
      until: 24h

- name: Keep the build cache below 2 GiB
  longshore.docker.prune:
    builder_cache: true
    builder_cache_keep_storage: 2g
"""

RETURN = r"""
containers:
  description: The IDs of the deleted containers.
  returned: with O(containers)
  type: list
  elements: str
  sample: ["73d6..."]
containers_space_reclaimed:
  description: How many bytes that has freed.
  returned: with O(containers), not in check mode
  type: int
  sample: 4096
images:
  description: The names that were taken, each under the key C(Untagged), and the IDs of the deleted images, each under
    the key C(Deleted).
  returned: with O(images)
  type: list
  elements: dict
  sample: [{"Untagged": "app:1"}, {"Deleted": "sha256:5a1c..."}]
images_space_reclaimed:
  description: How many bytes that has freed.
  returned: with O(images), not in check mode
  type: int
  sample: 192004242
networks:
  description: The names of the deleted networks.
  returned: with O(networks)
  type: list
  elements: str
  sample: [front]
volumes:
  description: The names of the deleted volumes.
  returned: with O(volumes)
  type: list
  elements: str
  sample: [db-data]
volumes_space_reclaimed:
  description: How many bytes that has freed.
  returned: with O(volumes), not in check mode
  type: int
  sample: 0
builder_cache_caches_deleted:
  description: The IDs of the deleted records of the build cache.
  returned: with O(builder_cache)
  type: list
  elements: str
  sample: [qzk9kd2x0pw1v8ysl2q6r4l0h]
builder_cache_space_reclaimed:
  description: How many bytes that has freed.
  returned: with O(builder_cache), not in check mode
  type: int
  sample: 0
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.prune.resource import PRUNE
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(PRUNE)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
