# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways to a node's Engine, in turn, and what is remembered of them."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleConnectionFailure

from ansible_collections.longshore.docker.plugins.module_utils.engine.dial import Dial
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ConnectionFailed, EngineError
from ansible_collections.longshore.docker.plugins.plugin_utils import ssh_reach
from ansible_collections.longshore.docker.plugins.plugin_utils.placement import FORWARD, STDIO
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_reach import Unreached, Way
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_stdio import BecomeFailed

OK = b"HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\nOK"


class Link:
    """`connection` is its control socket, and `next` the one that logging in leads to."""

    host = "node"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.connection = self.next = ""
        self.logins = 0

    def log_in(self) -> None:
        self.logins += 1
        self.connection = self.next

    def folder(self) -> str:
        return str(self._folder)

    def identity(self, *more: str) -> str:
        return "-".join(one.replace("/", "") for one in more)

    def becoming(self) -> tuple[str, ...]:
        return ()

    def control_path(self) -> str:
        return self.connection


class Ways:
    """How each way goes: an exception, or the answer to the first request."""

    def __init__(self) -> None:
        self.go: dict[str, BaseException | bytes] = {}
        self.then: dict[str, bytes] = {}
        """What comes after that, where it is something else."""
        self.tried: list[str] = []

    def __getitem__(self, way: str) -> Any:
        return lambda _link, _socket: Stub(self, way)


class Stub(Dial):
    def __init__(self, ways: Ways, way: str) -> None:
        super().__init__(way)
        self._ways, self._way = ways, way

    def dial(self, timeout: float | None) -> socket.socket:
        self._ways.tried.append(self._way)
        go = self._ways.go[self._way]
        self._ways.go[self._way] = self._ways.then.get(self._way, go)
        if isinstance(go, BaseException):
            raise go
        ours, theirs = socket.socketpair()
        ours.settimeout(timeout)
        threading.Thread(target=_serve, args=(theirs, go), daemon=True).start()
        return ours

    def why(self, error: EngineError) -> str:
        return f"{self._way} was in vain"


def _serve(sock: socket.socket, answer: bytes) -> None:
    with sock:
        sock.recv(65536)
        sock.sendall(answer)


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Ways:
    made = Ways()
    monkeypatch.setattr(ssh_reach, "_DIALS", made)
    return made


@pytest.fixture
def way(tmp_path: Path) -> Way:
    link: Any = Link(tmp_path)
    return Way(link, (FORWARD, STDIO), "/run/docker.sock", "play")


@pytest.mark.parametrize("version", ["auto", "1.40"])
def test_the_first_way_that_is_answered_serves(ways: Ways, way: Way, version: str) -> None:
    ways.go = {FORWARD: OK}
    engine = way.open({"api_version": version, "timeout": 7})
    assert ways.tried == [FORWARD] and engine.timeout == 7
    assert engine.api_version == ((1, 41) if version == "auto" else (1, 40))


@pytest.mark.parametrize("go", [b"", ConnectionFailed("no")])
def test_the_next_way_serves_and_is_remembered(ways: Ways, way: Way, go: BaseException | bytes) -> None:
    ways.go = {FORWARD: go, STDIO: OK}
    assert way.open({}).endpoint.name == STDIO
    assert way.open({}).endpoint.name == STDIO
    assert ways.tried == [FORWARD, STDIO, STDIO]
    assert way._replace(play="next").open({}).endpoint.name == STDIO
    assert ways.tried[3:] == [FORWARD, STDIO]


def test_no_way_is_the_target_s_task(ways: Ways, way: Way) -> None:
    ways.go = {FORWARD: b"", STDIO: ConnectionFailed("no")}
    words = "/run/docker.sock on node cannot be reached through ssh: %s was in vain; %s was in vain" % (FORWARD, STDIO)
    for tried in (2, 4):  # nothing is remembered while nothing has served
        with pytest.raises(Unreached, match=words):
            way.open({})
        assert len(ways.tried) == tried
    way.served_by_target(words)
    with pytest.raises(Unreached, match=words + ".*earlier in this play"):
        way.open({})
    assert len(ways.tried) == 4


@pytest.mark.parametrize("go", [b"", ConnectionFailed("no")])
def test_a_connection_that_has_just_ended_says_nothing_about_the_way(
    ways: Ways, way: Way, tmp_path: Path, go: BaseException | bytes
) -> None:
    link: Any = way.link
    for name in ("old", "new"):
        (tmp_path / name).touch()
    link.connection, link.next = str(tmp_path / "old"), str(tmp_path / "new")
    ways.go, ways.then = {FORWARD: go}, {FORWARD: OK}
    assert way.open({}).endpoint.name == FORWARD
    assert (ways.tried, link.logins) == ([FORWARD, FORWARD], 1)


def test_a_connection_that_goes_on_is_not_tried_again(ways: Ways, way: Way, tmp_path: Path) -> None:
    link: Any = way.link
    (tmp_path / "old").touch()
    link.connection = link.next = str(tmp_path / "old")
    ways.go, ways.then = {FORWARD: b"", STDIO: OK}, {FORWARD: OK}
    assert way.open({}).endpoint.name == STDIO
    assert (ways.tried, link.logins) == ([FORWARD, STDIO], 1)


def test_an_unreachable_host_is_not_tried_in_other_ways(ways: Ways, way: Way) -> None:
    failure = ConnectionFailed("no")
    failure.__cause__ = AnsibleConnectionFailure("no route")
    ways.go = {FORWARD: failure}
    with pytest.raises(AnsibleConnectionFailure, match="no route"):
        way.open({})


def test_a_wrong_password_is_not_tried_again(ways: Ways, way: Way) -> None:
    ways.go = {STDIO: BecomeFailed("Incorrect sudo password")}
    with pytest.raises(BecomeFailed):
        way._replace(ways=(STDIO,)).open({})


def test_who_may_share_an_engine(way: Way) -> None:
    keys = {way.key, way._replace(socket="/run/b").key, way._replace(ways=(STDIO,)).key}
    assert len(keys) == 3 and way._replace(play="next").key in keys
