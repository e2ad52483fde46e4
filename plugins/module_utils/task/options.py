# SPDX-License-Identifier: GPL-3.0-or-later
"""How to reach the Engine: the options that every module has besides its own."""

from __future__ import annotations

import os
from typing import Any, Dict

from ansible.module_utils.errors import AnsibleFallbackNotFound

from .task import Task


def variable_fallback(name: str) -> str:
    """An environment variable. One that is empty is as good as not set, as for the docker CLI: it is no truth value."""
    if not os.environ.get(name):
        raise AnsibleFallbackNotFound
    return os.environ[name]


def certificate_fallback(name: str) -> str:
    """The file of this name in DOCKER_CERT_PATH, where it exists: the docker CLI does not insist on any of them."""
    directory = os.environ.get("DOCKER_CERT_PATH")
    path = os.path.join(directory, name) if directory else ""
    if not os.path.exists(path):
        raise AnsibleFallbackNotFound
    return path


def config_fallback() -> str:
    """The docker CLI's config.json, where DOCKER_CONFIG says in which directory it is."""
    directory = os.environ.get("DOCKER_CONFIG")
    if not directory:
        raise AnsibleFallbackNotFound
    return os.path.join(directory, "config.json")


ENGINE_OPTIONS: Dict[str, Dict[str, Any]] = {
    "docker_host": {
        "type": "str",
        "default": "unix:///var/run/docker.sock",
        "fallback": (variable_fallback, ["DOCKER_HOST"]),
        "aliases": ["docker_url"],
    },
    "cli_context": {"type": "str"},
    "tls": {"type": "bool", "fallback": (variable_fallback, ["DOCKER_TLS"])},
    "tls_hostname": {"type": "str", "fallback": (variable_fallback, ["DOCKER_TLS_HOSTNAME"])},
    "validate_certs": {
        "type": "bool",
        "fallback": (variable_fallback, ["DOCKER_TLS_VERIFY"]),
        "aliases": ["tls_verify"],
    },
    "ca_path": {
        "type": "path",
        "fallback": (certificate_fallback, ["ca.pem"]),
        "aliases": ["ca_cert", "tls_ca_cert", "cacert_path"],
    },
    "client_cert": {
        "type": "path",
        "fallback": (certificate_fallback, ["cert.pem"]),
        "aliases": ["tls_client_cert", "cert_path"],
    },
    # The path of a file: no secret, though it leads to one.
    "client_key": {
        "type": "path",
        "fallback": (certificate_fallback, ["key.pem"]),
        "aliases": ["tls_client_key", "key_path"],
        "no_log": False,
    },
    "api_version": {
        "type": "str",
        "default": "auto",
        "fallback": (variable_fallback, ["DOCKER_API_VERSION"]),
        "aliases": ["docker_api_version"],
    },
    "timeout": {"type": "int", "default": 60, "fallback": (variable_fallback, ["DOCKER_TIMEOUT"])},
    "use_ssh_client": {"type": "bool"},
    "debug": {"type": "bool"},
}

_CONSTRAINTS = {
    "required_together": [("client_cert", "client_key")],
}


def specification(task: Task) -> Dict[str, Any]:
    """The keyword arguments that an AnsibleModule, or an ArgumentSpecValidator, of this task takes."""
    shared = ENGINE_OPTIONS if task.needs_engine else {}
    given: Dict[str, Any] = {"argument_spec": dict(shared, **task.argument_spec)}
    given.update(task.constraints)
    for name, rules in _CONSTRAINTS.items() if task.needs_engine else ():
        given[name] = list(given.get(name) or ()) + rules
    return given
