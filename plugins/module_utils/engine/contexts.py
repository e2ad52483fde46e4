# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The docker CLI's contexts: named endpoints in its configuration directory."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any, Dict, Mapping

from .errors import EndpointInvalid


def config_directory(environ: Mapping[str, str]) -> str:
    """Where the docker CLI keeps config.json and contexts."""
    home = environ.get("HOME") or os.path.expanduser("~")
    return environ.get("DOCKER_CONFIG") or os.path.join(home, ".docker")


def with_context(name: str, options: Mapping[str, Any], environ: Mapping[str, str]) -> Dict[str, Any]:
    """The options with those of the context in place: host, certificates, whether to verify."""
    directory = os.path.join(config_directory(environ), "contexts")
    key = hashlib.sha256(name.encode("utf-8")).hexdigest()
    path = os.path.join(directory, "meta", key, "meta.json")
    try:
        with open(path, encoding="utf-8") as stream:
            endpoint = json.load(stream)["Endpoints"]["docker"]
        host = endpoint["Host"]
        if not isinstance(host, str):
            raise TypeError("Host is not a text")
    except FileNotFoundError as error:
        raise EndpointInvalid("docker context %s: there is none of this name (no file %s)" % (name, path)) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EndpointInvalid("docker context %s: %s cannot be used: %r" % (name, path, error)) from error
    merged = dict(options, docker_host=host or "unix:///var/run/docker.sock", tls=False, validate_certs=None)
    files = {"ca_path": "ca.pem", "client_cert": "cert.pem", "client_key": "key.pem"}
    for option, file in files.items():
        file = os.path.join(directory, "tls", key, "docker", file)
        merged[option] = file if os.path.exists(file) else None
    if merged["ca_path"] or merged["client_cert"]:
        merged["tls"] = True
        merged["validate_certs"] = not endpoint.get("SkipTLSVerify", False)
    return merged
