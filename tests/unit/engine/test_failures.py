# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words for what goes wrong."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from itertools import pairwise

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.dial import Dial
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import (
    ApiError,
    Conflict,
    ConnectionFailed,
    NotFound,
    RequestTimeout,
    Unauthorized,
)
from ansible_collections.longshore.docker.plugins.module_utils.engine.failures import (
    broken,
    cannot_dial,
    refusal,
    stream_failure,
)


class Chatty(Dial):
    def remark(self) -> str:
        return "ssh says: no"


UNIX = Dial("unix:///run/s")
TCP = Dial("tcp://engine:2375")


@pytest.mark.parametrize(
    "dial, error, words",
    [
        (UNIX, PermissionError(13, "Permission denied"), "permission denied on the socket; use become, or .* docker"),
        (UNIX, FileNotFoundError(2, "No such file"), "no such socket; is the Engine running on this host"),
        (UNIX, ConnectionRefusedError(111, "refused"), "nothing listens on the socket"),
        (TCP, ConnectionRefusedError(111, "refused"), "nothing listens there"),
        (TCP, socket.gaierror(-2, "Name or service not known"), "cannot be resolved .Name or service not known"),
        (TCP, OSError(113, "No route to host"), "No route to host"),
        (TCP, ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"), "does not speak TLS on this port"),
        (TCP, ssl.SSLError(1, "[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED]"), "check client_cert and client_key"),
        (TCP, ssl.SSLError(1, "[SSL: ODD] odd"), "TLS failed: .*odd"),
    ],
)
def test_cannot_dial(dial: Dial, error: Exception, words: str) -> None:
    failure = cannot_dial(dial, error)
    assert failure.__class__ is ConnectionFailed
    with pytest.raises(ConnectionFailed, match="^Error connecting to the Engine at %s: .*%s" % (dial, words)):
        raise failure


def test_timeout_has_a_class_of_its_own() -> None:
    assert cannot_dial(TCP, TimeoutError("timed out")).__class__ is RequestTimeout
    assert broken(TCP, "GET /a", TimeoutError("timed out")).__class__ is RequestTimeout


def chain(*errors: BaseException) -> BaseException:
    """Each the context of the one before."""
    for outer, inner in pairwise(errors):
        outer.__context__ = inner
    return errors[0]


@pytest.mark.parametrize(
    "error, words",
    [
        (chain(Exception("outer"), http.client.RemoteDisconnected("x")), "it was closed without an answer"),
        (chain(OSError("outer"), ConnectionResetError(104, "reset")), "it was closed by the other side"),
        (OSError(("Connection aborted.", 1), ssl.SSLError(1, "ALERT_BAD_CERTIFICATE")), "client_cert"),
        (chain(Exception("a"), http.client.IncompleteRead(b"")), "the answer was cut off"),
        (chain(ConnectionResetError("x"), TypeError("unexpected keyword argument")), "closed by the other side"),
        (http.client.BadStatusLine("SSH-2.0"), "does not speak HTTP"),
    ],
)
def test_broken(error: BaseException, words: str) -> None:
    text = str(broken(TCP, "GET /a", error))
    assert text.startswith("The connection to the Engine at tcp://engine:2375 broke during GET /a: ")
    assert words in text


def test_what_the_way_itself_knows_is_added() -> None:
    assert str(broken(Chatty("ssh://a"), "GET /a", OSError("odd"))).endswith(": odd. ssh says: no")


@pytest.mark.parametrize(
    "status, kind", [(400, ApiError), (401, Unauthorized), (403, Unauthorized), (404, NotFound), (409, Conflict)]
)
def test_refusals_by_status(status: int, kind: type[ApiError]) -> None:
    error = refusal("GET", "/a", status, {}, b'{"message": "in its words"}')
    assert error.__class__ is kind
    assert (error.message, error.status) == ("in its words", status)


@pytest.mark.parametrize(
    "body, message",
    [(b"plain\n", "plain"), (b"", "Teapot"), (b"[]", "[]"), (b'{"other": 1}', '{"other": 1}'), (b"\xff", "\ufffd")],
)
def test_refusals_without_a_message(body: bytes, message: str) -> None:
    assert refusal("GET", "/a", 418, {}, body, "Teapot").message == message


@pytest.mark.parametrize(
    "said",
    [
        "client version 1.41 is too old. Minimum supported API version is 1.44, please upgrade your client",
        "client version 1.99 is too new. Maximum supported API version is 1.56",
    ],
)
def test_versions_that_an_engine_does_not_speak(said: str) -> None:
    message = refusal("GET", "/info", 400, {}, json.dumps({"message": said}).encode()).message
    assert message.startswith(said + ": leave out api_version (DOCKER_API_VERSION)")


@pytest.mark.parametrize(
    "record, words",
    [
        ({"errorDetail": {"message": "detail"}, "error": "short"}, "detail"),
        ({"error": "short"}, "short"),
        ({"errorDetail": {"code": 1}}, "without words"),
        ({"errorDetail": "odd", "error": "short"}, "short"),
        ({"error": "http: server gave HTTP response to HTTPS client"}, "among the Engine's insecure-registries"),
    ],
)
def test_error_records(record: dict[str, object], words: str) -> None:
    assert words in str(stream_failure(record))
