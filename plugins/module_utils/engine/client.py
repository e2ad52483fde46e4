# SPDX-License-Identifier: GPL-3.0-or-later
"""The client: sends `Call`s to one Engine over kept-alive connections."""

from __future__ import annotations

import json
import threading
from collections import deque
from typing import TYPE_CHECKING, Any, Callable, Deque, Dict, Generator, List, Mapping, Optional, Tuple
from urllib.parse import urlencode

from .call import ApiVersion, Call
from .dial import Dial
from .errors import ApiTooOld, ConnectionFailed, EndpointInvalid, NameInvalid, WriteRefused

if TYPE_CHECKING:
    from .exchange import Hijacked, Source
    from .streams import Body

NEWEST_KNOWN = (1, 56)


def parse_version(text: str) -> ApiVersion:
    """Read "1.41". Raises EndpointInvalid."""
    major, _dot, minor = text.partition(".")
    if not (major.isdecimal() and minor.isdecimal()):
        raise EndpointInvalid("api_version: %r is neither a version such as 1.41 nor auto" % text)
    return int(major), int(minor)


def encode_query(query: Mapping[str, Any]) -> str:
    """Write a call's query. A tuple repeats its parameter."""
    pairs = []
    for name, value in query.items():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, bool):
                one = int(one)
            elif isinstance(one, (dict, list)):
                one = json.dumps(one, separators=(",", ":"), sort_keys=True)
            if one is not None:
                pairs.append((name, one))
    return "?" + urlencode(pairs) if pairs else ""


