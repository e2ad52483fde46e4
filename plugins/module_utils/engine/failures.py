# SPDX-License-Identifier: GPL-3.0-or-later
"""What went wrong, in the words a user needs. Imported only when something has."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import sys
from typing import Any, Dict, Type

from .dial import Dial
from .errors import (
    ApiError,
    Conflict,
    ConnectionFailed,
    NotFound,
    RequestsMissing,
    RequestTimeout,
    StreamFailed,
    Unauthorized,
)

_ERRORS: Dict[int, Type[ApiError]] = {401: Unauthorized, 403: Unauthorized, 404: NotFound, 409: Conflict}
_WANTS_TLS = "Client sent an HTTP request to an HTTPS server"
# What Go's client says when the other side speaks HTTP, in a way that it recognises or not.
_REGISTRY_WITHOUT_TLS = ("server gave HTTP response to HTTPS client", "first record does not look like a TLS handshake")
_OTHER_VERSION = "client version "  # ... is too old


def refusal(method: str, path: str, status: int, headers: Any, body: bytes, reason: str = "") -> ApiError:
    """An answer with status >= 300 as an exception."""
    text = body.decode("utf-8", "replace").strip()
    try:
        document = json.loads(text)
        text = str(document["message"])
    except (ValueError, KeyError, TypeError):
        pass
    if status < 400:
        text = "redirected to %s, which is not followed" % headers.get("Location")
    if _WANTS_TLS in text:
        text = text.rstrip(".") + ": the Engine speaks TLS on this port, so set tls or validate_certs"
    return _ERRORS.get(status, ApiError)(method, path, status, _with_advice(text) or reason or "no reason given")


def _with_advice(text: str) -> str:
    if any(words in text for words in _REGISTRY_WITHOUT_TLS):
        advice = "the registry does not speak TLS, so it has to be among the Engine's insecure-registries"
    elif text.startswith(_OTHER_VERSION):
        advice = "leave out api_version (DOCKER_API_VERSION), or have a later release of the collection"
    else:
        return text
    return text.rstrip(".") + ": " + advice


def stream_failure(record: Dict[str, Any]) -> StreamFailed:
    """The error record of a progress stream as an exception."""
    detail = record.get("errorDetail")
    text = detail.get("message") if isinstance(detail, dict) else None
    words = _with_advice(str(text or record.get("error") or ""))
    return StreamFailed(words or "the Engine reported a failure without words")


def cannot_dial(dial: Dial, error: BaseException) -> ConnectionFailed:
    """Why a connection could not be opened."""
    kind = RequestTimeout if isinstance(error, socket.timeout) else ConnectionFailed
    return kind("Error connecting to the Engine at %s: %s" % (dial, _dial_reason(dial, error)))


def _dial_reason(dial: Dial, error: BaseException) -> str:
    of_socket = dial.name.startswith("unix:")
    if isinstance(error, socket.timeout):
        return "no answer in time"
    if isinstance(error, ssl.SSLError):
        return _tls_reason(error)
    if isinstance(error, socket.gaierror):
        return "the host name cannot be resolved (%s)" % (error.strerror or error)
    if isinstance(error, FileNotFoundError):
        return "there is no such socket; is the Engine running on this host?"
    if isinstance(error, PermissionError):
        return "permission denied on the socket; use become, or a user in the socket's group (usually docker)"
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens %s; is the Engine running?" % ("on the socket" if of_socket else "there")
    if isinstance(error, ConnectionResetError):
        return "the connection was reset"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _tls_reason(error: ssl.SSLError) -> str:
    text = str(error)
    verify = getattr(error, "verify_message", "")
    if verify or "CERTIFICATE_VERIFY_FAILED" in text:
        return (
            "its certificate is not accepted: %s. Check ca_path, and tls_hostname if the certificate is for another "
            "name" % (verify or text)
        )
    if "WRONG_VERSION_NUMBER" in text or "RECORD_LAYER_FAILURE" in text:
        return (
            "it does not speak TLS on this port: unset tls, validate_certs and ca_path (or DOCKER_CERT_PATH), or use "
            "the TLS port (usually 2376)"
        )
    if "ALERT" in text and ("CERTIFICATE" in text or "UNKNOWN_CA" in text):
        return "it did not accept our certificate, or wants one: check client_cert and client_key (%s)" % text
    return "TLS failed: %s" % text


def root_cause(error: BaseException) -> BaseException:
    """The lowest error of input or output: requests and urllib3 each wrap it, in the chain or as an argument."""
    cause, below = error, error
    for _step in range(20):
        if isinstance(below, (OSError, http.client.HTTPException, ValueError)):
            cause = below
        inner = below.__cause__ or below.__context__ or next((a for a in below.args if isinstance(a, Exception)), None)
        if inner is None:
            break
        below = inner
    return cause


def broken(dial: Dial, doing: str, error: BaseException) -> ConnectionFailed:
    """Why a connection that was open broke while `doing`."""
    cause = root_cause(error)
    if isinstance(cause, socket.timeout):
        return RequestTimeout("The Engine at %s was silent for too long during %s" % (dial, doing))
    if isinstance(cause, http.client.RemoteDisconnected):
        reason = "it was closed without an answer"
    elif isinstance(cause, http.client.BadStatusLine):
        reason = "what answers there does not speak HTTP"
    elif isinstance(cause, ssl.SSLError):
        reason = _tls_reason(cause)
    elif isinstance(cause, (http.client.IncompleteRead, ValueError)):
        reason = "the answer was cut off"
    elif isinstance(cause, (ConnectionResetError, BrokenPipeError)):
        reason = "it was closed by the other side"
    else:
        reason = str(cause) or type(cause).__name__
    remark = dial.remark()
    return ConnectionFailed(
        "The connection to the Engine at %s broke during %s: %s%s" % (dial, doing, reason, remark and ". " + remark)
    )


def requests_missing(error: ImportError) -> RequestsMissing:
    """The one dependency is not there."""
    return RequestsMissing(
        "The Python package requests, whose urllib3 is needed to reach the Engine, cannot be imported by %s (%s). "
        "Install it for that interpreter: package python3-requests of most systems, or %s -m pip install requests"
        % (sys.executable, error, sys.executable)
    )
