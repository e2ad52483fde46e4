# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests over ssh have in common: the kinds of nodes, small tasks, and what must not be left behind."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ansible_collections.longshore.docker.tests.engines.sshd import Kind, Node
from ansible_collections.longshore.docker.tests.integration.container.service import OLD

NAME = "longshore.docker.container"
STILL = "ls-still"
# A task that looks at a container that is as it should be, and changes nothing.
LOOK: dict[str, Any] = {NAME: {"name": STILL, **OLD}}
WAYS = {"forwarded": Kind(), "sudo": Kind(opens=False, cli=True, become="sudo")}
PATIENCE = 10


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it holds, now or soon: the other side of a connection learns a moment later that it was closed."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def clients(node: Node) -> list[str]:
    """The ssh clients to this node that run on this machine, Ansible's own master connections aside."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = file.read_bytes().decode(errors="replace").split("\0")
        except OSError:  # gone meanwhile
            continue
        line = " ".join(words)
        if Path(words[0]).name in ("ssh", "sshpass") and str(node.folder) in line:
            found.append(line)
    return found


def left_behind(node: Node) -> str:
    """What a playbook left running, here or on the node; empty when nothing is."""
    eventually(lambda: not clients(node) and not node.processes())
    return "\n".join(clients(node) + node.processes())
