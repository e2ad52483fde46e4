#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: containers
short_description: Bring many containers to the states that are described, several at a time
version_added: 0.1.0
description:
  - Does for each entry of a list what M(longshore.docker.container) does for one container, in one task and over the
    same connections. Of fifty containers that need nothing, each costs one request.
  - Several are seen to at the same time, each after those it depends on.
  - When one fails, those that depend on it are not touched, the others are brought to their states, and the task fails
    with all messages. RV(containers) says what became of each.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  containers:
    description:
      - The containers. Each entry takes the options of M(longshore.docker.container), but for those that say how the
        Engine is reached, and C(depends_on) besides.
      - C(depends_on) is a list of names of other entries, or a dictionary that gives each name a condition, V(started)
        (the default), V(healthy) or V(completed). Compose's words, such as C(service_healthy), are understood too. It
        is waited for, as long as C(healthy_wait_timeout) says, before a container that has to be changed is changed.
      - What is to be removed or stopped is seen to before what is to run, since it may hold a port or an address that
        is wanted. Where that fails, the others are seen to all the same.
      - An entry that shares the namespaces or volumes of another one, or links to it, depends on it without saying so.
        What is to be removed or stopped goes before the entries that it depends on.
    type: list
    elements: dict
    required: true
  defaults:
    description:
      - Options for all entries that do not have them.
    type: dict
    default: {}
  project:
    description:
      - A name for these containers as a whole. Each container that is made for the project bears it as its label
        C(longshore.docker.project). A container that exists without the label is replaced to get it.
    type: str
  purge:
    description:
      - Remove the containers of O(project) that are not listed, as O(defaults) say (C(force_kill), C(keep_volumes)),
        before others are started.
    type: bool
    default: false
  parallelism:
    description:
      - How many requests are made at the same time, at most 8. Containers that are stopping or pulling do not count.
    type: int
    default: 6
attributes:
  idempotent:
    description: A second run changes nothing.
    support: partial
    details:
      - As for M(longshore.docker.container).
seealso:
  - module: longshore.docker.container
"""

EXAMPLES = r"""
- name: A database, a job that prepares it, and two web servers
  longshore.docker.containers:
    project: shop
    defaults:
      image: busybox:1.36
      restart_policy: unless-stopped
    containers:
      - name: shop-db
        command: sleep 1000
        healthcheck:
          test: [CMD, "true"]
          interval: 1s
      - name: shop-web-1
        command: sleep 1000
        depends_on:
          shop-db: healthy
      - name: shop-web-2
        command: sleep 1000
        depends_on: [shop-db]

- name: One web server is enough, and what is not listed goes
  longshore.docker.containers:
    project: shop
    purge: true
    defaults:
      image: busybox:1.36
      restart_policy: unless-stopped
    containers:
      - name: shop-db
        command: sleep 1000
        healthcheck:
          test: [CMD, "true"]
          interval: 1s
      - name: shop-web-1
        command: sleep 1000
        depends_on:
          shop-db: healthy

- name: Nothing is left
  longshore.docker.containers:
    project: shop
    purge: true
    containers: []
"""

RETURN = r"""
containers:
  description: What became of each container, in the order of the list; those that O(purge) removes come last.
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description: The container's name.
      returned: always
      type: str
      sample: web
    changed:
      description: Whether anything was done to it, or would be in check mode.
      returned: always
      type: bool
    container:
      description: What the Engine says of it.
      returned: when there is such a container
      type: dict
      sample: {"Id": "73d6...", "Name": "/web"}
    replaced_because:
      description: As M(longshore.docker.container) returns it.
      returned: when the container is replaced
      type: list
      elements: str
      sample: [image]
    drift:
      description: As M(longshore.docker.container) returns it.
      returned: when there is any
      type: list
      elements: str
      sample: [labels]
    failed:
      description: True for one that could not be brought to its state.
      returned: when it failed, or was not touched because another one failed
      type: bool
    skipped:
      description: True for one that was not touched, because one that it depends on failed.
      returned: when it was not touched
      type: bool
    msg:
      description: Why it failed.
      returned: when it failed, or was not touched because another one failed
      type: str
"""

from ansible_collections.longshore.docker.plugins.module_utils.task.converge_many import CONTAINERS
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = CONTAINERS


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
