#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: container_copy_into
short_description: Copy a file, a text or a directory into a container
version_added: 0.1.0
description:
  - Makes a file, a symbolic link or a directory in a container, running or not, as C(docker cp) does.
  - Nothing is written that is there already with the same content, permissions and owner. Of a directory, what
    differs is sent, and what the container has besides is left alone.
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
      - Where the copy is made, by its own name. V(/srv/site) for a directory called C(site) in C(/srv), which has to
        exist.
    type: str
    required: true
  path:
    description:
      - The file, symbolic link or directory to copy. See O(files_on) for the machine that it is on.
      - One of O(path) and O(content) has to be given, and not both.
    type: path
  files_on:
    description:
      - Where O(path) is. V(node) is the managed node. V(controller) is the machine that runs Ansible. Then a relative
        O(path) is looked for as by M(ansible.builtin.copy), in a role's C(files) too, and the task has to run on the
        controller (see C(docs/where_tasks_run.md)). It fails where it cannot.
    type: str
    choices: [node, controller]
    default: node
  content:
    description:
      - The content of the file, in place of O(path). Needs O(mode).
      - It appears in no log and no list of arguments. A diff shows it, as for M(ansible.builtin.copy). C(diff) set to
        V(false) for the task hides it.
    type: str
  content_is_b64:
    description:
      - Whether O(content) is in base64. That is the way for what is no text.
    type: bool
    default: false
  follow:
    description:
      - What a symbolic link at O(container_path) means. With V(true) the copy is made where the link leads to, else
        it takes the link's place. Links in the path above it are followed always.
    type: bool
    default: false
  local_follow:
    description:
      - What a symbolic link at O(path) means. With V(true) what it leads to is copied, else the link. Links in a
        directory are copied as links always.
    type: bool
    default: true
  owner_id:
    description:
      - The number of the user that the copy belongs to. Needs O(group_id).
      - Where it is not given, that of the user that the container's processes run as. A name is looked for in the
        container's own C(/etc/passwd) and C(/etc/group), so it need not run.
    type: int
  group_id:
    description:
      - The number of the group that the copy belongs to. Needs O(owner_id).
    type: int
  mode:
    description:
      - The permissions of files. Where it is not given, those that the files at O(path) have.
      - See O(mode_parse) for how it is read.
    type: raw
  directory_mode:
    description:
      - The permissions of directories. Where it is not given, directories that are made have those of the ones
        copied, and those that exist are left as they are.
    type: raw
  mode_parse:
    description:
      - How O(mode) and O(directory_mode) are read.
    type: str
    choices:
      legacy:
        - As numbers. A text is read as a decimal number, so V('0644') means other permissions than V(0644). A warning
          says so.
      modern:
        - As M(ansible.builtin.copy) reads them. A text consists of octal digits, a number is taken as it is.
      octal_string_only:
        - As texts of octal digits. Numbers are refused.
    default: legacy
  force:
    description:
      - V(true) writes each time, and whatever is in the way. A directory with all that is in it gives way to a file,
        say.
      - V(false) writes only what is missing.
      - Where it is not given, what differs is written. A directory that is in the way of a file, or something else in
        the way of a directory, is refused.
    type: bool
  max_diff_size:
    description:
      - How many bytes a file may have to be shown in the diff, V(0) for any number.
      - Where it is not given, C(max_diff_size) of Ansible's configuration counts.
    type: int
    default: 104448
attributes:
  diff_mode:
    details:
      - Text files are shown line by line, where nothing but the content differs. All else is named with permissions,
        owner and size.
  idempotent:
    description: A second run changes nothing.
    support: partial
    details:
      - O(force=true) writes each time.
notes:
  - To compare, files are read from the container. What has another size is not, beyond its first bytes.
  - What is copied below a C(tmpfs) mount is not seen by the container's processes. That is how Engines unpack
    archives.
  - The Engine writes in place. A process may see half a file while it is written.
seealso:
  - module: longshore.docker.container_fetch
  - name: Where tasks run
    description: When a task runs on the controller, and when on the managed node.
    link: https://example.com/longshore/docker/blob/main/docs/where_tasks_run.md
"""

EXAMPLES = r"""
- name: Copy a file of the managed node
  longshore.docker.container_copy_into:
    container: web
    path: /srv/secrets/db.env
    container_path: /etc/app.env

- name: Copy a file of the controller, with its owner and permissions
  longshore.docker.container_copy_into:
    container: web
    files_on: controller
    path: /srv/secrets/db.env
    container_path: /tmp/db.env
    owner_id: 1000
    group_id: 1000
    mode: "0640"
    mode_parse: modern

- name: Write a text
  longshore.docker.container_copy_into:
    container: web
    content: |
      Hello
    container_path: /tmp/greeting
    mode: "0644"
    mode_parse: modern

- name: Copy a directory
  longshore.docker.container_copy_into:
    container: web
    path: /srv/secrets
    container_path: /tmp/secrets
    directory_mode: "0700"
    mode_parse: modern

- name: Leave what is there
  longshore.docker.container_copy_into:
    container: web
    content: first
    container_path: /tmp/first
    mode: "0600"
    mode_parse: modern
    force: false
"""

RETURN = r"""
container_path:
  description: Where the copy is in the container. With O(follow=true) that is where a link leads to.
  returned: success
  type: str
  sample: /etc/app.env
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.files.copy_into import COPY_INTO
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(COPY_INTO)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
