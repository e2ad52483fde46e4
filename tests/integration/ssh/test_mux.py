# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions and forwarded sockets are had from OpenSSH's master process itself: no ssh is started for them."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_mux import MuxError, Session, forward, run
from ansible_collections.longshore.docker.tests.engines.sshd import USER, Kind, Node
from ansible_collections.longshore.docker.tests.integration.hosts.playbooks import Playbooks
from ansible_collections.longshore.docker.tests.integration.ssh.tasks import LOOK, eventually

SECONDS = 10.0
WRAPPER = '#!/bin/sh\necho "$*" >> %s\nexec ssh "$@"\n'


@pytest.fixture
def control(nodes: Callable[[Kind], Node], tmp_path: Path) -> Iterator[str]:
    """The control socket of a connection to a node, made as Ansible makes it."""
    node = nodes(Kind())
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:  # a short path
        path = folder + "/control"
        target = [*node.variables["ansible_ssh_common_args"].split(), "-p", str(node.port), USER + "@127.0.0.1"]
        subprocess.run(["ssh", "-N", "-f", "-M", "-S", path, "-oControlPersist=60", *target], check=True)
        yield path
        subprocess.run(["ssh", "-O", "exit", "-S", path, *target], check=True, capture_output=True)


def started(control: str, command: str) -> tuple[Session, socket.socket, Path]:
    """The command's session, our end of its standard files, and what its standard error goes to."""
    ours, theirs = socket.socketpair()
    ours.settimeout(SECONDS)
    errors = Path(control).parent / "errors"
    with theirs, open(errors, "wb") as stderr:
        session = run(control, command.encode(), theirs.fileno(), stderr.fileno(), SECONDS)
    return session, ours, errors


def test_a_command(control: str) -> None:
    session, ours, errors = started(control, "read word; echo $word; echo no >&2; exit 7")
    with ours:
        assert session.poll() is None
        ours.sendall(b"said\n")
        assert ours.recv(100) == b"said\n" and ours.recv(100) == b""
    assert session.wait(SECONDS) == 7
    assert errors.read_text() == "no\n"


def test_many_bytes_both_ways(control: str) -> None:
    data = os.urandom(3_000_000)
    session, ours, _errors = started(control, "exec cat")
    with ours:
        pid = os.fork()
        if not pid:
            ours.sendall(data)
            os._exit(0)
        got = b""
        while len(got) < len(data):
            got += ours.recv(1 << 20)
        os.waitpid(pid, 0)
        assert got == data
    assert session.wait(SECONDS) == 0


def test_giving_up_ends_the_command(control: str, nodes: Callable[[Kind], Node]) -> None:
    session, ours, _errors = started(control, "exec cat")
    assert eventually(lambda: "cat" in nodes(Kind()).processes())
    session.terminate()
    ours.close()
    assert eventually(lambda: "cat" not in nodes(Kind()).processes())


def test_more_sessions_than_sshd_allows(control: str) -> None:
    sessions = [started(control, "exec cat") for _number in range(10)]
    with pytest.raises(MuxError, match="refused"):
        started(control, "exec cat")
    for session, ours, _errors in sessions:
        ours.close()
        assert session.wait(SECONDS) == 0


def test_a_forwarded_socket(control: str) -> None:
    path = control + ".engine"
    forward(control, "forward", path, "/var/run/docker.sock", SECONDS)
    assert os.stat(path).st_mode & 0o777 == 0o600
    with socket.socket(socket.AF_UNIX) as sock:
        sock.connect(path)
        sock.sendall(b"GET /_ping HTTP/1.0\r\n\r\n")
        assert sock.recv(100).startswith(b"HTTP/1.0 200")
    forward(control, "cancel", path, "/var/run/docker.sock", SECONDS)
    with pytest.raises(MuxError):
        forward(control, "forward", "/no/such/folder", "/var/run/docker.sock", SECONDS)


def test_ssh_is_started_to_log_in_and_for_nothing_else(node: Node, playbooks: Playbooks, tmp_path: Path) -> None:
    log, wrapper = tmp_path / "log", tmp_path / "ssh"
    wrapper.write_text(WRAPPER % log)
    wrapper.chmod(0o755)
    playbooks.hostvars = {**node.variables, "ansible_ssh_executable": str(wrapper), "ansible_ssh_retries": 0}
    run = playbooks.run([{**LOOK, "loop": [1, 2]}, LOOK, LOOK], "auto")
    assert [one["failed"] for one in run.results] == [False] * 4, run.output
    assert len(log.read_text().splitlines()) <= 2, log.read_text()  # the login, and the one that Ansible asks before it