class Engine:
    """One Docker Engine. A context manager; connects when first used, and again after `close()`. Threads may share it.

    Raises nothing but EngineError. `timeout` is how many seconds the Engine may be silent, 0 for no limit. What is
    read piece by piece, `stream` to `chunks` and `hijack`, may be silent for any time unless the call says otherwise.

    `progress`, where set, is told by whoever does long work what is being done, and each record of it (see `report`).
    `notices` are what whoever uses it should know although it fails nothing, such as a file that could not be read.
    """

    def __init__(self, endpoint: Dial, api_version: str = "auto", timeout: float = 60, read_only: bool = False) -> None:
        self.endpoint, self.timeout, self.read_only = endpoint, timeout, read_only
        self.calls = 0
        self.history: Deque[str] = deque(maxlen=200)
        self.notices: List[str] = []
        self.progress: Optional[Callable[[str, Mapping[str, Any]], None]] = None
        self._transport: Any = None
        self._opening = threading.Lock()
        self._version = None if api_version == "auto" else parse_version(api_version)

    @property
    def api_version(self) -> ApiVersion:
        """The version spoken: the one asked for, else the newest that both sides know."""
        if self._version is None:
            from .negotiation import negotiate

            self._version = negotiate(self)
        return self._version

    def get(self, call: Call) -> Any:
        """Return the JSON of the answer, None when there is no such object."""
        response = self._request(call, None, missing_ok=True)
        return None if response.status == 404 else self._decode(response)

    def inspect(self, call: Call) -> Optional[Dict[str, Any]]:
        """Return the document of one object, None when there is no such object. Raises ConnectionFailed for what is
        no such document: whoever answers is not an Engine."""
        found = self.get(call)
        if found is not None and not (isinstance(found, dict) and "Id" in found):
            raise ConnectionFailed(
                "The Engine at %s answered %s with what is no description of an object"
                % (self.endpoint, self.history[-1])
            )
        return found

    def documents(self, call: Call) -> List[Dict[str, Any]]:
        """Return the descriptions in a list. Raises ConnectionFailed for what is no list of them."""
        found = self.send(call) or []
        if not (isinstance(found, list) and all(isinstance(one, dict) and "Id" in one for one in found)):
            raise ConnectionFailed(
                "The Engine at %s answered %s with what is no list of objects" % (self.endpoint, self.history[-1])
            )
        return found

    def head(self, call: Call) -> Optional[Mapping[str, str]]:
        """Return the headers of the answer, None when there is no such object."""
        response = self._request(call, None, missing_ok=True)
        return None if response.status == 404 else response.headers

    def send(self, call: Call, timeout: Optional[float] = None) -> Any:
        """Return the JSON of the answer, None when it is empty or says that nothing had to change (304)."""
        return self._decode(self._request(call, timeout))

    def stream(
        self, call: Call, timeout: Optional[float] = None, fail: bool = True
    ) -> Generator[Dict[str, Any], None, None]:
        """Yield the JSON records of the answer. With `fail`, an error record raises StreamFailed."""
        return self._body(call, timeout).records(fail)

    def frames(
        self, call: Call, tty: bool = False, timeout: Optional[float] = None
    ) -> Generator[Tuple[int, bytes], None, None]:
        """Yield output as (1 stdout | 2 stderr, bytes). `tty` says what Engines before API 1.42 do not."""
        from .streams import is_multiplexed

        body = self._body(call, timeout)
        return body.frames(is_multiplexed(body.headers.get("Content-Type", ""), tty, self.api_version))

    def chunks(self, call: Call, timeout: Optional[float] = None) -> Body:
        """Return the answer's bytes, to be iterated in parts of 64 KiB or more; it has `headers` and `close()`."""
        return self._body(call, timeout)

    def upload(
        self, call: Call, body: Source, content_type: str = "application/x-tar", timeout: Optional[float] = None
    ) -> Any:
        """Send bytes, an iterable of bytes, or a file; return the JSON of the answer, None when it is empty."""
        from .exchange import upload

        return self._json(b"".join(upload(self, call, body, content_type, timeout).pieces()))

    def upload_stream(
        self, call: Call, body: Source, content_type: str = "application/x-tar", timeout: float = 0, fail: bool = True
    ) -> Generator[Dict[str, Any], None, None]:
        """As `upload`, for answers that are a stream of records (build, load, import)."""
        from .exchange import upload

        return upload(self, call, body, content_type, timeout).records(fail)

    def hijack(self, call: Call, tty: bool = False, timeout: float = 0) -> Hijacked:
        """Start an exec, or attach, on a connection of its own that also carries stdin."""
        from .exchange import hijack

        return hijack(self, call, tty, timeout)

    def report(self, doing: str, record: Mapping[str, Any]) -> None:
        """Long work goes on. The record is one of the Engine's progress streams, or one of the same form for bytes that
        are counted here: {"progressDetail": {"current": 5, "total": 9}}. Nothing happens where nobody watches."""
        if self.progress is not None:
            self.progress(doing, record)

    def close(self) -> None:
        """Close the connections."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None
        self.endpoint.close()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def prepare(self, call: Call) -> Tuple[str, Dict[str, Optional[str]], Optional[bytes]]:
        """For this package: the path with its query, the headers and the body."""
        if self.read_only and not call.looks and call.method not in ("GET", "HEAD"):
            raise WriteRefused("A read-only client was asked to send %s %s" % (call.method, call.path))
        if not {"", ".", ".."}.isdisjoint(call.path.split("/")[1:]):
            # HTTP clients and proxies shorten such a path: to the list of all objects, or to another one.
            raise NameInvalid("An empty name, . and .. cannot be part of a request: %s %s" % (call.method, call.path))
        headers, body = dict(call.headers), None
        if call.body is not None:
            body = json.dumps(call.body).encode("utf-8")
            headers["Content-Type"] = "application/json"
        return call.path + encode_query(call.query), headers, body

    def address(self, call: Call, path: str) -> str:
        """For this package: the path with the version, which is checked, and the prefix of the endpoint."""
        version = self.api_version
        if call.since > version:
            raise ApiTooOld(
                "%s %s needs API version %d.%d, but %d.%d is spoken with the Engine at %s"
                % ((call.method, call.path) + call.since + version + (self.endpoint,))
            )
        return self._note(call.method, "/v%d.%d%s" % (version + (path,)))

    def ask(self, path: str) -> Any:
        """For this package: the answer to a GET without a version."""
        return self._accept("GET", path, self._send("GET", self._note("GET", path)))

    def _request(self, call: Call, timeout: Optional[float], stream: bool = False, missing_ok: bool = False) -> Any:
        path, headers, body = self.prepare(call)
        response = None
        if self._version is None and call.method == "GET" and not stream:
            # Every answer bears the Engine's version: a first GET without a version learns it on its way.
            response = self._send("GET", self._note("GET", path), headers, None, timeout)
            if not self._learn_version(response):
                response = None
            elif call.since > self.api_version:
                self.address(call, path)
        if response is None:
            response = self._send(call.method, self.address(call, path), headers, body, timeout, stream)
        if missing_ok and response.status == 404:
            return response
        return self._accept(call.method, call.path, response)

    def _accept(self, method: str, path: str, response: Any) -> Any:
        status = response.status
        if status >= 300 and status != 304:
            from .failures import refusal

            raise refusal(method, path, status, response.headers, response.data, response.reason)
        return response

    def _body(self, call: Call, timeout: Optional[float]) -> Body:
        response = self._request(call, timeout or 0, stream=True)
        from .streams import of_session

        return of_session(response, self.endpoint, "%s %s" % (call.method, call.path))

    def _learn_version(self, response: Any) -> bool:
        """Note the Engine's version. True when the answer is in the version that will be spoken."""
        try:
            offered = parse_version(response.headers.get("Api-Version") or "")
        except EndpointInvalid:
            return False
        self._version = min(offered, NEWEST_KNOWN)
        return offered <= NEWEST_KNOWN

    def _note(self, method: str, path: str) -> str:
        self.calls += 1
        self.history.append("%s %s" % (method, path.partition("?")[0]))  # a query may hold secrets (build arguments)
        return self.endpoint.base_path + path

    def _send(
        self, method: str, path: str, headers: Any = None, body: Any = None, timeout: Any = None, stream: bool = False
    ) -> Any:
        limit = self.timeout or None
        with self._opening:
            if self._transport is None:
                try:
                    from .session import Transport
                except ImportError as error:
                    from .failures import requests_missing

                    raise requests_missing(error) from error
                self._transport = Transport(self.endpoint, limit)
            transport = self._transport
        timeouts = (limit, limit if timeout is None else timeout or None)
        return transport.request(method, path, headers, body, timeouts, stream)

    def _decode(self, response: Any) -> Any:
        return None if response.status == 304 else self._json(response.data)

    def _json(self, content: bytes) -> Any:
        if not content:
            return None
        try:
            return json.loads(content.decode("utf-8"))
        except ValueError as error:
            raise ConnectionFailed(
                "The Engine at %s answered %s with what is not JSON: %s" % (self.endpoint, self.history[-1], error)
            ) from error
