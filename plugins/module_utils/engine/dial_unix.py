# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Unix sockets."""

from __future__ import annotations

import socket
from typing import Optional

from .dial import Dial
from .errors import ConnectionFailed, RequestTimeout


class UnixDial(Dial):
    """The Engine behind a socket file of this host."""

    def __init__(self, path: str) -> None:
        super().__init__("unix://" + path)
        self.path = path

    def dial(self, timeout: Optional[float]) -> socket.socket:
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            sock.settimeout(timeout)
            sock.connect(self.path)
        except BaseException as error:
            sock.close()
            if isinstance(error, OSError):
                raise self._failure(error) from error
            raise
        return sock

    def _failure(self, error: OSError) -> ConnectionFailed:
        if isinstance(error, socket.timeout):
            return RequestTimeout("Cannot connect to the Engine at %s: no answer in time" % self)
        if isinstance(error, FileNotFoundError):
            reason = "there is no such socket; is the Engine running on this host?"
        elif isinstance(error, PermissionError):
            reason = "permission denied to this user; use become, or a user who may use the socket (group docker)"
        elif isinstance(error, ConnectionRefusedError):
            reason = "nothing listens on the socket; is the Engine running?"
        else:
            reason = error.strerror or str(error)
        return ConnectionFailed("Cannot connect to the Engine at %s: %s" % (self, reason))
