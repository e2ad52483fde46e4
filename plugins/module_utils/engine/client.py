# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client: sends `Call`s to one Engine over kept-alive connections."""

from __future__ import annotations

import json
import sys
from collections import deque
from typing import Any, Deque, Mapping, Optional
from urllib.parse import urlencode

from .call import ApiVersion, Call
from .dial import Dial
from .errors import (
    ApiError,
    ApiTooOld,
    Conflict,
    ConnectionFailed,
    EndpointInvalid,
    NotFound,
    RequestsMissing,
    RequestTimeout,
    Unauthorized,
    WriteRefused,
)

NEWEST_KNOWN = (1, 56)
_READS = ("GET", "HEAD")
_ERRORS = {401: Unauthorized, 403: Unauthorized, 404: NotFound, 409: Conflict}


def parse_version(text: str) -> ApiVersion:
    """Read "1.41". Raises EndpointInvalid."""
    major, dot, minor = text.partition(".")
    if not (dot and major.isdigit() and minor.isdigit()):
        raise EndpointInvalid("api_version: %r is not a version such as 1.41, and not auto" % text)
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
    return urlencode(pairs)


class Engine:
    """One Docker Engine. A context manager; connects when first used, and again after `close()`.

    Everything it raises is an EngineError. A `timeout` is the longest silence of the Engine in seconds, 0 for no limit.
    """

    def __init__(self, endpoint: Dial, api_version: str = "auto", timeout: float = 60, read_only: bool = False) -> None:
        self.endpoint = endpoint
        self.timeout = timeout
        self.read_only = read_only
        self.calls = 0
        self.history: Deque[str] = deque(maxlen=200)
        self._session: Any = None
        self._version = None if api_version == "auto" else parse_version(api_version)

    @property
    def api_version(self) -> ApiVersion:
        """The version spoken: the one asked for, else the newest that both sides know."""
        if self._version is None:
            self._learn_version(self._exchange("GET", "/_ping", None, None, self.timeout, False))
            if self._version is None:
                document = self._decode(self._exchange("GET", "/version", None, None, self.timeout, False))
                self._version = min(parse_version(str((document or {}).get("ApiVersion"))), NEWEST_KNOWN)
        return self._version

    def get(self, call: Call) -> Any:
        """Return the JSON of the answer, None when there is no such object."""
        try:
            return self.send(call)
        except NotFound:
            return None

    def send(self, call: Call, timeout: Optional[float] = None) -> Any:
        """Return the JSON of the answer, None when it is empty or says that nothing had to change (304)."""
        return self._decode(self.open(call, timeout, False))

    def close(self) -> None:
        """Close the connections."""
        session, self._session = self._session, None
        if session is not None:
            session.close()
        self.endpoint.close()

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def open(
        self, call: Call, timeout: Optional[float] = None, stream: bool = True, body: Any = None, content_type: str = ""
    ) -> Any:
        """Send a call and return requests' response, unread when `stream`; raise if the Engine refused it."""
        if self.read_only and call.method not in _READS:
            raise WriteRefused("A read-only client was asked to send %s %s" % (call.method, call.path))
        timeout = self.timeout if timeout is None else timeout
        headers = {name: value for name, value in call.headers.items() if value is not None}
        if body is None and call.body is not None:
            body, content_type = json.dumps(call.body).encode("utf-8"), "application/json"
        if content_type:
            headers["Content-Type"] = content_type
        path = call.path + ("?" + encode_query(call.query) if call.query else "")
        response = None
        if self._version is None and call.method == "GET" and not stream:
            # Every answer bears the Engine's version: a first GET without a version learns it on its way.
            response = self._exchange("GET", path, headers, None, timeout, False)
            if not self._learn_version(response):
                response = None
        version = self.api_version
        if call.since > version:
            raise ApiTooOld(
                "%s %s needs API version %d.%d, but %d.%d is spoken with the Engine at %s"
                % ((call.method, call.path) + call.since + version + (self.endpoint,))
            )
        if response is None:
            response = self._exchange(call.method, "/v%d.%d%s" % (version + (path,)), headers, body, timeout, stream)
        if response.status_code >= 300 and response.status_code != 304:
            raise self._refusal(call, response)
        return response

    def _learn_version(self, response: Any) -> bool:
        """Note the Engine's version. True when the answer is in the version that will be spoken."""
        text = response.headers.get("Api-Version")
        if not text:
            return False
        offered = parse_version(text)
        self._version = min(offered, NEWEST_KNOWN)
        return offered <= NEWEST_KNOWN

    def _exchange(self, method: str, path: str, headers: Any, body: Any, timeout: float, stream: bool) -> Any:
        if self._session is None:
            self._session = self._open_session()
        self.history.append("%s %s" % (method, path))
        self.calls += 1
        import requests

        try:
            return self._session.request(
                method,
                "http://engine" + path,
                headers=headers,
                data=body,
                timeout=timeout or None,
                stream=stream,
                allow_redirects=False,
            )
        except requests.exceptions.Timeout as error:
            raise RequestTimeout(
                "The Engine at %s did not answer %s %s in %s seconds" % (self.endpoint, method, path, timeout)
            ) from error
        except requests.exceptions.RequestException as error:
            raise ConnectionFailed(
                "The connection to the Engine at %s broke during %s %s: %s" % (self.endpoint, method, path, error)
            ) from error

    def _open_session(self) -> Any:
        try:
            from .session import open_session
        except ImportError as error:
            raise RequestsMissing(
                "The Python package requests is needed by %s: install it there (package python3-requests of most "
                "distributions, or: %s -m pip install requests). The import failed with: %s"
                % (sys.executable, sys.executable, error)
            ) from error
        return open_session(self.endpoint)

    def _decode(self, response: Any) -> Any:
        if response.status_code == 304 or not response.content:
            return None
        try:
            return json.loads(response.content.decode("utf-8"))
        except ValueError as error:
            raise ConnectionFailed(
                "The Engine at %s sent what is not JSON in answer to %s: %s"
                % (self.endpoint, self.history[-1] if self.history else "", error)
            ) from error

    def _refusal(self, call: Call, response: Any) -> ApiError:
        text = response.content.decode("utf-8", "replace").strip()
        try:
            text = json.loads(text)["message"]
        except (ValueError, KeyError, TypeError):
            pass
        status = response.status_code
        if status < 400:
            text = "redirected to %s, which is not followed" % response.headers.get("Location")
        return _ERRORS.get(status, ApiError)(call.method, call.path, status, str(text) or response.reason)
