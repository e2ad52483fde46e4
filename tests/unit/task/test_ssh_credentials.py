# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A node's config.json and credential helpers, read with nothing but its shell. This machine's shell plays the node."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import IO, Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.credentials import (
    CredentialsFailed,
    find_auth,
    kept_by,
)
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_credentials import NodeKeeping
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_link import Remote

ENTRY = {"username": "a", "password": "b"}


class Here:
    """Stands for a `Link` to this machine."""

    host, patience = "node", 5.0

    def __init__(self) -> None:
        self.commands = 0

    def is_open(self) -> bool:
        return True

    def remote(self, command: str) -> Remote:
        self.commands += 1
        return Remote(f"echo BEGUN; {command}", b"BEGUN", None)

    def session(self, _remote: bytes, _end: int, _stderr: IO[bytes]) -> None:
        return None

    def command(self, *_options: str, remote: str) -> list[str]:
        return ["sh", "-c", remote]


@pytest.fixture
def node() -> Any:
    return Here()


def write(folder: Path, text: str) -> dict[str, object]:
    """The environment of a task that says where the docker CLI's files are."""
    (folder / "config.json").write_text(text)
    return {"DOCKER_CONFIG": str(folder), "PATH": f"{folder}:{os.environ['PATH']}"}


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_an_entry_of_the_node(node: Any, tmp_path: Path, end: str) -> None:
    config = {"auths": {"registry": ENTRY}, "HttpHeaders": {"X": "back\\slash  two spaces"}}
    environment = write(tmp_path, json.dumps(config, indent=1) + end)
    with kept_by(NodeKeeping(node, environment)):
        assert find_auth("registry", {}) == {**ENTRY, "serveraddress": "registry"}
        assert find_auth("other", {}) is None
    assert node.commands == 1, "one look serves a task"
    assert find_auth("registry", {"DOCKER_CONFIG": "/nowhere"}) is None, "afterwards it is this machine again"


def test_the_home_of_the_node_s_user(node: Any, tmp_path: Path) -> None:
    (tmp_path / ".docker").mkdir()
    write(tmp_path / ".docker", json.dumps({"auths": {"registry": ENTRY}}))
    with kept_by(NodeKeeping(node, {"HOME": str(tmp_path), "DOCKER_CONFIG": ""})):
        assert find_auth("registry", {"DOCKER_CONFIG": "/of/the/controller"}) == {**ENTRY, "serveraddress": "registry"}


def test_no_file_is_no_entry(node: Any, tmp_path: Path) -> None:
    with kept_by(NodeKeeping(node, {"DOCKER_CONFIG": str(tmp_path / "a b")})):
        assert find_auth("registry", {}) is None


@pytest.mark.parametrize("text", ["{", "[]"])
def test_a_damaged_file_is_named(node: Any, tmp_path: Path, text: str) -> None:
    with kept_by(NodeKeeping(node, write(tmp_path, text))), pytest.raises(CredentialsFailed, match="json on node"):
        find_auth("registry", {})


def test_a_file_that_cannot_be_read(node: Any, tmp_path: Path) -> None:
    (tmp_path / "config.json").mkdir()  # root may read every file
    with (
        kept_by(NodeKeeping(node, {"DOCKER_CONFIG": str(tmp_path)})),
        pytest.raises(CredentialsFailed, match="cannot read"),
    ):
        find_auth("registry", {})


def test_a_helper_runs_on_the_node(node: Any, tmp_path: Path) -> None:
    environment = write(tmp_path, json.dumps({"credsStore": "kept"}))
    script = tmp_path / "docker-credential-kept"
    script.write_text('#!/bin/sh\nread server\n[ "$server" = registry ] && echo \'{"Username": "a", "Secret": "b"}\'\n')
    script.chmod(0o755)
    with kept_by(NodeKeeping(node, environment)):
        assert find_auth("registry", {}) == {**ENTRY, "serveraddress": "registry"}
        with pytest.raises(CredentialsFailed, match="docker-credential-kept failed for other"):
            find_auth("other", {})
