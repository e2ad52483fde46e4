# SPDX-License-Identifier: GPL-3.0-or-later
"""From the connection options to the way to the Engine."""

from __future__ import annotations

from typing import Any, Mapping

from .dial import Dial
from .dial_unix import UnixDial

DEFAULT_HOST = "unix:///var/run/docker.sock"


def resolve(options: Mapping[str, Any], environ: Mapping[str, str]) -> Dial:
    """The way that the options name. Reads certificate and context files, connects nothing. Raises EndpointInvalid."""
    host = (options.get("docker_host") or DEFAULT_HOST).strip()
    context = options.get("cli_context")
    if context and host not in (DEFAULT_HOST, environ.get("DOCKER_HOST")):
        from .errors import EndpointInvalid

        raise EndpointInvalid("docker_host and cli_context: only one of them can be given")
    if not context and host == DEFAULT_HOST:
        context = environ.get("DOCKER_CONTEXT")
    if context and context != "default":
        from .contexts import with_context

        options = with_context(context, options, environ)
        host = options["docker_host"]
    elif context and options.get("cli_context"):
        host = DEFAULT_HOST
    if host.startswith(("unix:", "/")):
        path = host[5:] if host.startswith("unix:") else host
        return UnixDial("/" + path.strip("/") if path.strip("/") else DEFAULT_HOST[7:])
    from .endpoint_remote import resolve_remote

    return resolve_remote(host, options)
