# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Masters that are not as they should be. A real one is asked in tests/integration/ssh."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_mux import MuxError, forward, run

HELLO = bytes.fromhex("00000008 00000001 00000004")
OPENED = bytes.fromhex("0000000c 80000006 00000001 00000002")
REFUSED = bytes.fromhex("00000012 80000003 00000001 00000006") + b"refuse"
EXITED = bytes.fromhex("0000000c 80000004 00000002 00000007")
TERMINAL = bytes.fromhex("00000008 80000008 00000002")
SECONDS = 5.0


class Master:
    """Says this, whatever is asked, piece by piece, and keeps the connection open until it is told to close it."""

    def __init__(self, path: Path, *says: bytes) -> None:
        self.path, self._says, self._close = str(path), says, threading.Event()
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(self.path)
        self._server.listen()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        with self._server, self._server.accept()[0] as sock:
            for one in self._says:
                sock.sendall(one)
            self._close.wait(SECONDS)

    def close(self) -> None:
        self._close.set()
        self._thread.join()


@pytest.fixture
def path() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:  # a short path
        yield Path(folder) / "control"


@pytest.fixture
def end() -> Iterator[int]:
    number = os.open(os.devnull, os.O_RDWR)
    yield number
    os.close(number)


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ((b"HTTP/1.1 400 Bad Request\r\n",), "no message"),
        ((b"\0\0\0\x08\0\0\0\x01\0\0\0\x05",), "another version"),
        ((HELLO, REFUSED), "refuse"),
        ((HELLO, HELLO), "0x1"),
    ],
)
def test_what_a_master_may_not_say(path: Path, end: int, says: tuple[bytes, ...], words: str) -> None:
    master = Master(path, *says)
    try:
        with pytest.raises(MuxError, match=words):
            run(master.path, b"true", end, end, SECONDS)
    finally:
        master.close()


def test_a_master_that_is_silent(path: Path, end: int) -> None:
    master = Master(path)
    try:
        with pytest.raises(MuxError, match="timed out"):
            run(master.path, b"true", end, end, 0.05)
        with pytest.raises(MuxError):
            forward(str(path) + ".none", "forward", "/a", "/b", SECONDS)
    finally:
        master.close()


def test_one_that_ends_at_once(path: Path, end: int) -> None:
    master = Master(path, HELLO)
    threading.Timer(0.05, master.close).start()
    with pytest.raises(MuxError):
        run(master.path, b"true", end, end, SECONDS)


def test_messages_in_pieces(path: Path, end: int) -> None:
    whole = HELLO + OPENED + TERMINAL + EXITED
    master = Master(path, *(whole[place : place + 1] for place in range(len(whole))))
    try:
        session = run(master.path, b"true", end, end, SECONDS)
        assert session.wait(SECONDS) == 7 and session.poll() == 7
        session.terminate()
        assert session.returncode == 7
    finally:
        master.close()


def test_a_session_that_goes_on_and_is_lost(path: Path, end: int) -> None:
    master = Master(path, HELLO, OPENED)
    session = run(master.path, b"true", end, end, SECONDS)
    assert session.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        session.wait(0.01)
    master.close()
    assert session.wait(SECONDS) == 255
