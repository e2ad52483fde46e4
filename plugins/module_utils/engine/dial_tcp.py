# SPDX-License-Identifier: GPL-3.0-or-later
"""TCP without encryption."""

from __future__ import annotations

import socket
from typing import Optional

from .dial import Dial


class TcpDial(Dial):
    """The Engine at a host and port."""

    def __init__(self, host: str, port: int, name: str) -> None:
        super().__init__(name)
        self.host, self.port = host, port

    def dial(self, timeout: Optional[float]) -> socket.socket:
        try:
            sock = socket.create_connection((self.host, self.port), timeout)
        except (OSError, UnicodeError) as error:  # UnicodeError: a host name that IDNA cannot write
            from .failures import cannot_dial

            raise cannot_dial(self, error) from error
        # Requests are written as head and body: without this, the second waits for the first to be acknowledged.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return sock
