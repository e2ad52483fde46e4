# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions and forwarded sockets of the ssh connection that OpenSSH's master process holds, had at its control socket.

An ssh command does the same: it hands its own standard files to the master, and waits. To start one costs more of the
processor than all the rest of a task that changes nothing. Version 4 of the protocol (PROTOCOL.mux in OpenSSH's
sources) is spoken by every OpenSSH since 5.4; where a master speaks another one, or says no, ssh itself is started.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping

VERSION = 4
HELLO, NEW_SESSION, OPEN_FORWARD, CLOSE_FORWARD = 0x00000001, 0x10000002, 0x10000006, 0x10000007
OK, EXIT, OPENED = 0x80000001, 0x80000004, 0x80000006
_FORWARD: Mapping[str, int] = {"forward": OPEN_FORWARD, "cancel": CLOSE_FORWARD}
_LOCAL = 1
# What stands for a port beside the path of a Unix socket: PORT_STREAMLOCAL, -2.
_PATH = 0xFFFFFFFE
_NO_ESCAPE = 0xFFFFFFFF
_REQUEST = 1
# ssh's own, where the connection is lost or its process killed.
LOST = 255
# Nothing that a master sends comes near.
_LONGEST = 65536


class MuxError(Exception):
    """The master is not there, does not understand, or refuses."""


class _Control:
    """A connection to a control socket, both sides having said what they speak. Raises MuxError and OSError."""

    def __init__(self, path: str, timeout: float) -> None:
        self._buffer = b""
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self.socket.settimeout(timeout)
            self.socket.connect(path)
            self.send(_words(HELLO, VERSION))
            kind, body = self.receive()
            if kind != HELLO or body[:4] != _words(VERSION):
                raise MuxError("the control socket speaks another version")
        except BaseException:
            self.close()
            raise

    def send(self, message: bytes) -> None:
        self.socket.sendall(_text(message))

    def expect(self, wanted: int) -> None:
        """Read the answer to a request. Raises MuxError, with the master's reason, for any other."""
        kind, body = self.receive()
        if kind != wanted:
            raise MuxError(body[8:].decode("utf-8", "replace") or f"the control socket answers {kind:#x}")

    def receive(self) -> tuple[int, bytes]:
        """The type of the next message, and the rest of it. What has come of it so far is kept when time is up."""
        while True:
            if len(self._buffer) >= 4:
                (length,) = struct.unpack_from(">I", self._buffer)
                if not 4 <= length <= _LONGEST:
                    raise MuxError("the control socket sends what is no message")
                if len(self._buffer) >= 4 + length:
                    message, self._buffer = self._buffer[4 : 4 + length], self._buffer[4 + length :]
                    return struct.unpack_from(">I", message)[0], message[4:]
            data = self.socket.recv(4096)
            if not data:
                raise MuxError("the master has closed its control socket")
            self._buffer += data

    def close(self) -> None:
        self.socket.close()


class Session:
    """A command on the node, for as long as it runs: what `subprocess.Popen` is for a process of ssh; see `run`."""

    def __init__(self, control: _Control) -> None:
        self.returncode: int | None = None
        self._control = control
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        """The exit status, None while the command runs."""
        with self._lock:
            return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit status. Raises subprocess.TimeoutExpired."""
        end = None if timeout is None else time.monotonic() + timeout
        with self._lock:
            while self._look(None if end is None else max(end - time.monotonic(), 0)) is None:
                if end is not None and time.monotonic() >= end:
                    raise subprocess.TimeoutExpired("a session of ssh", timeout or 0)
        return self.returncode or 0

    def terminate(self) -> None:
        """Give the session up: the master closes its channel, and sshd hangs up on the command."""
        with self._lock:
            self._end(LOST)

    def _look(self, patience: float | None) -> int | None:
        """The exit status, waited for so long: None for as long as it takes."""
        while self.returncode is None:
            try:
                self._control.socket.settimeout(patience)
                kind, body = self._control.receive()
            except (BlockingIOError, TimeoutError):
                return None
            except (OSError, MuxError):
                self._end(LOST)
            else:
                if kind == EXIT:
                    self._end(struct.unpack_from(">I", body, 4)[0])
        return self.returncode

    def _end(self, status: int) -> None:
        if self.returncode is None:
            self.returncode = status
            self._control.close()


def run(path: str, command: bytes, end: int, stderr: int, timeout: float) -> Session:
    """Run this on the node. `end` becomes its standard input and output, `stderr` its standard error: file descriptors,
    which stay the caller's to close. Raises MuxError, when nothing has been run: within `timeout` seconds."""
    terminal, x11, agent, subsystem = 0, 0, 0, 0
    request = (
        _words(NEW_SESSION, _REQUEST)
        + _text(b"")
        + _words(terminal, x11, agent, subsystem, _NO_ESCAPE)
        + _text(b"")
        + _text(command)
    )
    with _asking(path, timeout) as control:
        control.send(request)
        for number in (end, end, stderr):
            socket.send_fds(control.socket, [b"\0"], [number])
        control.expect(OPENED)
        return Session(control)


def forward(path: str, request: str, local: str, remote: str, timeout: float) -> None:
    """`forward` a Unix socket of this machine to one of the node, or `cancel` that. Raises MuxError."""
    sockets = _text(local.encode()) + _words(_PATH) + _text(remote.encode()) + _words(_PATH)
    with _asking(path, timeout) as control:
        control.send(_words(_FORWARD[request], _REQUEST, _LOCAL) + sockets)
        control.expect(OK)
        control.close()


@contextlib.contextmanager
def _asking(path: str, timeout: float) -> Iterator[_Control]:
    """A connection to this control socket, which is closed when anything fails. Raises MuxError."""
    try:
        control = _Control(path, timeout)
    except OSError as error:
        raise MuxError(f"{path}: {error}") from error
    try:
        yield control
    except BaseException as error:
        control.close()
        if isinstance(error, OSError):
            raise MuxError(f"{path}: {error}") from error
        raise


def _words(*values: int) -> bytes:
    return struct.pack(">%dI" % len(values), *values)


def _text(value: bytes) -> bytes:
    return _words(len(value)) + value
