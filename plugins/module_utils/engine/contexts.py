# SPDX-License-Identifier: GPL-3.0-or-later
"""The docker CLI's contexts: named endpoints in its configuration directory."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any, Dict, List, Mapping, NamedTuple

from .errors import EndpointInvalid

_DEFAULT_HOST = "unix:///var/run/docker.sock"
_TLS_FILES = {"ca_path": "ca.pem", "client_cert": "cert.pem", "client_key": "key.pem"}


class Context(NamedTuple):
    """One context: `endpoint` is what it says of Docker, empty where it is about something else alone."""

    name: str
    description: str
    meta_path: str
    tls_path: str
    endpoint: Mapping[str, Any]


def config_directory(environ: Mapping[str, str]) -> str:
    """Where the docker CLI keeps config.json and contexts."""
    home = environ.get("HOME") or os.path.expanduser("~")
    return environ.get("DOCKER_CONFIG") or os.path.join(home, ".docker")


def with_context(name: str, options: Mapping[str, Any], environ: Mapping[str, str]) -> Dict[str, Any]:
    """The options with those of the context in place: host, certificates, whether to verify."""
    context = read_context(name, environ)
    if not context.endpoint:
        raise EndpointInvalid("docker context %s: it says nothing of Docker (%s)" % (name, context.meta_path))
    return dict(options, **endpoint_options(context))


def endpoint_options(context: Context) -> Dict[str, Any]:
    """The connection options that reach the context's Engine, all of them; None for certificates that are missing."""
    options: Dict[str, Any] = {
        "docker_host": context.endpoint.get("Host") or _DEFAULT_HOST,
        "tls": False,
        "validate_certs": None,
        **certificates(os.path.join(context.tls_path, "docker")),
    }
    if options["ca_path"] or options["client_cert"]:
        options.update(tls=True, validate_certs=not context.endpoint.get("SkipTLSVerify", False))
    return options


def certificates(directory: str) -> Dict[str, Any]:
    """The files of a directory as connection options, as far as they exist."""
    paths = {option: os.path.join(directory, file) for option, file in _TLS_FILES.items()}
    return {option: path if os.path.exists(path) else None for option, path in paths.items()}


def read_context(name: str, environ: Mapping[str, str]) -> Context:
    """The context of this name. Raises EndpointInvalid where there is none, or where it cannot be read."""
    return _read(name, _directory(environ), hashlib.sha256(name.encode("utf-8")).hexdigest())


def all_contexts(environ: Mapping[str, str]) -> List[Context]:
    """All that are stored, by name. Raises EndpointInvalid for one that cannot be read."""
    directory = _directory(environ)
    meta = os.path.join(directory, "meta")
    keys = os.listdir(meta) if os.path.isdir(meta) else []
    found = [_read("", directory, key) for key in keys if os.path.exists(os.path.join(meta, key, "meta.json"))]
    return sorted(found, key=lambda one: one.name)


def _directory(environ: Mapping[str, str]) -> str:
    return os.path.join(config_directory(environ), "contexts")


def _read(name: str, directory: str, key: str) -> Context:
    folder = os.path.join(directory, "meta", key)
    path = os.path.join(folder, "meta.json")
    try:
        with open(path, encoding="utf-8") as stream:
            document = json.load(stream)
        endpoint = document["Endpoints"].get("docker")
        if endpoint is not None and not isinstance(endpoint["Host"], str):
            raise TypeError("Host is not a text")
        description = (document.get("Metadata") or {}).get("Description") or ""
        name = name or document["Name"]
    except FileNotFoundError as error:
        raise EndpointInvalid("There is no context of name '%s' (no file %s)" % (name, path)) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EndpointInvalid("docker context %s: %s cannot be used: %r" % (name, path, error)) from error
    return Context(name, description, folder, os.path.join(directory, "tls", key), endpoint or {})
