# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that are read piece by piece."""

from __future__ import annotations

import http.client
import socket
from functools import partial
from typing import Any, Callable, Dict, Generator, Iterator, Optional, Tuple

from urllib3.exceptions import HTTPError

from .dial import Dial
from .failures import broken, stream_failure
from .framing import Truncated, frames, records

_SIZE = 65536
_LARGE = 1 << 18


class Body:
    """The raw bytes of an answer. Iterate once; closed at the end, by `close()`, or as a context manager.

    `headers` maps names, in any case, to values. `hang_up()` may be called by another thread than the one that reads
    and waits for what never comes: the reader comes to an end, most likely by ConnectionFailed.
    """

    def __init__(
        self,
        headers: Any,
        pieces: Iterator[bytes],
        close: Callable[[], None],
        dial: Dial,
        doing: str,
        hang_up: Callable[[], None] = lambda: None,
        filled: Optional[Iterator[bytes]] = None,
    ) -> None:
        self.headers = headers
        self.close, self.hang_up = close, hang_up
        self._pieces, self._filled, self._dial, self._doing = pieces, filled or pieces, dial, doing

    def pieces(self) -> Iterator[bytes]:
        """As they come. Raises ConnectionFailed when the answer is cut off."""
        return self._whole(self._pieces)

    def _whole(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        received = 0
        try:
            expected = int(self.headers.get("Content-Length") or 0)
            for piece in pieces:
                received += len(piece)
                yield piece
            if received < expected:
                raise Truncated("%d of %d bytes" % (received, expected))
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            raise broken(self._dial, self._doing, error) from error
        finally:
            self.close()

    def __iter__(self) -> Iterator[bytes]:
        """In parts of 64 KiB or more, the last one excepted."""
        parts, size = [], 0
        for piece in self._whole(self._filled):
            parts.append(piece)
            size += len(piece)
            if size >= _SIZE:
                yield b"".join(parts)
                parts, size = [], 0
        if parts:
            yield b"".join(parts)

    def records(self, fail: bool) -> Generator[Dict[str, Any], None, None]:
        """As JSON records. With `fail`, an error record raises StreamFailed after it was yielded."""
        try:
            for record in records(self.pieces()):
                yield record
                if fail and (record.get("errorDetail") or record.get("error")):
                    raise stream_failure(record)
        except Truncated as error:
            raise broken(self._dial, self._doing, error) from error
        finally:
            self.close()

    def frames(self, multiplexed: bool) -> Generator[Tuple[int, bytes], None, None]:
        """As (1 stdout | 2 stderr, bytes)."""
        try:
            if multiplexed:
                yield from without_error(frames(self.pieces()))
            else:
                for piece in self.pieces():
                    yield 1, piece
        except Truncated as error:
            raise broken(self._dial, self._doing, error) from error
        finally:
            self.close()

    def __enter__(self) -> Body:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def without_error(output: Iterator[Tuple[int, bytes]]) -> Iterator[Tuple[int, bytes]]:
    """The same, until the Engine speaks of a failure of its own: raises StreamFailed."""
    for number, data in output:
        if number == 3:
            words = data + b"".join(more for further, more in output if further == 3)
            raise stream_failure({"error": words.decode("utf-8", "replace").strip()})
        yield number, data


def is_multiplexed(content_type: str, tty: bool, api_version: Tuple[int, int]) -> bool:
    """Since API 1.42 the Engine says it. Older ones call everything raw, so there the container's tty decides."""
    if api_version >= (1, 42):
        if content_type.startswith("application/vnd.docker.multiplexed-stream"):
            return True
        if content_type.startswith("application/vnd.docker.raw-stream"):
            return False
    return not tty


def of_session(response: Any, dial: Dial, doing: str) -> Body:
    """The body of urllib3's response."""
    pieces = response.stream(_SIZE, decode_content=False)
    # To have http.client put the Engine's short chunks together takes half as long as to do it here.
    filled = iter(lambda: response.read(_LARGE, decode_content=False), b"")
    return Body(response.headers, pieces, response.close, dial, doing, partial(_hang_up, response), filled)


def _hang_up(response: Any) -> None:
    """A socket that is closed lets its reader wait; one that is shut down does not."""
    sock = getattr(getattr(response, "connection", None), "sock", None)
    try:
        if sock is not None:
            sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # the other end was quicker


def of_connection(response: http.client.HTTPResponse, dial: Dial, doing: str) -> Body:
    """The body of an answer on a connection of its own."""
    return Body(response.headers, iter(lambda: response.read1(_SIZE), b""), response.close, dial, doing)
