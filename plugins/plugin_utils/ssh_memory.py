# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was learned about a node, for the rest of the play: which way to its Engine serves, after others were in vain.

Workers are forks that end with their task, so it is kept in a file. It is believed in the same play and while the same
ssh connection lasts: after meta: reset_connection or a reboot, and in the next play, all ways are tried again.
"""

from __future__ import annotations

import contextlib
import os
import secrets

from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_link import make_private

# Ansible's main process imports this before it forks workers: the same in all of them, and another in every run.
_RUN = secrets.token_hex(8)


class Memory:
    """One note, about one node and what is wanted of it, in one file."""

    def __init__(self, path: str, play: str, control_path: str) -> None:
        self._path, self._control_path = path, control_path
        self._play = f"{_RUN} {play}"

    def recall(self) -> str:
        """The note; empty where there is none, or it is out of date."""
        try:
            with open(self._path, encoding="utf-8") as stream:
                play, connection, note = stream.read().split("\n", 2)
        except (OSError, ValueError):
            return ""
        return note if (play, connection) == (self._play, connection_at(self._control_path)) else ""

    def note(self, text: str) -> None:
        """Remember this. What cannot be remembered will be found out again."""
        with contextlib.suppress(OSError):
            make_private(os.path.dirname(self._path))
            temporary = f"{self._path}.{os.getpid()}"
            with open(temporary, "w", encoding="utf-8") as stream:
                stream.write("\n".join((self._play, connection_at(self._control_path), text)))
            os.replace(temporary, self._path)


def connection_at(control_path: str) -> str:
    """Tells one control socket from the next of the same name; empty where there is none."""
    try:
        found = os.stat(control_path)
    except OSError:
        return ""
    return f"{found.st_ino}-{found.st_ctime_ns}"
