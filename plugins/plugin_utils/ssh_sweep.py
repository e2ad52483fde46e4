# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ssh connections that have ended leave behind: forwarded sockets, locks and notes, which nobody else removes."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import socket
import stat
import time

# Files of ours, each of them for one node: a socket, its lock, and notes.
_OURS = re.compile(r"[0-9a-f]{16}(?P<what>\.lock|\.note(\.\d+)?)?\Z")
# Nothing is made anew for so long but where it is used: a day.
OLD = 86400.0
_PATIENCE = 1.0


def sweep(folder: str) -> None:
    """Remove the old files of nodes whose socket does not answer any more. What cannot be removed stays."""
    with contextlib.suppress(OSError):
        for entry in list(os.scandir(folder)):
            found = _OURS.match(entry.name)
            if found is None or time.time() - entry.stat(follow_symlinks=False).st_mtime < OLD:
                continue
            if found["what"] is None:
                _sweep_socket(entry)
            elif found["what"] != ".lock" or not os.path.lexists(entry.path[: -len(".lock")]):
                _remove(entry.path)


def _sweep_socket(entry: os.DirEntry[str]) -> None:
    """With its lock held: one that is just being made anew is not for us to remove."""
    if not stat.S_ISSOCK(entry.stat(follow_symlinks=False).st_mode):
        return
    with contextlib.suppress(OSError):
        lock = os.open(entry.path + ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_dead(entry.path):
                _remove(entry.path)
                _remove(entry.path + ".lock")
        finally:
            os.close(lock)


def _is_dead(path: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.settimeout(_PATIENCE)
        try:
            sock.connect(path)
        except ConnectionRefusedError:
            return True
        except OSError:
            return False
    return False


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)
