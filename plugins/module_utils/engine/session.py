# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP over connections of a `Dial`, by urllib3: the part of requests that does it. The one place where it is imported.

What requests adds above it (sessions, cookies, proxies, guesses of encodings) is not used here, and to import it takes
as long as all the rest: docs/decisions/0009-urllib3-of-requests.md.
"""

from __future__ import annotations

import threading
from typing import Any, Optional, Tuple
from weakref import WeakSet

from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import HTTPError, ProtocolError
from urllib3.util.timeout import Timeout

from .dial import Dial

# The Engine would spend its time compressing archives.
_HEADERS = {"User-Agent": "longshore.docker", "Accept-Encoding": "identity", "Accept": "*/*"}


class DialledConnection(HTTPConnection):
    pool: DialledPool

    def connect(self) -> None:
        self.pool.opened.count += 1
        self.sock = self.pool.dial.dial(self.timeout if isinstance(self.timeout, (int, float)) else None)
        self.pool.sockets.add(self.sock)
        if self.pool.hung_up:  # meanwhile
            raise ConnectionAbortedError("nobody waits for it any more")


class Opened(threading.local):
    """How many connections a thread has opened."""

    count = 0


class DialledPool(HTTPConnectionPool):
    """urllib3's pool: as many connections as a task uses at a time, and one where it does one thing after the other.
    It also notices before each use that an idle connection was closed."""

    def __init__(self, dial: Dial, timeout: Optional[float]) -> None:
        super().__init__("engine", maxsize=dial.most_at_once, timeout=timeout)
        self.dial, self.opened = dial, Opened()
        self.sockets: Any = WeakSet()
        self.hung_up = False

    def _new_conn(self) -> Any:
        connection = DialledConnection("engine", timeout=self.timeout.connect_timeout)
        connection.pool = self
        return connection


class Transport:
    """The kept-alive connections. Nothing of the environment (proxies, .netrc) counts."""

    def __init__(self, dial: Dial, timeout: Optional[float]) -> None:
        self.pool = DialledPool(dial, timeout)
        self.close = self.pool.close

    def request(self, method: str, path: str, headers: Any, body: Any, timeout: Tuple[Any, Any], stream: bool) -> Any:
        """Send, and read the answer unless it is a `stream`: a response of urllib3. `timeout` is for connecting, for
        reading; None is no limit. Raises ConnectionFailed.

        A read that fails on a connection that has been idle is sent once more: the Engine may just have closed it.
        """
        sent = dict(_HEADERS, **{name: value for name, value in (headers or {}).items() if value is not None})
        limits = Timeout(connect=timeout[0], read=timeout[1])
        while True:
            before, response = self.pool.opened.count, None
            try:
                response = self.pool.request(
                    method,
                    path,
                    body=body,
                    headers=sent,
                    retries=False,
                    redirect=False,
                    timeout=limits,
                    preload_content=False,
                )
                if not stream or response.status >= 300:
                    self._read(response, method)
                return response
            except (HTTPError, OSError, ValueError) as error:
                idle = response is None and before == self.pool.opened.count and not self.pool.hung_up
                if idle and isinstance(error, (ProtocolError, OSError)) and method in ("GET", "HEAD"):
                    continue
                from .failures import broken

                raise broken(self.pool.dial, "%s %s" % (method, path.partition("?")[0]), error) from error

    def _read(self, response: Any, method: str) -> None:
        """All of it, after which the connection can be used again. Older releases of urllib3 do not count bytes."""
        try:
            length = response.headers.get("Content-Length")
            if len(response.data) < int(length or 0) and method != "HEAD":
                raise ValueError("%d of %s bytes" % (len(response.data), length))
        except BaseException:
            response.close()
            raise
