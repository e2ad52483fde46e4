# SPDX-License-Identifier: GPL-3.0-or-later
"""The way in: an `Engine` for the connection options of a task."""

from __future__ import annotations

from typing import Any, Mapping

from .client import Engine
from .endpoint import resolve


def open_engine(options: Mapping[str, Any], environ: Mapping[str, str], read_only: bool = False) -> Engine:
    """Return an Engine that connects when it is first used. Raises EndpointInvalid.

    Options: docker_host, tls, validate_certs, ca_path, client_cert, client_key, tls_hostname, api_version, timeout,
    use_ssh_client, cli_context. Each may be missing or None. `environ` tells where contexts are.
    """
    return Engine(
        resolve(options, environ),
        api_version=options.get("api_version") or "auto",
        timeout=60 if options.get("timeout") is None else options["timeout"],
        read_only=read_only,
    )
