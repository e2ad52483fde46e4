# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the connection options to the way to the Engine."""

from __future__ import annotations

from typing import Any, Mapping

from .dial import Dial
from .dial_unix import UnixDial
from .errors import EndpointInvalid

DEFAULT_HOST = "unix:///var/run/docker.sock"


def resolve(options: Mapping[str, Any], environ: Mapping[str, str]) -> Dial:
    """The way that the options name. Reads certificate and context files, but opens no connection."""
    host = options.get("docker_host") or DEFAULT_HOST
    if host.startswith("unix:"):
        return UnixDial("/" + host[len("unix:"):].lstrip("/"))
    raise EndpointInvalid("docker_host: %s is not supported" % host)
