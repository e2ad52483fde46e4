# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything the client raises.

EngineError
 +- ConnectionFailed      no connection, or it broke; nothing is known about the request's effect
 |   +- RequestTimeout    the Engine did not answer in time
 +- EndpointInvalid       docker_host, TLS files or context cannot be used
 +- ApiError              the Engine answered with status >= 400
 |   +- NotFound (404)  +- Conflict (409)  +- Unauthorized (401, 403)
 +- StreamFailed          an error record inside a 200 stream (pull, build, push, load)
 +- NameInvalid           a name of an object that cannot be part of a request: empty, . or ..
 +- ApiTooOld             the call needs a newer API than the Engine, or api_version, allows
 +- RequestsMissing       the Python package requests is not installed
 +- WriteRefused          a read-only client was asked to change something: a bug of ours
"""

from __future__ import annotations


class EngineError(Exception):
    """The Engine, or the way to it, failed."""


class ConnectionFailed(EngineError):
    """The Engine could not be reached, or the connection broke in the middle of a request."""


class RequestTimeout(ConnectionFailed):
    """No answer within the timeout."""


class EndpointInvalid(EngineError):
    """The description of the endpoint (URL, certificates, context) cannot be used."""


class ApiError(EngineError):
    """The Engine refused. `status` is HTTP's; `message` is in the Engine's own words."""

    def __init__(self, method: str, path: str, status: int, message: str) -> None:
        super().__init__("%s (HTTP %d to %s %s)" % (message, status, method, path))
        self.method, self.path, self.status, self.message = method, path, status, message


class NotFound(ApiError):
    """404: no such object."""


class Conflict(ApiError):
    """409: the object's present state, or its name, forbids it."""


class Unauthorized(ApiError):
    """401 or 403."""


class StreamFailed(EngineError):
    """A stream of progress records ended with an error record; the message is the Engine's."""


class NameInvalid(EngineError):
    """No object bears this name, and a path with it would mean something else."""


class ApiTooOld(EngineError):
    """An endpoint, or an option, needs a newer API version than is spoken."""


class RequestsMissing(EngineError):
    """The interpreter that runs this has no usable requests package."""


class WriteRefused(EngineError):
    """A read-only client was asked for a request that changes something."""
