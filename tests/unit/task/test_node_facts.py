# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What in a task's options is about the managed node itself."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.endpoint import DEFAULT_HOST
from ansible_collections.longshore.docker.plugins.modules.container import TASK
from ansible_collections.longshore.docker.plugins.modules.context_info import TASK as CONTEXT_INFO
from ansible_collections.longshore.docker.plugins.plugin_utils.node_facts import endpoint, node_files, socket_path


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({}, ""),
        ({"env_file": "/etc/environment"}, "env_file"),
        ({"volumes": ["data:/data", "/srv:/srv:ro", "/cache"]}, ""),
        ({"volumes": [".hidden:/data"]}, "volumes"),
        ({"volumes": ["~somebody/data:/data"]}, "volumes"),
        ({"volumes": ["/srv:/srv", "~/data:/data"]}, "volumes"),
        ({"volumes": ["./data:/data:ro"]}, "volumes"),
        ({"volumes": ["..:/data"]}, "volumes"),
        ({"mounts": [{"type": "bind", "source": "~", "target": "/home"}]}, "mounts"),
        ({"mounts": [{"type": "bind", "source": "/home", "target": "/home"}]}, ""),
        ({"mounts": [{"type": "volume", "source": "~", "target": "/home"}]}, ""),
        ({"mounts": [{"type": "tmpfs", "target": "/home"}]}, ""),
        ({"command": "echo ~ $HOME", "env": {"A": "~/a"}}, ""),
    ],
)
def test_files_of_the_node(options: dict[str, Any], named: str) -> None:
    found = node_files(TASK, options, options)
    assert found.partition(" ")[0] == named


PATHS = TASK._replace(
    argument_spec={
        "path": {"type": "path", "aliases": ["dest"]},
        "paths": {"type": "list", "elements": "path"},
        "deep": {"type": "list", "elements": "dict", "options": {"file": {"type": "path"}, "text": {"type": "str"}}},
    }
)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"path": "/etc/a"}, ""),
        ({"path": "~/a"}, "path"),
        ({"dest": "$HOME/a"}, "path"),
        ({"paths": ["/a", "~b/c"]}, "paths"),
        ({"deep": [{"file": "/a", "text": "~"}]}, ""),
        ({"deep": [{"file": "/a"}, {"file": "${A}"}]}, "deep"),
    ],
)
def test_paths_are_spelled_out_where_they_are(given: dict[str, Any], named: str) -> None:
    """`options` have been validated on the controller, which has spelled out its own home already."""
    assert node_files(PATHS, {}, given).partition(" ")[0] == named


@pytest.mark.parametrize(
    ("options", "environment", "words"),
    [
        ({}, {}, ""),
        ({"docker_host": "unix:///run/user/1000/docker.sock"}, {}, ""),
        ({"docker_host": "/run/docker.sock"}, {}, ""),
        ({"docker_host": "tcp://127.0.0.1:2375"}, {}, "no Unix socket"),
        ({"docker_host": "ssh://host"}, {}, "no Unix socket"),
        ({"docker_host": "npipe:////./pipe/docker_engine"}, {}, "no Unix socket"),
        ({"cli_context": "production"}, {}, "context"),
        ({}, {"DOCKER_CONTEXT": "production"}, "context"),
        ({"docker_host": "unix:///run/docker.sock"}, {"DOCKER_CONTEXT": "production"}, ""),
        ({"ca_path": "/etc/ca.pem"}, {}, "certificates"),
        ({}, {"DOCKER_CERT_PATH": "/etc/docker"}, "certificates"),
    ],
)
def test_other_endpoints(options: dict[str, Any], environment: dict[str, str], words: str) -> None:
    found = endpoint({"docker_host": DEFAULT_HOST, **options}, environment)
    assert words in found and bool(words) == bool(found)


def test_a_task_that_asks_no_engine_leads_nowhere() -> None:
    assert endpoint({}, {"DOCKER_CONTEXT": "production"}) == ""


@pytest.mark.parametrize(
    ("host", "path"),
    [
        (DEFAULT_HOST, "/var/run/docker.sock"),
        ("unix:///run/a.sock", "/run/a.sock"),
        (" unix://run/a.sock ", "/run/a.sock"),
        ("/run/a.sock", "/run/a.sock"),
        ("unix://", "/var/run/docker.sock"),
        ("tcp://unix:1", ""),
        ("https://host", ""),
    ],
)
def test_the_path_of_the_socket(host: str, path: str) -> None:
    assert socket_path(host) == path


def test_a_module_that_asks_no_engine_has_no_endpoint() -> None:
    assert endpoint({}, {"DOCKER_CONTEXT": "far"}) == ""
    assert "managed node" in node_files(CONTEXT_INFO, {}, {})
