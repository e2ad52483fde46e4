#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: volume
short_description: Bring a volume to the state that is described
version_added: 0.1.0
description:
  - Creates and removes a volume, fills it from files or an archive, and saves what it holds as an archive.
  - The Engine changes no volume. What differs in one that exists is left alone and named in RV(drift), unless
    O(recreate) permits to remove the volume, B(with all that it holds), and to make it anew.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  volume_name:
    description:
      - The name of the volume.
    type: str
    required: true
    aliases: [name]
  state:
    description:
      - With V(present) there is such a volume. With V(absent) there is none.
    type: str
    default: present
    choices: [absent, present]
  driver:
    description:
      - The volume's driver, V(local) or one that a plugin brings.
      - With an empty text a new volume has the Engine's default, and one that is there may have any.
    type: str
    default: local
  driver_options:
    description:
      - Options of the driver. The volume may have more.
      - The driver V(local) takes V(type), V(device) and V(o), as C(mount) does.
    type: dict
    default: {}
  labels:
    description:
      - Labels. The volume may have more.
    type: dict
  recreate:
    description:
      - When a volume that exists is removed, B(with all that it holds), and made anew.
      - V(never) leaves it alone, V(options-changed) does so where O(driver), O(driver_options) or O(labels) differ,
        and V(always) each time.
      - The Engine has to take the new properties, in a trial under another name, before the old volume goes.
    type: str
    default: never
    choices: [always, never, options-changed]
  populate:
    description:
      - A folder whose content the volume holds, or one file. It may hold more.
      - Permissions are those of the files; the owner is root.
    type: path
  restore:
    description:
      - A tar archive, compressed or not, whose content the volume holds, and nothing else. Names count from the top of
        the volume.
      - Where the volume holds something else, it is removed and made anew, which needs that no container has it. Before
        that the archive is unpacked elsewhere, which needs the space. What the Engine cannot unpack so costs nothing.
    type: path
  backup:
    description:
      - A tar archive that holds what the volume holds. It is written anew where it does not, and appears whole.
    type: path
  files_on:
    description:
      - Where the files of O(populate), O(restore) and O(backup) are. V(node) is the managed node. V(controller) is the
        machine that runs Ansible. Then the task has to run on the controller (see C(docs/where_tasks_run.md)). It
        fails where it cannot.
    type: str
    default: node
    choices: [node, controller]
  helper_image:
    description:
      - An image on the Engine. Where no container has the volume, a container of it is made to look at the volume, and
        to fill it. It is never started, and is removed at once. One that a run left behind which was cut off is in
        nobody's way, and goes with the volume, or a day later when the next one is made.
      - Where it is not given, any image on the Engine will do.
    type: str
attributes:
  idempotent:
    description: A second run changes nothing.
    support: partial
    details:
      - O(recreate=always) acts each time.
  check_mode:
    description: Says what would be changed, and changes nothing.
    support: partial
    details:
      - Where no container has the volume, check mode cannot look at what it holds, and says that O(populate),
        O(restore) and O(backup) would change something.
notes:
  - Kind, permissions, owner and content of what a volume holds are compared, and times are not.
  - A volume that is not the driver V(local)'s, or is kept in memory, may forget what it holds when no container runs
    that has it.
  - A volume that a container has, whether that runs or not, cannot be removed. The task fails then, and nothing is
    changed.
seealso:
  - module: longshore.docker.volume_info
  - name: Where tasks run
    description: When a task runs on the controller, and when on the managed node.
    link: https://example.com/longshore/docker/blob/main/docs/where_tasks_run.md
"""

EXAMPLES = r"""
- name: A volume
  longshore.docker.volume:
    name: shop-data

- name: A volume with labels
  longshore.docker.volume:
    name: shop-files
    labels:
      com.example.owner: web team
      com.example.backup: daily

- name: A volume in memory
  longshore.docker.volume:
    name: shop-cache
    driver_options:
      type: tmpfs
      device: tmpfs
      o: size=16m,uid=1000

- name: The same, larger, which costs what it held
  longshore.docker.volume:
    name: shop-cache
    driver_options:
      type: tmpfs
      device: tmpfs
      o: size=32m,uid=1000
    recreate: options-changed

- name: A volume that holds what is in a folder
  longshore.docker.volume:
    name: shop-site
    populate: /srv/site

- name: Save what a volume holds
  longshore.docker.volume:
    name: shop-site
    backup: /srv/shop-site.tar

- name: Another volume that holds the same
  longshore.docker.volume:
    name: shop-site-copy
    restore: /srv/shop-site.tar

- name: Remove a volume
  longshore.docker.volume:
    name: shop-cache
    state: absent
"""

RETURN = r"""
volume:
  description:
    - The volume as the Engine shows it after the task (GET /volumes/NAME). In check mode as it is now, V(null) where
      there is none yet.
  returned: success, where O(state=present)
  type: dict
  sample:
    Name: shop-data
    Driver: local
    Mountpoint: /var/lib/docker/volumes/shop-data/_data
drift:
  description: Options that differ, but that O(recreate=never) forbids to mend. They are no change and not in the diff.
  returned: when there are such options
  type: list
  elements: str
  sample: [labels]
replaced_because:
  description: Options for whose sake the volume has been made anew, or would be in check mode; V(recreate) where
    nothing but O(recreate=always) asked for it.
  returned: when the volume is made anew
  type: list
  elements: str
  sample: [driver_options]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.volume.resource import VOLUME
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(VOLUME)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
