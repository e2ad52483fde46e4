# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forwarded socket: made once, replaced when it is stale, private. A stand-in plays OpenSSH's master process."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleConnectionFailure

from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ConnectionFailed
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_forward import ForwardedDial

NO_MASTER = "Control socket connect(/cp/1): No such file or directory"


class Master:
    """Stands for a `Link` and for the master process behind it: `says` are its next answers, empty when it obeys."""

    host, patience = "node", 5.0

    def __init__(self, folder: Path) -> None:
        self._folder, self.asked, self.says, self.logins = folder, list[str](), list[str](), 0
        self.opened: bool | None = True
        self.listening: list[socket.socket] = []

    def folder(self) -> str:
        return str(self._folder)

    def identity(self, *more: str) -> str:
        return "".join(more).strip("/").replace("/", "-")

    def is_open(self) -> bool | None:
        return self.opened

    def log_in(self) -> None:
        self.logins += 1

    def forward(self, _request: str, _local: str, _remote: str) -> bool:
        return False  # there is no asking this one but by ssh

    def command(self, *options: str) -> list[str]:
        self.asked.append(options[1])
        says = self.says.pop(0) if self.says else ""
        if not says and options[1] == "forward":
            self.listen(options[3].partition(":")[0])
        return ["sh", "-c", 'printf %s "$0" >&2; test -z "$0"', says]

    def listen(self, path: str) -> None:
        server = socket.socket(socket.AF_UNIX)
        server.bind(path)
        server.listen(50)
        self.listening.append(server)

    def end(self) -> None:
        while self.listening:
            self.listening.pop().close()


@pytest.fixture
def master() -> Iterator[Master]:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:  # a short path
        made = Master(Path(folder))
        yield made
        made.end()


def dial_of(master: Any) -> ForwardedDial:
    return ForwardedDial(master, "/run/docker.sock")


def test_it_is_made_once_and_private(master: Master) -> None:
    for _task in range(3):
        dial_of(master).dial(5).close()
    assert master.asked == ["forward"] and master.logins == 0
    assert os.stat(os.path.dirname(dial_of(master).path)).st_mode & 0o777 == 0o700


def test_other_sockets_of_the_node_have_their_own(master: Any) -> None:
    assert ForwardedDial(master, "/run/a").path != ForwardedDial(master, "/run/b").path


def test_many_at_once_make_one(master: Master) -> None:
    with ThreadPoolExecutor(20) as pool:
        for sock in pool.map(lambda _number: dial_of(master).dial(5), range(20)):
            sock.close()
    assert master.asked == ["forward"]


def test_one_whose_master_has_ended_is_replaced(master: Master) -> None:
    dial_of(master).dial(5).close()
    master.end()
    dial_of(master).dial(5).close()
    assert master.asked == ["forward", "forward"]


def test_one_whose_file_was_removed_is_made_anew(master: Master, monkeypatch: pytest.MonkeyPatch) -> None:
    """The master believes that it listens, and obeys without doing anything, until it is told to cancel."""
    listen = master.listen
    monkeypatch.setattr(master, "listen", lambda path: "cancel" in master.asked and listen(path))
    dial_of(master).dial(5).close()
    assert master.asked == ["forward", "cancel", "forward"]


@pytest.mark.parametrize(("opened", "says", "asked"), [(False, [], 1), (None, [NO_MASTER], 2), (True, [NO_MASTER], 2)])
def test_ansible_logs_in_where_there_is_no_master(
    master: Master, opened: bool | None, says: list[str], asked: int
) -> None:
    master.opened, master.says = opened, says
    dial_of(master).dial(5).close()
    assert master.logins == 1 and len(master.asked) == asked


def test_what_ssh_says_is_the_reason(master: Master) -> None:
    master.says = ["forwarding request failed"]
    dial = dial_of(master)
    with pytest.raises(ConnectionFailed, match="unix:///run/docker.sock on node.*forwarding request failed") as raised:
        dial.dial(5)
    assert dial.why(raised.value) == "ssh does not forward a socket: forwarding request failed"


def test_an_unreachable_host_is_the_cause(master: Master, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise AnsibleConnectionFailure("no route")

    master.opened = False
    monkeypatch.setattr(master, "log_in", fail)
    with pytest.raises(ConnectionFailed, match="no route") as raised:
        dial_of(master).dial(5)
    assert isinstance(raised.value.__cause__, AnsibleConnectionFailure)


def test_a_folder_that_others_can_use_is_refused(master: Master) -> None:
    folder = Path(master.folder()) / "longshore"
    folder.mkdir()
    folder.chmod(0o755)
    with pytest.raises(ConnectionFailed, match="is not a folder that only"):
        dial_of(master).dial(5)
    assert master.asked == []


@pytest.mark.parametrize("remote", ["/run/%h.sock", "/run/a:b", "/run/" + "x" * 100])
def test_names_that_ssh_would_read_otherwise_are_refused(master: Any, remote: str) -> None:
    with pytest.raises(ConnectionFailed, match="cannot be the name of a forwarded socket"):
        ForwardedDial(master, remote).dial(5)
    assert master.asked == []


def test_a_lost_connection_is_told_from_one_that_has_ended(master: Master) -> None:
    dial = dial_of(master)
    first, second = dial.dial(5), dial.dial(5)
    assert not dial.was_cut(first) and not dial.was_cut(second)
    master.end()
    with dial.dial(5) as renewed:
        assert dial.was_cut(first) and dial.was_cut(second) and not dial.was_cut(renewed)
    os.unlink(dial.path)
    assert dial.was_cut(renewed)
    for one in (first, second):
        one.close()
