# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""requests over connections of a `Dial`. The one place where requests is imported."""

from __future__ import annotations

import threading
from typing import Any, Optional

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as BrokenConnection
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool

from .dial import Dial

# Kept when idle: as many as a task may use at once. Used one after the other, there is only one.
IDLE_CONNECTIONS = 8


class DialledConnection(HTTPConnection):
    pool: DialledPool

    def connect(self) -> None:
        self.pool.opened.count += 1
        self.sock = self.pool.dial.dial(self.timeout if isinstance(self.timeout, (int, float)) else None)


class Opened(threading.local):
    """How many connections a thread has opened."""

    count = 0


class DialledPool(HTTPConnectionPool):
    """urllib3's pool, which also notices before each use that an idle connection was closed."""

    def __init__(self, dial: Dial, timeout: Optional[float]) -> None:
        super().__init__("engine", maxsize=IDLE_CONNECTIONS, timeout=timeout)
        self.dial, self.opened = dial, Opened()

    def _new_conn(self) -> Any:
        connection = DialledConnection("engine", timeout=self.timeout.connect_timeout)
        connection.pool = self
        return connection


class DialAdapter(HTTPAdapter):
    """Uses the one pool for every URL. Each release of requests asks for it by another method."""

    def __init__(self, pool: DialledPool) -> None:
        self._pool = pool
        super().__init__()

    def get_connection(self, *args: Any, **kwargs: Any) -> Any:
        return self._pool

    get_connection_with_tls_context = get_connection

    def close(self) -> None:
        self._pool.close()


class Transport:
    """The kept-alive session. Proxies, .netrc and the rest of the environment are ignored."""

    def __init__(self, dial: Dial, timeout: Optional[float]) -> None:
        self._pool = DialledPool(dial, timeout)
        self._session = requests.Session()
        self._session.trust_env = False
        # The Engine would spend its time compressing archives.
        self._session.headers.update({"User-Agent": "longshore.docker", "Accept-Encoding": "identity"})
        self._session.mount("http://", DialAdapter(self._pool))
        self.close = self._session.close

    def request(self, method: str, path: str, headers: Any, body: Any, timeout: Any, stream: bool) -> Any:
        """Send, and read the answer unless `stream`. Raises ConnectionFailed.

        A read that fails on a connection that has been idle is sent once more: the Engine may just have closed it.
        """
        url = "http://engine" + path
        while True:
            before = self._pool.opened.count
            try:
                response = self._session.request(
                    method, url, headers=headers, data=body, timeout=timeout, stream=stream, allow_redirects=False
                )
                length = response.headers.get("Content-Length")
                if not stream and length and method != "HEAD" and len(response.content) < int(length):
                    raise ValueError("%d of %s bytes" % (len(response.content), length))
                return response
            except (requests.exceptions.RequestException, OSError, ValueError) as error:
                idle = before == self._pool.opened.count
                if idle and isinstance(error, BrokenConnection) and method in ("GET", "HEAD"):
                    continue
                from .failures import broken

                raise broken(self._pool.dial, "%s %s" % (method, path.partition("?")[0]), error) from error
