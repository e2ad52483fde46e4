# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""requests over connections that a `Dial` opens. The one place where requests is imported."""

from __future__ import annotations

from typing import Any, Optional

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool

from .dial import Dial

# As many idle connections are kept as a task may use at once; used one after the other, there is only one.
IDLE_CONNECTIONS = 8


class DialledConnection(HTTPConnection):
    """`times_used` tells a fresh connection from one that the Engine may have closed while it was idle."""

    def __init__(self, dial: Dial, timeout: Any) -> None:
        super().__init__("engine", timeout=timeout)
        self._dial = dial

    def connect(self) -> None:
        timeout = self.timeout
        self.sock = self._dial.dial(timeout if isinstance(timeout, (int, float)) else None)


class DialledPool(HTTPConnectionPool):
    """urllib3's pool, which also finds out before each use whether an idle connection was closed."""

    def __init__(self, dial: Dial) -> None:
        super().__init__("engine", maxsize=IDLE_CONNECTIONS, block=False)
        self._dial = dial

    def _new_conn(self) -> Any:
        self.num_connections += 1
        return DialledConnection(self._dial, self.timeout.connect_timeout)


class DialAdapter(HTTPAdapter):
    """Sends every request, whatever its URL, over the one pool. Each release of requests asks by another method."""

    def __init__(self, dial: Dial) -> None:
        self._pool = DialledPool(dial)
        super().__init__(max_retries=0)

    def get_connection(self, url: Any, proxies: Any = None) -> Any:
        return self._pool

    def get_connection_with_tls_context(self, request: Any, verify: Any, proxies: Any = None, cert: Any = None) -> Any:
        return self._pool

    def close(self) -> None:
        self._pool.close()


def open_session(dial: Dial) -> requests.Session:
    """A session that ignores proxies, .netrc and everything else of the environment."""
    session = requests.Session()
    session.trust_env = False
    session.headers["User-Agent"] = "longshore.docker"
    session.mount("http://", DialAdapter(dial))
    return session
