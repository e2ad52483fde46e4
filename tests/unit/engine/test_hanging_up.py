# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Threads that wait for an Engine that says nothing can be let go."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ConnectionFailed
from ansible_collections.longshore.docker.plugins.module_utils.engine.hanging_up import hang_up
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine

ANSWER = b"HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\nOK"


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder, socket.socket(socket.AF_UNIX) as made:
        made.bind(folder + "/s")
        made.listen(50)
        yield made


def test_whoever_waits_is_let_go(server: socket.socket) -> None:
    options = {"docker_host": "unix://" + server.getsockname(), "api_version": "1.41"}
    with open_engine(options, {}) as engine, ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(engine.get, Call("GET", "/info")) for _number in range(3)]
        taken = [server.accept()[0] for _one in waiting]
        for one in taken:
            one.recv(65536)
        hang_up(engine)
        for thread in waiting:
            with pytest.raises(ConnectionFailed):
                thread.result(10)
        for one in taken:
            one.close()


def test_nothing_is_sent_a_second_time_then(server: socket.socket) -> None:
    """A read on a connection that has been idle would be."""
    options = {"docker_host": "unix://" + server.getsockname(), "api_version": "1.41"}
    with open_engine(options, {}) as engine, ThreadPoolExecutor(1) as pool:
        first = pool.submit(engine.ask, "/_ping")
        taken = server.accept()[0]
        taken.recv(65536)
        taken.sendall(ANSWER)
        first.result(10)
        second = pool.submit(engine.ask, "/_ping")
        taken.recv(65536)
        hang_up(engine)
        with pytest.raises(ConnectionFailed):
            second.result(10)
        taken.close()
