# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the rows in module_utils/resource/container/process.py."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  command:
    description:
      - The command to run, as a list of words, V([httpd, -f]), or as one text, V(httpd -f), which is split at blanks
        with the shell's quotes understood. No shell runs it, unless the command is one.
      - An empty list asks for the image's command.
      - Compared by V(strict); a change replaces the container.
    type: raw
  entrypoint:
    description:
      - The words that come before those of O(command), such as V([/usr/bin/tini, --]), instead of the image's.
      - With it, the image's own command is not used. An empty list or an empty text takes the image's entrypoint away.
      - Compared by V(strict); a change replaces the container.
    type: list
    elements: str
  env:
    description:
      - >-
        Environment variables, such as V({TZ: Europe/Berlin}). They come on top of the image's and of O(env_file).
      - Values that YAML does not take for texts or numbers, such as V(yes), have to be quoted.
      - With V(strict), variables that neither the image nor the task sets are a difference.
      - Compared by V(allow_more_present); a change replaces the container.
    type: dict
  labels:
    description:
      - >-
        Labels of the container, such as V({com.example.role: web}), on top of the image's.
      - Values that YAML does not take for texts or numbers, such as V(yes), have to be quoted.
      - Compared by V(allow_more_present); a change replaces the container.
    type: dict
  healthcheck:
    description:
      - How the Engine finds out whether what runs in the container is well.
      - What is not given here comes from the image, but for the O(healthcheck.test), without which there is no check,
        unless O(healthcheck.test_cli_compatible).
      - Durations are written as in V(1m30s), V(1.5s) or V(500ms).
      - Compared by V(allow_more_present); a change replaces the container.
    type: dict
    suboptions:
      test:
        description:
          - The command that finds out. A text is run by the container's shell. A list is run as it is; it may also
            begin with V(CMD) or V(CMD-SHELL).
          - V([NONE]) switches the image's check off. So does an empty list or text.
        type: raw
      test_cli_compatible:
        description:
          - Whether a missing O(healthcheck.test) leaves the image's test in force, so that only its timing is changed.
        type: bool
        default: false
      interval:
        description:
          - The time from one check to the next, such as V(30s).
        type: str
      timeout:
        description:
          - How long a check may take before it has failed.
        type: str
      start_period:
        description:
          - How long after the start failed checks do not count.
        type: str
      start_interval:
        description:
          - The time from one check to the next during O(healthcheck.start_period). Needs API 1.44.
        type: str
      retries:
        description:
          - After how many failed checks in a row the container is unhealthy.
        type: int
  hostname:
    description:
      - The name that the container gives itself, such as V(web).
      - Compared by V(strict); a change replaces the container.
    type: str
  domainname:
    description:
      - The domain that the container's own name is in, such as V(example.com). Ignored by the Engine, and so here,
        with a warning, where O(network_mode) shares another container's network.
      - Compared by V(strict); a change replaces the container.
    type: str
  user:
    description:
      - Who runs the command, by name or number, with or without a group, such as V(nobody) or V(1000:1000).
      - Compared by V(strict); a change replaces the container.
    type: str
  working_dir:
    description:
      - The folder in the container that the command starts in, such as V(/srv).
      - Compared by V(strict); a change replaces the container.
    type: str
  interactive:
    description:
      - Whether the container's standard input stays open while nobody is attached to it.
      - Compared by V(strict); a change replaces the container.
    type: bool
  stdin_once:
    description:
      - Whether the container's standard input is closed when the first one who was attached to it has left.
      - Compared by V(strict); a change replaces the container.
    type: bool
  tty:
    description:
      - Whether the command gets a terminal.
      - Compared by V(strict); a change replaces the container.
    type: bool
  console_size:
    description:
      - The size of the O(tty) at the start, rows and columns, such as V([24, 80]). V([0, 0]) leaves it to who
        attaches.
      - Compared by V(strict); a change replaces the container.
    type: list
    elements: int
  shell:
    description:
      - The shell that runs texts given as commands, such as V([/bin/ash, -c]).
      - Compared by V(strict); a change replaces the container.
    type: list
    elements: str
  stop_signal:
    description:
      - The signal by which the container is asked to stop, such as V(SIGINT), V(INT) or V(2).
      - Compared by V(strict); a change replaces the container.
    type: str
  stop_timeout:
    description:
      - How many seconds the container may take to stop before it is killed, when it is stopped, restarted or replaced.
      - A new container is given the value; for one that is there it only steers this task's own stops.
      - Compared by V(ignore), and by V(strict) where O(comparisons) say so; then a change replaces the container.
    type: int
  groups:
    description:
      - Groups in the container that the command's user is in besides its own, by name or number, such as V([audio,
        "998"]).
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: str
  init:
    description:
      - Whether a small init runs as the container's first process, to pass signals on and to reap processes.
      - Compared by V(strict); a change replaces the container.
    type: bool
  auto_remove:
    description:
      - Whether the Engine removes the container when it ends. Cannot be combined with a O(restart_policy).
      - Compared by V(strict); a change replaces the container.
    type: bool
  log_driver:
    description:
      - What becomes of the container's output, such as V(json-file), V(local), V(journald) or V(none). Where it is not
        given, the Engine's setting counts.
      - Compared by V(strict); a change replaces the container.
    type: str
  log_options:
    description:
      - >-
        Options of the O(log_driver), such as V({max-size: 10m, max-file: "3"}). A value that is no text becomes one,
        with a warning.
      - Compared by V(allow_more_present); a change replaces the container.
    type: dict
    aliases: [log_opt]
  runtime:
    description:
      - The OCI runtime that runs the container, one of those the Engine has been told of, such as V(runc).
      - Compared by V(strict); a change replaces the container.
    type: str
  annotations:
    description:
      - >-
        Annotations that are handed to the OCI runtime, such as V({org.example.tier: web}).
      - Compared by V(allow_more_present); a change replaces the container. Needs API 1.43.
    type: dict
"""
