# SPDX-License-Identifier: GPL-3.0-or-later
"""context_info: the contexts of the docker CLI, as the user who runs the task has them."""

from __future__ import annotations

import json
import os
from typing import Any, Dict, Mapping, Optional, Tuple

from ...engine.contexts import (
    Context,
    all_contexts,
    certificates,
    config_directory,
    endpoint_options,
    read_context,
)
from ...engine.errors import EngineError

NAME = "context_info"
WHY_THERE = "the contexts of the docker CLI are files of the managed node"
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    "only_current": {"type": "bool", "default": False},
    "name": {"type": "str"},
    "cli_context": {"type": "str"},
}
CONSTRAINTS: Dict[str, Any] = {"mutually_exclusive": [("only_current", "name")]}
_DEFAULT = "default"
_SCHEMES = {"http": "tcp", "https": "tcp", "http+unix": "unix"}


def look(options: Mapping[str, Any]) -> Dict[str, Any]:
    """The contexts that are asked for, and which is the current one. Raises EngineError."""
    environ = os.environ
    current, source = current_name(options.get("cli_context"), environ)
    name = current if options["only_current"] else options.get("name")
    if not name:
        entries = [_entry(one, current) for one in all_contexts(environ)] + [_default(environ, current)]
    elif name == _DEFAULT:
        entries = [_default(environ, current)]
    else:
        try:
            entries = [_entry(read_context(name, environ), current)]
        except EngineError as error:
            asked = ", the current one according to %s" % source if options["only_current"] else ""
            raise EngineError("%s%s" % (error, asked)) from error
    return {"contexts": sorted(entries, key=lambda one: str(one["name"])), "current_context_name": current}


def current_name(given: Optional[str], environ: Mapping[str, str]) -> Tuple[str, str]:
    """The current context, and who says so, in the docker CLI's order. Raises EngineError."""
    if given:
        return given, "the option cli_context"
    if environ.get("DOCKER_HOST"):
        return _DEFAULT, "DOCKER_HOST"
    if environ.get("DOCKER_CONTEXT"):
        return environ["DOCKER_CONTEXT"], "DOCKER_CONTEXT"
    path = os.path.join(config_directory(environ), "config.json")
    try:
        with open(path, encoding="utf-8") as stream:
            return json.load(stream).get("currentContext") or _DEFAULT, path
    except FileNotFoundError:
        return _DEFAULT, "nobody"
    except (OSError, ValueError, AttributeError) as error:
        raise EngineError("%s cannot be used: %r" % (path, error)) from error


def _entry(context: Context, current: str) -> Dict[str, Any]:
    config = _config(endpoint_options(context), bool(context.endpoint.get("SkipTLSVerify"))) if context.endpoint else {}
    return {
        "name": context.name,
        "current": context.name == current,
        "description": context.description,
        "meta_path": context.meta_path,
        "tls_path": context.tls_path,
        "config": config,
    }


def _config(options: Dict[str, Any], unverified: bool) -> Dict[str, Any]:
    """Options of this collection's modules. Without certificates, TLS is spoken where verifying is ruled out."""
    scheme, mark, rest = options["docker_host"].partition("://")
    found = {name: value for name, value in options.items() if value is not None}
    found["docker_host"] = _SCHEMES.get(scheme, scheme) + mark + rest
    found["tls"] = found["tls"] or unverified
    return found


def _default(environ: Mapping[str, str], current: str) -> Dict[str, Any]:
    """The context that is in no file: what the environment says."""
    verify = bool(environ.get("DOCKER_TLS_VERIFY"))
    options: Dict[str, Any] = {
        "docker_host": environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock",
        "tls": verify or bool(environ.get("DOCKER_TLS")),
    }
    if options["tls"]:
        options.update(certificates(environ.get("DOCKER_CERT_PATH") or config_directory(environ)))
        options["validate_certs"] = verify
    return {
        "name": _DEFAULT,
        "current": current == _DEFAULT,
        "description": "Current DOCKER_HOST based configuration",
        "meta_path": None,
        "tls_path": None,
        "config": _config(options, False),
    }
