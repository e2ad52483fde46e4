# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Through the system's ssh client."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ConnectionFailed
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.tests.engines.sshd import SOCKET, Kind, Node, free_port
from ansible_collections.longshore.docker.tests.integration.engine.servers import Containers

INFO = Call("GET", "/info")


@pytest.fixture(scope="module")
def node(engine_socket: str) -> Iterator[Node]:
    """A host with sshd and the docker command."""
    with Node(engine_socket, Kind(cli=True)) as made:
        yield made


class TestSsh:
    """Through the system's ssh client."""

    @pytest.fixture(autouse=True)
    def _path(self, node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """An `ssh` that has the key."""
        (tmp_path / "ssh").write_text('#!/bin/sh\nexec %s -F %s/config "$@"\n' % (shutil.which("ssh"), node.folder))
        (tmp_path / "ssh").chmod(0o755)
        monkeypatch.setenv("PATH", "%s:%s" % (tmp_path, os.environ["PATH"]))

    def test_requests_and_half_close(self, node: Node, containers: Containers) -> None:
        host = "ssh://mate@127.0.0.1:%d%s" % (node.port, SOCKET)
        made = containers("sleep", "60")
        with open_engine({"docker_host": host}, {}) as opened:
            assert opened.get(INFO)["ServerVersion"]
            exec_id = opened.send(
                Call("POST", "/containers/%s/exec" % made,
                     body={"Cmd": ["cat"], "AttachStdin": True, "AttachStdout": True})
            )["Id"]  # fmt: skip
            with opened.hijack(Call("POST", "/exec/%s/start" % exec_id, body={})) as stream:
                assert b"".join(data for _stream, data in stream.exchange(b"a" * 1_000_000)) == b"a" * 1_000_000

    def test_words_of_ssh(self, node: Node) -> None:
        with open_engine({"docker_host": "ssh://mate@127.0.0.1:%d" % free_port()}, {}) as opened:
            with pytest.raises(ConnectionFailed, match="ssh says: .*Connection refused"):
                opened.get(INFO)

    def test_unknown_host_key(self, node: Node) -> None:
        with open_engine({"docker_host": "ssh://mate@localhost:%d" % node.port}, {}) as opened:
            with pytest.raises(ConnectionFailed, match="ssh says: .*Host key verification failed"):
                opened.get(INFO)

    def test_no_engine_there(self, node: Node) -> None:
        with open_engine({"docker_host": "ssh://mate@127.0.0.1:%d/none/socket" % node.port}, {}) as opened:
            with pytest.raises(ConnectionFailed, match="ssh says: .*none/socket"):
                opened.get(INFO)

    def test_processes_end_with_the_engine(self, node: Node) -> None:
        opened = open_engine({"docker_host": "ssh://mate@127.0.0.1:%d%s" % (node.port, SOCKET)}, {})
        opened.get(INFO)
        process = opened.endpoint._running[0][0]  # type: ignore[attr-defined]
        assert process.poll() is None
        opened.close()
        assert process.returncode is not None
        assert opened.get(INFO)
        opened.close()
