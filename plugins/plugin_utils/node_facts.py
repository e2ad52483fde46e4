# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What in a task's options is about the managed node itself, so that the task has to run there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.longshore.docker.plugins.module_utils.engine.dial_unix import UnixDial
from ansible_collections.longshore.docker.plugins.module_utils.engine.endpoint import DEFAULT_HOST, resolve
from ansible_collections.longshore.docker.plugins.module_utils.task.task import Task

_TLS_FILES = ("ca_path", "client_cert", "client_key")


def node_files(task: Task, options: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """Why the node's files are needed, empty where they are not. `given` is as the user wrote it: validating `options`
    has spelled out ~ and variables in paths already, as they are on this machine."""
    reason = task.needs_node(options)
    if reason:
        return reason
    option = _spelled_out(task.argument_spec, given)
    return f"{option} is a path that has to be spelled out on the managed node" if option else ""


def _spelled_out(spec: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """The option of type path that is not written out, if there is one."""
    for name, rule in spec.items():
        value = next((given[one] for one in (name, *rule.get("aliases", ())) if one in given), None)
        values = value if isinstance(value, list) else [value]
        if "path" in (rule.get("type"), rule.get("elements")):
            found = any(isinstance(one, str) and (one.startswith("~") or "$" in one) for one in values)
        else:
            inner = rule.get("options") or {}
            found = any(_spelled_out(inner, one) for one in values if isinstance(one, dict))
        if found:
            return name
    return ""


def endpoint(options: Mapping[str, Any], environment: Mapping[str, Any]) -> str:
    """Why the options, or the task's environment, lead elsewhere than to a Unix socket of the node; empty for one, and
    for a task that asks no Engine."""
    if "docker_host" not in options:
        return ""  # a module that asks no Engine
    host = options["docker_host"].strip()
    context = options.get("cli_context") or (host == DEFAULT_HOST and environment.get("DOCKER_CONTEXT"))
    if context:
        return "contexts of the docker CLI are on the managed node"
    if not socket_path(host):
        return "docker_host is no Unix socket"
    if any(options.get(name) for name in _TLS_FILES) or environment.get("DOCKER_CERT_PATH"):
        return "certificates and keys are files of the managed node"
    return ""


def socket_path(host: str) -> str:
    """The path of the Unix socket that docker_host names, empty where it names something else."""
    found = resolve({"docker_host": host}, {}) if host.strip().startswith(("unix:", "/")) else None
    return found.path if isinstance(found, UnixDial) else ""
