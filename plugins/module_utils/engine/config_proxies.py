# SPDX-License-Identifier: GPL-3.0-or-later
"""The proxies of the docker CLI's config.json, which its builds are given as build arguments."""

from __future__ import annotations

import json
import os
from typing import Any, Dict, Mapping

from .contexts import config_directory
from .errors import EngineError

_NAMES = {
    "httpProxy": "HTTP_PROXY",
    "httpsProxy": "HTTPS_PROXY",
    "ftpProxy": "FTP_PROXY",
    "noProxy": "NO_PROXY",
    "allProxy": "ALL_PROXY",
}


class ProxiesUnreadable(EngineError):
    """config.json is no such file. The docker CLI warns then, and goes on without."""


def proxy_arguments(host: str, environ: Mapping[str, str]) -> Dict[str, str]:
    """Build arguments by name, in capitals and small: those for this docker_host, else the default ones.

    They may hold passwords. BuildKit and its predecessor keep these names out of an image's history. Raises
    ProxiesUnreadable.
    """
    path = os.path.join(config_directory(environ), "config.json")
    try:
        with open(path, encoding="utf-8") as stream:
            config = json.loads(stream.read().strip() or "{}")
        proxies = config.get("proxies") or {}
        known: Any = proxies.get(host) or proxies.get("default") or {}
        found = {_NAMES[key]: str(value) for key, value in known.items() if key in _NAMES and value}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as error:
        reason = getattr(error, "strerror", None) or "it is not as the docker CLI writes it"
        raise ProxiesUnreadable("cannot read the proxies in %s: %s" % (path, reason)) from None
    found.update({name.lower(): value for name, value in found.items()})
    return found
