# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a way to the Engine is. Anything with this interface can carry an `Engine`."""

from __future__ import annotations

import socket
from typing import Optional


class Dial:
    """Opens connections to one Engine. `name` stands for it in messages and holds no secret."""

    def __init__(self, name: str) -> None:
        self.name = name

    def dial(self, timeout: Optional[float]) -> socket.socket:
        """Return a new connected stream socket, or raise ConnectionFailed with a message fit for the user."""
        raise NotImplementedError

    def close(self) -> None:
        """Give back what is held beyond the sockets handed out."""

    def __str__(self) -> str:
        return self.name
