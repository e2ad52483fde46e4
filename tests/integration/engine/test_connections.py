# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One Engine, by every way to it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import (
    ApiError,
    ApiTooOld,
    ConnectionFailed,
    NotFound,
    WriteRefused,
)
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.tests.engines.sshd import free_port
from ansible_collections.longshore.docker.tests.integration.engine.servers import (
    Containers,
    Forwarder,
)

INFO = Call("GET", "/info")


def test_unix_get_learns_the_version_without_a_request_of_its_own(engine: Engine) -> None:
    assert engine.get(Call("GET", "/containers/none-such/json")) is None
    assert engine.api_version >= (1, 41)
    assert engine.get(INFO)["ServerVersion"]
    assert engine.calls == 2
    assert list(engine.history) == ["GET /containers/none-such/json", "GET /v%d.%d/info" % engine.api_version]


def test_write_first_asks_for_the_version(engine: Engine) -> None:
    with pytest.raises(NotFound) as caught:
        engine.send(Call("DELETE", "/volumes/none-such"))
    assert "none-such" in caught.value.message
    assert engine.history[0] == "GET /_ping"
    assert engine.calls == 2


def test_forced_version_is_used_and_its_refusal_passed_on(engine_socket: str) -> None:
    with open_engine({"docker_host": "unix://" + engine_socket, "api_version": "1.40"}, {}) as old:
        assert old.api_version == (1, 40)
        assert old.get(INFO)
        assert list(old.history) == ["GET /v1.40/info"]
    with open_engine({"docker_host": "unix://" + engine_socket, "api_version": "1.99"}, {}) as new:
        with pytest.raises(ApiError, match=r"client version 1\.99 is too new"):
            new.get(INFO)


@pytest.mark.made_up_requests
def test_call_newer_than_the_engine_is_not_sent(engine_socket: str) -> None:
    with open_engine({"docker_host": "unix://" + engine_socket, "api_version": "1.41"}, {}) as opened:
        with pytest.raises(ApiTooOld, match=r"POST /new needs API version 1\.50, but 1\.41"):
            opened.send(Call("POST", "/new", since=(1, 50)))
        assert opened.calls == 0


@pytest.mark.made_up_requests
def test_read_only_sends_no_write(engine_socket: str) -> None:
    with open_engine({"docker_host": "unix://" + engine_socket}, {}, read_only=True) as opened:
        for attempt in (opened.send, opened.stream, opened.hijack, lambda call: opened.upload(call, b"")):
            with pytest.raises(WriteRefused, match="POST /volumes/create"):
                attempt(Call("POST", "/volumes/create"))
        assert opened.calls == 0
        assert opened.get(INFO)


def test_304_is_success(engine: Engine, containers: Containers) -> None:
    made = containers("sleep", "60")
    assert engine.send(Call("POST", "/containers/%s/start" % made)) is None


def test_one_connection_for_many_requests(forwarder: Forwarder) -> None:
    with open_engine({"docker_host": "tcp://127.0.0.1:%d" % forwarder.port}, {}) as opened:
        for _round in range(10):
            assert opened.get(INFO)
        with pytest.raises(NotFound):
            opened.send(Call("DELETE", "/volumes/none-such"))
        list(opened.chunks(INFO))
        assert opened.get(INFO)
    assert forwarder.connections == 1


def test_idle_connection_closed_by_the_engine_is_opened_again(forwarder: Forwarder) -> None:
    with open_engine({"docker_host": "127.0.0.1:%d" % forwarder.port}, {}) as opened:
        assert opened.get(INFO)
        forwarder.hang_up()
        assert opened.get(INFO)
        forwarder.hang_up()
        with pytest.raises(NotFound):
            opened.send(Call("DELETE", "/volumes/none-such"))
    assert forwarder.connections == 3


def test_threads_share_an_engine(engine: Engine, forwarder: Forwarder) -> None:
    wanted = engine.get(INFO)["ID"]
    with open_engine({"docker_host": "tcp://127.0.0.1:%d" % forwarder.port}, {}) as opened:
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda _number: opened.get(INFO)["ID"], range(80))) == [wanted] * 80
        # Only the race to be the first may open more connections than there are threads.
        assert forwarder.connections <= 16


def test_connection_cut_in_an_answer(forwarder: Forwarder) -> None:
    with open_engine({"docker_host": "tcp://127.0.0.1:%d" % forwarder.port, "api_version": "1.41"}, {}) as opened:
        forwarder.cut_after = 600
        with pytest.raises(ConnectionFailed, match=r"tcp://127.0.0.1:\d+ broke during GET /v1.41/info: .*cut off"):
            opened.get(INFO)


def test_two_streams_and_a_request_at_once(engine: Engine, containers: Containers) -> None:
    made = containers("sh", "-c", "echo one; exec sleep 60")
    call = Call("GET", "/containers/%s/logs" % made, {"stdout": True, "follow": True})
    logs = [engine.frames(call) for _turn in "ab"]
    assert [next(one) for one in logs] == [(1, b"one\n")] * 2
    assert engine.get(INFO)
    for one in logs:
        one.close()


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda path: None, "no such socket; is the Engine running"),
        (lambda path: path.write_text(""), "nothing listens on the socket"),
    ],
)
def test_no_socket(tmp_path: Path, make, words: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "s"
    make(path)
    with open_engine({"docker_host": "unix://%s" % path}, {}) as opened:
        with pytest.raises(ConnectionFailed, match=words) as caught:
            opened.get(INFO)
    assert str(path) in str(caught.value)


def test_nothing_listens_and_no_such_host() -> None:
    with open_engine({"docker_host": "tcp://127.0.0.1:%d" % free_port()}, {}) as opened:
        with pytest.raises(ConnectionFailed, match="nothing listens there"):
            opened.get(INFO)
    with open_engine({"docker_host": "tcp://engine.invalid:2375"}, {}) as opened:
        with pytest.raises(ConnectionFailed, match="host name cannot be resolved"):
            opened.get(INFO)
