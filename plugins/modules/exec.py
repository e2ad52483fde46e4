#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: exec
short_description: Run a command in a running container
version_added: 0.1.0
description:
  - Runs a command in a container, and returns what it writes and the status it ends with.
  - The task fails where that status is not 0, unless C(failed_when) says otherwise.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  container:
    description:
      - The container's name, or its ID. It has to be running.
    type: str
    required: true
  command:
    description:
      - The command with its arguments, taken apart at blanks by a shell's rules for quotes. No shell runs it, so
        write V(sh -c 'echo $HOME > /tmp/home') where variables, pipes or redirections are meant.
      - One of O(command) and O(argv) has to be given, and not both.
    type: str
  argv:
    description:
      - The command and its arguments, as a list. Nothing is taken apart, so nothing has to be quoted.
    type: list
    elements: str
  chdir:
    description:
      - The directory in which the command is run. Where it is not given, the container's own working directory
        counts.
    type: str
  user:
    description:
      - Who runs the command, such as V(www-data), V(1000) or V(1000:1000). Where it is not given, the container's
        own user counts.
    type: str
  env:
    description:
      - Variables that are added to the environment of the container. Quote what YAML would take for anything but a
        text, such as V("1.10") or V("yes").
    type: dict
  privileged:
    description:
      - Whether the command has all the rights of the host's root, whatever rights the container has.
    type: bool
    default: false
  stdin:
    description:
      - What the command reads. The input ends after it. It works on every kind of connection, TLS included.
      - With O(tty) the terminal takes lines of up to 4095 characters, and shows them in RV(stdout).
    type: str
  stdin_add_newline:
    description:
      - Whether to add the end of a line to O(stdin).
    type: bool
    default: true
  strip_empty_ends:
    description:
      - Whether to take line ends off the end of RV(stdout) and RV(stderr).
    type: bool
    default: true
  tty:
    description:
      - Whether the command runs in a terminal. Then RV(stdout) holds all that it writes, RV(stderr) stays empty,
        and lines end with a carriage return and a line feed.
    type: bool
    default: false
  tty_rows:
    description:
      - The height of the terminal. Needs O(tty) and O(tty_columns).
      - Engines before API 1.42 set it a moment after the command has started.
    type: int
  tty_columns:
    description:
      - The width of the terminal. Needs O(tty) and O(tty_rows).
    type: int
  detach:
    description:
      - Whether to let the command run by itself. Then its RV(exec_id) is returned, and nothing is known about its
        end. Its output is lost. O(stdin) and O(command_timeout) cannot be given.
    type: bool
    default: false
  creates:
    description:
      - An absolute path in the container. The command is not run when there is something, a symbolic link that
        leads nowhere included. It is looked for in stopped containers as well.
    type: str
  removes:
    description:
      - An absolute path in the container. The command is not run when there is nothing.
    type: str
  command_timeout:
    description:
      - How many seconds the command may take. After that it is sent SIGTERM, and five seconds later SIGKILL, and
        the task fails with what it had written.
      - The Engine cannot do that, so the command is looked for by the variable C(LONGSHORE_EXEC) that it finds in
        its environment, and its children, which inherit it. This needs C(sh) in the container, and does not find
        processes that have another environment or another user, such as those started by C(env -i) or C(su). Where
        nothing ends the command, the message says so.
      - What O(timeout) means is another thing. That is how long the Engine may take to answer.
    type: float
attributes:
  check_mode:
    support: full
    details:
      - Nothing is run in check mode, and RV(ignore:changed) is V(true), unless O(creates) or O(removes) make the
        command needless. A container that is absent or stopped is no failure then, since an earlier task may start
        it. A warning names it.
  idempotent:
    description: A second run changes nothing.
    support: partial
    details:
      - With O(creates) or O(removes). Else the command is run each time.
seealso:
  - name: Where tasks run
    description: When a task runs on the controller, and when on the managed node.
    link: https://example.com/longshore/docker/blob/main/docs/where_tasks_run.md
"""

EXAMPLES = r"""
- name: Ask for a host name
  longshore.docker.exec:
    container: web
    command: cat /etc/hostname
  register: called
  changed_when: false

- name: A shell's own notation needs a shell
  longshore.docker.exec:
    container: web
    argv:
      - sh
      - -c
      - echo "$GREETING from $(hostname)" > /tmp/greeting
    env:
      GREETING: Hello
    chdir: /tmp

- name: Once is enough
  longshore.docker.exec:
    container: web
    command: mkdir -p /tmp/state/done
    creates: /tmp/state/done

- name: Give a command what it reads
  longshore.docker.exec:
    container: web
    command: sh
    stdin: |
      set -e
      echo one
      echo two
    stdin_add_newline: false

- name: Not for longer than half a minute
  longshore.docker.exec:
    container: web
    command: sh -c 'until test -d /tmp; do sleep 1; done'
    command_timeout: 30

- name: A status that is not 0 can be an answer
  longshore.docker.exec:
    container: web
    command: test -e /tmp/maintenance
  register: maintenance
  failed_when: maintenance.rc not in (0, 1)
"""

RETURN = r"""
stdout:
  description: What the command wrote to its standard output.
  returned: without O(detach)
  type: str
  sample: one
stderr:
  description: What the command wrote to its standard error. Where it could not be started, the Engine's words.
  returned: without O(detach)
  type: str
  sample: ""
rc:
  description:
    - The status that the command ended with, V(0) where O(creates) or O(removes) made it needless.
    - It is missing where nobody knows it, since the connection was lost, or the container removed, while the command
      ran.
    - Where it could not be started, V(127) if it was not found and V(126) for other reasons, whatever the Engine's
      release.
  returned: without O(detach), unless it is not known
  type: int
  sample: 0
exec_id:
  description: The ID under which the Engine knows the command.
  returned: with O(detach)
  type: str
  sample: 249d9e3075655baf705ed8f40488c5e9434049cf3431976f1bfdb73741c574c5
msg:
  description: Why the command was not run, or why the task failed.
  returned: with O(creates) or O(removes), where the command was needless, and on failure
  type: str
  sample: Not run, since /tmp/state/done exists already in container web
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.exec.resource import EXEC
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(EXEC)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
