# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Through the system's ssh client."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ConnectionFailed
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.tests.integration.engine.servers import Containers, free_port

INFO = Call("GET", "/info")


@pytest.fixture(scope="module")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """A server on a loopback port, and a folder with an `ssh` that has the key for it."""
    folder = tmp_path_factory.mktemp("ssh")
    folder.chmod(0o700)
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    port = free_port()
    (folder / "authorized").write_text((folder / "user.pub").read_text())
    (folder / "sshd_config").write_text(
        "Port %d\nListenAddress 127.0.0.1\nHostKey %s/host\nAuthorizedKeysFile %s/authorized\nStrictModes no\n"
        "PermitRootLogin yes\nUsePAM no\nPidFile none\n" % (port, folder, folder)
    )
    key = (folder / "host.pub").read_text().split()
    (folder / "known").write_text("[127.0.0.1]:%d %s %s\n" % (port, key[0], key[1]))
    (folder / "config").write_text(
        "IdentityFile %s/user\nUserKnownHostsFile %s/known\nStrictHostKeyChecking yes\nIdentitiesOnly yes\n"
        % (folder, folder)
    )
    real = subprocess.run(["which", "ssh"], capture_output=True, text=True, check=True).stdout.strip()
    (folder / "bin").mkdir()
    (folder / "bin" / "ssh").write_text('#!/bin/sh\nexec %s -F %s/config "$@"\n' % (real, folder))
    (folder / "bin" / "ssh").chmod(0o755)
    os.makedirs("/run/sshd", exist_ok=True)
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", folder / "sshd_config"], stderr=log)
    for _attempt in range(100):
        if "Server listening" in (folder / "log").read_text():
            break
        time.sleep(0.05)
    yield port, folder
    server.terminate()
    server.wait(10)


class TestSsh:
    """Through the system's ssh client."""

    @pytest.fixture(autouse=True)
    def _path(self, sshd: tuple[int, Path], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "%s/bin:%s" % (sshd[1], os.environ["PATH"]))

    def test_requests_and_half_close(self, sshd: tuple[int, Path], engine_socket: str, containers: Containers) -> None:
        host = "ssh://root@127.0.0.1:%d%s" % (sshd[0], engine_socket)
        made = containers("sleep", "60")
        with open_engine({"docker_host": host}, {}) as opened:
            assert opened.get(INFO)["ServerVersion"]
            exec_id = opened.send(
                Call("POST", "/containers/%s/exec" % made,
                     body={"Cmd": ["cat"], "AttachStdin": True, "AttachStdout": True})
            )["Id"]  # fmt: skip
            with opened.hijack(Call("POST", "/exec/%s/start" % exec_id, body={})) as stream:
                assert b"".join(data for _stream, data in stream.exchange(b"a" * 1_000_000)) == b"a" * 1_000_000

    def test_words_of_ssh(self, sshd: tuple[int, Path]) -> None:
        with open_engine({"docker_host": "ssh://root@127.0.0.1:%d" % free_port()}, {}) as opened:
            with pytest.raises(ConnectionFailed, match="ssh says: .*Connection refused"):
                opened.get(INFO)

    def test_unknown_host_key(self, sshd: tuple[int, Path]) -> None:
        with open_engine({"docker_host": "ssh://root@localhost:%d" % sshd[0]}, {}) as opened:
            with pytest.raises(ConnectionFailed, match="ssh says: .*Host key verification failed"):
                opened.get(INFO)

    def test_no_engine_there(self, sshd: tuple[int, Path]) -> None:
        with open_engine({"docker_host": "ssh://root@127.0.0.1:%d/none/socket" % sshd[0]}, {}) as opened:
            with pytest.raises(ConnectionFailed, match="ssh says: .*none/socket"):
                opened.get(INFO)

    def test_processes_end_with_the_engine(self, sshd: tuple[int, Path], engine_socket: str) -> None:
        opened = open_engine({"docker_host": "ssh://root@127.0.0.1:%d%s" % (sshd[0], engine_socket)}, {})
        opened.get(INFO)
        process = opened.endpoint._running[0][0]  # type: ignore[attr-defined]
        assert process.poll() is None
        opened.close()
        assert process.returncode is not None
        assert opened.get(INFO)
        opened.close()
