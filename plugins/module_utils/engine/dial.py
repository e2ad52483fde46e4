# SPDX-License-Identifier: GPL-3.0-or-later
"""What a way to the Engine is. Anything with this interface can carry an `Engine`."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from .duplex import Duplex


class Dial:
    """Opens connections to one Engine. `name` stands for it in messages and holds no secret."""

    base_path = ""
    # How many connections at a time this way bears well.
    most_at_once = 64
    # Whether an end with something left unread looks like a reset, so that `was_cut` alone tells the two apart.
    ends_by_reset = False

    def __init__(self, name: str) -> None:
        self.name = name

    def dial(self, timeout: Optional[float]) -> socket.socket:
        """Return a new connected stream socket, or raise ConnectionFailed with a message fit for the user."""
        raise NotImplementedError

    def duplex(self, timeout: Optional[float]) -> Duplex:
        """Return a connection that can be written and read at once, and half closed."""
        from .duplex import Duplex

        return Duplex(self.dial(timeout), self, timeout)

    def remark(self) -> str:
        """What this way knows about why a connection broke; empty when nothing."""
        return ""

    def was_cut(self, _sock: socket.socket) -> bool:
        """Whether this connection, one of ours that has come to its end, was lost on the way: the Engine has not ended
        it. A way that is nothing but a socket cannot tell."""
        return False

    def close(self) -> None:
        """Give back what is held beyond the sockets handed out. The next `dial` works again."""

    def __str__(self) -> str:
        return self.name
