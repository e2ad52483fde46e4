# SPDX-License-Identifier: GPL-3.0-or-later
"""Unix sockets."""

from __future__ import annotations

import socket
from typing import Optional

from .dial import Dial


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
        except OSError as error:
            sock.close()
            from .failures import cannot_dial

            raise cannot_dial(self, error) from error
        return sock
