# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Unix socket in front of an Engine that lets every request pass but one, with which it does something bad.

A request and its answer are read whole, so it is no way for streams that last. Where a fault strikes is said by the
number of the request (from 1) or by its method and path; it strikes once.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import struct
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from .image import UnixConnection

# The connection is no longer HTTP's afterwards, and ends with what was started.
_TAKES_OVER = re.compile(r"^POST /exec/\w+/start")
_STAT = "X-Docker-Container-Path-Stat"
_HOP_BY_HOP = ("connection:", "transfer-encoding:", "upgrade:")


class Answer(NamedTuple):
    """`stat` is the header that says what is at a path of a container, where there is one."""

    status: int
    body: bytes
    stat: str = ""


class Exchange:
    """One request on its way: what a fault has in its hands."""

    def __init__(self, target: str, client: socket.socket, request: str, head: bytes, body: bytes) -> None:
        self.client, self.request = client, request
        self._target, self._head, self._body = target, head, body

    def forward(self) -> Answer:
        """Have the Engine answer."""
        first, *lines = self._head.decode("latin-1").split("\r\n")
        method, path, _version = first.split(" ")
        headers = dict(line.split(": ", 1) for line in lines if line and not line.lower().startswith(_HOP_BY_HOP))
        connection = UnixConnection(self._target)
        try:
            connection.request(method, path, self._body or None, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(), answer.getheader(_STAT) or "")
        finally:
            connection.close()

    def reply(self, answer: Answer) -> None:
        self.client.sendall(self._text(answer))

    def reply_half(self, answer: Answer) -> None:
        """Part of the answer, which had announced more."""
        text = self._text(answer)
        self.client.sendall(text[: len(text) - max(len(answer.body) // 2, 3)])
        raise Cut

    def client_process(self) -> int:
        peer = self.client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return int(struct.unpack("3i", peer)[0])

    def _text(self, answer: Answer) -> bytes:
        lines = ["HTTP/1.1 %d Said" % answer.status, "Api-Version: 1.41", "Content-Type: application/json"]
        lines += ["%s: %s" % (_STAT, answer.stat)] if answer.stat else []
        if answer.status not in (204, 304):
            lines.append("Content-Length: %d" % len(answer.body))
        return "\r\n".join([*lines, "", ""]).encode() + answer.body


def _unchunked(data: bytes, client: socket.socket) -> bytes:
    """The whole of a chunked body, of which `data` has come already."""
    whole = b""
    while True:
        while b"\r\n" not in data:
            data += client.recv(65536)
        size, _end, data = data.partition(b"\r\n")
        number = int(size, 16)
        while len(data) < number + 2:
            data += client.recv(65536)
        if not number:
            return whole
        whole, data = whole + data[:number], data[number + 2 :]


class Cut(Exception):
    """Close the connection."""


Fault = Callable[[Exchange], None]


def cut_before(_exchange: Exchange) -> None:
    raise Cut


def cut_after(exchange: Exchange) -> None:
    exchange.forward()
    raise Cut


def truncated(exchange: Exchange) -> None:
    exchange.reply_half(exchange.forward())


def ended_early(exchange: Exchange) -> None:
    """An Engine that fails in the middle of an archive: it has said 200 before, and HTTP knows of no error."""
    answer = exchange.forward()
    exchange.reply(answer._replace(body=answer.body[: len(answer.body) // 2]))


def garbage(exchange: Exchange) -> None:
    """Done, but said in another language."""
    exchange.forward()
    exchange.reply(Answer(200, b"<html>It works!</html>"))


def another_shape(exchange: Exchange) -> None:
    """Done, and JSON, but nothing that an Engine would say."""
    exchange.forward()
    exchange.reply(Answer(200, b'["what", 4]'))


def silent(exchange: Exchange) -> None:
    """Done, but the answer does not come, for as long as the client waits."""
    exchange.forward()
    exchange.client.recv(1)
    raise Cut


def refused(status: int, words: str = "the proxy says no") -> Fault:
    """Not done, and said so as the Engine would."""
    return lambda exchange: exchange.reply(Answer(status, json.dumps({"message": words}).encode()))


def kill_before(exchange: Exchange) -> None:
    """SIGKILL for the process that sends the request, which is not done."""
    os.kill(exchange.client_process(), signal.SIGKILL)
    raise Cut


def kill_after(exchange: Exchange) -> None:
    """SIGKILL for the process that sent the request, once it is done."""
    exchange.forward()
    os.kill(exchange.client_process(), signal.SIGKILL)
    raise Cut


class Proxy:
    """`requests` lists what came by, as `POST /containers/create`. A context manager."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.requests: list[str] = []
        self.struck: str | None = None
        self._fault: tuple[int, re.Pattern[str] | None, Fault] | None = None
        self._lock = threading.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix="ls-proxy-", dir="/tmp")
        self.socket = str(Path(self._folder.name) / "s")
        self._open: set[socket.socket] = set()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self.socket)
        os.chmod(self.socket, 0o660)  # as an Engine's
        self._listener.listen(16)
        threading.Thread(target=self._accept, daemon=True).start()

    def strike(self, where: int | str, fault: Fault) -> None:
        """Have the fault strike at the n-th request from now on, or at the first that matches the expression."""
        with self._lock:
            self.requests, self.struck = [], None
            self._fault = (where, None, fault) if isinstance(where, int) else (0, re.compile(where), fault)

    def _fault_for(self, request: str) -> Fault | None:
        with self._lock:
            self.requests.append(request)
            if self._fault is None:
                return None
            number, pattern, fault = self._fault
            if len(self.requests) == number or (pattern is not None and pattern.search(request)):
                self._fault, self.struck = None, request
                return fault
            return None

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._open.add(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            while exchange := self._read(client):
                fault = self._fault_for(exchange.request)
                if fault:
                    fault(exchange)
                else:
                    exchange.reply(exchange.forward())
                if _TAKES_OVER.search(exchange.request):
                    raise Cut
        except (Cut, OSError):
            pass
        finally:
            with self._lock:
                self._open.discard(client)
            client.close()

    def _read(self, client: socket.socket) -> Exchange | None:
        data = b""
        while b"\r\n\r\n" not in data:
            more = client.recv(65536)
            if not more:
                return None
            data += more
        head, _gap, body = data.partition(b"\r\n\r\n")
        found = re.search(rb"(?im)^content-length: *(\d+)", head)
        while found and len(body) < int(found[1]):
            body += client.recv(65536)
        if re.search(rb"(?im)^transfer-encoding: *chunked", head):
            body = _unchunked(body, client)
        method, path, _version = head.split(b"\r\n", 1)[0].decode().split(" ")
        request = "%s %s" % (method, re.sub(r"^/v\d\.\d+(?=/)", "", path.partition("?")[0]))
        return Exchange(self.target, client, request, head, body)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            clients = list(self._open)
        for one in clients:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self._folder.cleanup()

    def __enter__(self) -> Proxy:
        return self

    def __exit__(self, *_exc_info: object) -> None:
        self.close()
