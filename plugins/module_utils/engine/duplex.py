# SPDX-License-Identifier: GPL-3.0-or-later
"""A connection of its own that is written and read at the same time: uploads, exec and attach."""

from __future__ import annotations

import io
import selectors
import socket
import time
from typing import TYPE_CHECKING, Any, Callable, Optional, Tuple, Union

from .errors import ConnectionFailed, RequestTimeout

if TYPE_CHECKING:
    from .dial import Dial

_SIZE = 1 << 18


class Duplex(io.RawIOBase):
    """While `send` cannot write, it reads ahead, so that two talkative ends never wait for each other.

    One thread, no locks. `timeout` is the longest time in which nothing moves at all, None for no limit.
    """

    def __init__(self, sock: socket.socket, dial: Dial, timeout: Optional[float]) -> None:
        super().__init__()
        sock.setblocking(False)
        self.ended = False
        self.pending = bytearray()
        self.timeout = timeout
        self.doing = "the connection's beginning"  # for messages: method and path of the request
        # When (time.monotonic()), and what to call then while waiting: it returns when to be called again, or raises.
        self.alarm: Optional[Tuple[float, Callable[[], float]]] = None
        self._sock, self._dial = sock, dial
        self._selector = selectors.DefaultSelector()
        self._selector.register(sock, selectors.EVENT_READ)

    def send(self, data: bytes) -> None:
        """Send all of it."""
        view = memoryview(data)
        for start in range(0, len(view), _SIZE):
            self._send_all(self._encode(view[start : start + _SIZE]))

    def close_write(self) -> None:
        """Tell the peer that nothing more will be sent; reading goes on."""
        try:
            self._sock.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the peer is gone already; reading will find out

    def makefile(self, mode: str) -> io.BufferedReader:
        """What http.client reads an answer from."""
        return io.BufferedReader(self, _SIZE)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Block until there is something. 0 at the end."""
        while not self.pending and not self.ended:
            self._receive()
        count = min(len(buffer), len(self.pending))
        buffer[:count] = self.pending[:count]
        del self.pending[:count]
        return count

    def poll(self) -> None:
        """Take in what has arrived, without waiting."""
        while not self.ended and self._wait(selectors.EVENT_READ, 0):
            self._receive()

    def drained(self) -> bool:
        """After a failure to send: take in what the peer left behind. True when there is something."""
        try:
            self.poll()
        except ConnectionFailed:
            self.ended = True
        return bool(self.pending)

    def was_cut(self) -> bool:
        """Whether what has ended was lost on the way, as far as the way can tell."""
        return self.ended and self._dial.was_cut(self._sock)

    def close(self) -> None:
        if not self.closed:
            self._selector.close()
            self._sock.close()
        super().close()

    def _encode(self, data: Union[bytes, memoryview]) -> Union[bytes, memoryview]:
        return data

    def _decode(self, data: bytes) -> bytes:
        return data

    def _send_all(self, data: Union[bytes, memoryview]) -> None:
        view = memoryview(data)
        while view:
            if self.ended:
                # A peer that has ended its side may leave the other unread for ever, as the Engine does after an exec.
                raise self._broken(BrokenPipeError())
            # A Unix socket counts as writable only while most of its buffer is empty: waiting first wastes the rest.
            sent = self._try_to_send(view) if self.alarm is None else 0
            ready = 0 if sent else self._wait(selectors.EVENT_WRITE | selectors.EVENT_READ, self.timeout)
            if not sent and not ready:
                raise RequestTimeout(self._silence("took in"))
            if ready & selectors.EVENT_READ:
                self._receive()
            if ready & selectors.EVENT_WRITE:
                sent = self._try_to_send(view)
            view = view[sent:]

    def _try_to_send(self, view: memoryview) -> int:
        try:
            return self._sock.send(view)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise self._broken(error) from error

    def _receive(self) -> None:
        """Read once, waiting for it if needed."""
        if not self._wait(selectors.EVENT_READ, self.timeout):
            raise RequestTimeout(self._silence("sent"))
        try:
            data = self._sock.recv(_SIZE)
            if data:
                self.pending += self._decode(data)
            else:
                self.ended = True
        except BlockingIOError:
            pass
        except OSError as error:
            self.ended = True
            if not (self._dial.ends_by_reset and isinstance(error, ConnectionResetError)):
                raise self._broken(error) from error

    def _wait(self, interest: int, timeout: Optional[float]) -> int:
        self._selector.modify(self._sock, interest)
        while True:
            limit = timeout
            if self.alarm is not None and timeout != 0:
                due, ring = self.alarm
                limit = due - time.monotonic()
                if limit <= 0:
                    self.alarm = (ring(), ring)
                    continue
                limit = limit if timeout is None else min(limit, timeout)
            events = self._selector.select(limit)
            if events or limit == timeout:
                return events[0][1] if events else 0

    def _silence(self, word: str) -> str:
        return "The Engine at %s %s nothing for %s seconds during %s" % (self._dial, word, self.timeout, self.doing)

    def _broken(self, error: OSError) -> ConnectionFailed:
        from .failures import broken

        return broken(self._dial, self.doing, error)
