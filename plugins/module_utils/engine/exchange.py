# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests on connections of their own: uploads that are answered while they run, and hijacked streams."""

from __future__ import annotations

import http.client
import io
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Callable, Iterable, Iterator, Mapping, Optional, Tuple, Union

from .call import Call
from .dial import Dial
from .duplex import Duplex
from .errors import ConnectionFailed, RequestTimeout
from .failures import broken, refusal
from .framing import Truncated, frames

if TYPE_CHECKING:
    from .client import Engine
    from .streams import Body

_SIZE = 65536
Source = Union[bytes, Iterable[bytes], IO[bytes]]


def _head(method: str, path: str, headers: Mapping[str, Optional[str]]) -> bytes:
    lines = ["%s %s HTTP/1.1" % (method, path), "Host: engine", "User-Agent: longshore.docker"]
    for name, value in headers.items():
        if value is not None:
            if "\r" in value or "\n" in value:
                raise ValueError("the header %s holds a line break" % name)
            lines.append("%s: %s" % (name, value))
    return "\r\n".join(lines + ["", ""]).encode("latin-1")


def _answer(connection: Duplex, dial: Dial, call: Call) -> http.client.HTTPResponse:
    """Read the head of the answer; raise what the Engine refuses."""
    method, path = call.method, call.path
    response = http.client.HTTPResponse(connection, method=method)  # type: ignore[arg-type]
    try:
        response.begin()
        if response.status >= 300 and response.status != 304:
            raise refusal(method, path, response.status, response.headers, response.read(), response.reason)
    except BaseException as error:
        # Before the connection is: closing it afterwards, when it is collected, would complain.
        response.close()
        if isinstance(error, (http.client.HTTPException, OSError)):
            raise broken(dial, "%s %s" % (method, path), error) from error
        raise
    return response


def _refused(connection: Duplex) -> bool:
    return connection.pending[:5] == b"HTTP/" and connection.pending[9:12] >= b"300"


def pieces(source: Source) -> Iterator[bytes]:
    """The parts of an upload."""
    if isinstance(source, bytes):
        source = io.BytesIO(source)
    read = getattr(source, "read", None)
    return iter(lambda: read(_SIZE), b"") if read else iter(source)


def upload(engine: Engine, call: Call, body: Source, content_type: str, timeout: Optional[float]) -> Body:
    """Send the body while reading what comes back; stop early when the Engine refuses. Nothing is held in memory."""
    from .streams import of_connection

    path, headers, _none = engine.prepare(call)
    path = engine.address(call, path)
    headers.update({"Content-Type": content_type, "Transfer-Encoding": "chunked", "Connection": "close"})
    connection = engine.endpoint.duplex(engine.timeout or None)
    connection.timeout = (engine.timeout if timeout is None else timeout) or None
    connection.doing = "%s %s" % (call.method, call.path)
    try:
        _send_body(connection, _head(call.method, path, headers), body)
        return of_connection(_answer(connection, engine.endpoint, call), engine.endpoint, connection.doing)
    except BaseException:
        connection.close()
        raise


def _send_body(connection: Duplex, head: bytes, body: Source) -> None:
    try:
        connection.send(head)
        for piece in pieces(body):
            if piece:
                connection.send(b"%x\r\n%s\r\n" % (len(piece), piece))
                connection.poll()
                if _refused(connection):
                    return
        connection.send(b"0\r\n\r\n")
    except ConnectionFailed:
        # The Engine may have answered before it hung up: its words are better than "closed".
        if not connection.drained():
            raise


class Hijacked:
    """The stream of an exec or attach: what is written goes to stdin; iterate for the output. A context manager."""

    def __init__(
        self, connection: Duplex, response: http.client.HTTPResponse, dial: Dial, doing: str, multiplexed: bool
    ) -> None:
        self._connection, self._dial, self._doing = connection, dial, doing
        self._response = response  # kept because it closes its reader when it is collected
        self._reader: Any = response.fp
        self._frames = self._demultiplex() if multiplexed else self._raw()

    def write(self, data: bytes) -> None:
        """Send all of it to stdin. Output that arrives meanwhile is kept for the iteration."""
        self._connection.send(data)

    def close_write(self) -> None:
        """End of stdin. Output still comes."""
        self._connection.close_write()

    def alarm(self, due: float, ring: Callable[[], float]) -> None:
        """Have `ring` called at this time (time.monotonic()) if the stream has not ended by then. It returns when it
        is to be called again, or raises what then comes out of reading or writing."""
        self._connection.alarm = (due, ring)

    def exchange(self, source: Source, half_close: bool = True) -> Iterator[Tuple[int, bytes]]:
        """Write all of the source, end stdin, and yield the output, part of it while still writing.

        A process that ends without reading all of its input is no failure. Without `half_close` stdin stays open: what
        reads from a terminal does not see its end.
        """
        for piece in pieces(source):
            try:
                self.write(piece)
                self._connection.poll()
            except RequestTimeout:
                raise
            except ConnectionFailed:
                break
            while len(self._connection.pending) >= _SIZE:
                yield from islice(self._frames, 1)
        if half_close:
            self.close_write()
        yield from self._frames

    def __iter__(self) -> Iterator[Tuple[int, bytes]]:
        """(1 stdout | 2 stderr, bytes), to the end of the output."""
        return self._frames

    def check_whole(self) -> None:
        """After the end of the output, which is not marked: raises ConnectionFailed where the connection was lost on
        the way, as far as that can be told. Over some ways it can when something was asked of the Engine since."""
        if self._connection.was_cut():
            raise broken(self._dial, self._doing, ConnectionAbortedError("it was lost on the way"))

    def close(self) -> None:
        """Hang up."""
        self._response.close()
        self._connection.close()

    def _read(self) -> Iterator[bytes]:
        try:
            yield from iter(lambda: self._reader.read1(_SIZE), b"")
        except OSError as error:
            raise broken(self._dial, self._doing, error) from error

    def _raw(self) -> Iterator[Tuple[int, bytes]]:
        for piece in self._read():
            yield 1, piece

    def _demultiplex(self) -> Iterator[Tuple[int, bytes]]:
        from .streams import without_error

        try:
            yield from without_error(frames(self._read()))
        except Truncated as error:
            raise broken(self._dial, self._doing, error) from error

    def __enter__(self) -> Hijacked:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def hijack(engine: Engine, call: Call, tty: bool, timeout: float) -> Hijacked:
    """Send the request and take the connection over."""
    from .streams import is_multiplexed

    path, headers, body = engine.prepare(call)
    path = engine.address(call, path)
    body = body or b""
    headers.update({"Connection": "Upgrade", "Upgrade": "tcp", "Content-Length": str(len(body))})
    connection = engine.endpoint.duplex(engine.timeout or None)
    connection.doing = "%s %s" % (call.method, call.path)
    try:
        connection.send(_head(call.method, path, headers) + body)
        response = _answer(connection, engine.endpoint, call)
        connection.timeout = timeout or None
    except BaseException:
        connection.close()
        raise
    multiplexed = is_multiplexed(response.headers.get("Content-Type", ""), tty, engine.api_version)
    return Hijacked(connection, response, engine.endpoint, connection.doing, multiplexed)
