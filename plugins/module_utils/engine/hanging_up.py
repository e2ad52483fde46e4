# SPDX-License-Identifier: GPL-3.0-or-later
"""To let go of an Engine that other threads wait for."""

from __future__ import annotations

import socket
from typing import Any

from .client import Engine


def hang_up(engine: Engine) -> None:
    """Shut its connections down, those in use too, for good: whoever waits for an answer gets ConnectionFailed, and is
    not made to wait again. After `engine.close()` it can be used as before. What has a connection of its own (uploads,
    hijacked streams) goes on."""
    transport: Any = engine._transport
    if transport is None:
        return
    transport.pool.hung_up = True
    for sock in list(transport.pool.sockets):
        try:
            # One that is closed lets its reader wait. An SSLSocket's own way takes its state from under its reader.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        except OSError:
            pass  # the other end was quicker, or it is closed
