#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: container_fetch
short_description: Copy a file or a directory out of a container
version_added: 0.1.0
description:
  - Makes a copy of a container's file, symbolic link or directory, on the managed node or on the controller. The
    container may run or not.
  - Nothing is written that is there already with the same content and permissions. What the destination has besides
    is left alone.
  - A container is not trusted. Whatever is in it, nothing is written outside of the destination, nothing is written
    through a symbolic link, and files do not get the permissions to run as somebody else (setuid, setgid).
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  container:
    description:
      - The container's name, or its ID.
    type: str
    required: true
  container_path:
    description:
      - The file, symbolic link or directory to fetch.
    type: str
    required: true
  dest:
    description:
      - Where the copy is made, by its own name. V(/srv/site) for a directory called C(site) in C(/srv), which has to
        exist. See O(files_on) for the machine that it is on.
    type: path
    required: true
  files_on:
    description:
      - Where O(dest) is. V(node) is the managed node. V(controller) is the machine that runs Ansible. Then the task
        has to run on the controller (see C(docs/where_tasks_run.md)). It fails where it cannot.
    type: str
    choices: [node, controller]
    default: node
  follow:
    description:
      - What a symbolic link at O(container_path) means. With V(true) what it leads to is fetched. Links in a
        directory are fetched as links always.
    type: bool
    default: false
  links_out:
    description:
      - Whether symbolic links that lead out of what is fetched are kept as they are. By default they are refused,
        before anything is written. Whoever follows them later gets to files of this machine.
    type: bool
    default: false
  preserve_owner:
    description:
      - Whether the copy belongs to the user and group that have the same numbers as in the container. That needs
        root's rights. By default it belongs to the user that the task runs as.
    type: bool
    default: false
  mode:
    description:
      - The permissions of files, such as V("0640"). Where it is not given, those in the container, without setuid and
        setgid.
    type: raw
  directory_mode:
    description:
      - The permissions of directories, such as V("0750"). Where it is not given, directories that are made have those
        of the container's, and those that exist are left as they are.
    type: raw
  force:
    description:
      - Whether what differs is replaced. With V(false) only what is missing is written.
    type: bool
    default: true
attributes:
  idempotent:
    description: A second run changes nothing.
    support: full
notes:
  - Files appear whole, under a name of their own first. A process that has the old one open keeps it.
  - A directory is read twice, once to compare and once to write, a file whose size differs once.
seealso:
  - module: longshore.docker.container_copy_into
  - name: Where tasks run
    description: When a task runs on the controller, and when on the managed node.
    link: https://example.com/longshore/docker/blob/main/docs/where_tasks_run.md
"""

EXAMPLES = r"""
- name: Fetch a file
  longshore.docker.container_fetch:
    container: web
    container_path: /etc/passwd
    dest: /srv/secrets/web.passwd
    mode: "0600"

- name: Fetch a directory to the controller
  longshore.docker.container_fetch:
    container: web
    container_path: /etc
    dest: /srv/web-etc
    files_on: controller
    links_out: true

- name: Fetch what a link leads to
  longshore.docker.container_fetch:
    container: web
    container_path: /bin/sh
    dest: /srv/shell
    follow: true
"""

RETURN = r"""
container_path:
  description: What has been fetched. With O(follow=true) that is where a link leads to.
  returned: success
  type: str
  sample: /etc/passwd
destination:
  description: Where the copy is, as an absolute path.
  returned: success
  type: str
  sample: /srv/secrets/web.passwd
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.files.fetch import FETCH
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(FETCH)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
