# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that the client is tried against, and what they need."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

from ansible_collections.longshore.docker.plugins.module_utils.engine.archive import from_bytes, from_path, pack
from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine

IMAGE = "longshore-client-test:1"


def import_image(engine: Engine) -> None:
    """An image with a shell, made from the static busybox."""
    busybox = shutil.which("busybox")
    assert busybox, "the tests need a static busybox (package busybox-static)"
    repo, tag = IMAGE.split(":")
    binary = from_path(busybox, "bin/busybox", follow=True)
    binary.info.mode = 0o755
    links = []
    for name in ("sh", "cat", "sleep", "echo", "head", "dd", "wc", "stty", "true"):
        link = from_bytes("bin/" + name, b"")
        link.info.type, link.info.linkname = b"2", "busybox"
        links.append(link)
    call = Call("POST", "/images/create", {"fromSrc": "-", "repo": repo, "tag": tag})
    assert list(engine.upload_stream(call, pack([binary, *links])))


class Containers:
    """Makes containers that are removed at the end."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.made: list[str] = []

    def __call__(self, *command: str, start: bool = True, **config: object) -> str:
        body = {"Image": IMAGE, "Cmd": list(command), "HostConfig": {"NetworkMode": "none"}, **config}
        made: str = self.engine.send(Call("POST", "/containers/create", body=body))["Id"]
        self.made.append(made)
        if start:
            self.engine.send(Call("POST", "/containers/%s/start" % made))
        return made

    def wait(self, made: str) -> int:
        code: int = self.engine.send(Call("POST", "/containers/%s/wait" % made), timeout=60)["StatusCode"]
        return code

    def close(self) -> None:
        for made in self.made:
            self.engine.send(Call("DELETE", "/containers/" + made, {"force": True}))


class Forwarder:
    """A TCP port in front of a Unix socket. Counts connections, and can cut them after a number of reply bytes."""

    def __init__(self, target: str, tls: ssl.SSLContext | None = None) -> None:
        self.target, self.tls = target, tls
        self.connections = 0
        self.cut_after: int | None = None
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            if self.tls:
                try:
                    near = self.tls.wrap_socket(near, server_side=True)
                except OSError:
                    near.close()
                    continue
            far = socket.socket(socket.AF_UNIX)
            far.connect(self.target)
            self._open += [near, far]
            threading.Thread(target=self._copy, args=(near, far, False), daemon=True).start()
            threading.Thread(target=self._copy, args=(far, near, True), daemon=True).start()

    def _copy(self, source: socket.socket, sink: socket.socket, reply: bool) -> None:
        copied = 0
        try:
            while data := source.recv(65536):
                if reply and self.cut_after is not None and copied + len(data) > self.cut_after:
                    sink.sendall(data[: self.cut_after - copied])
                    self.hang_up()
                    return
                sink.sendall(data)
                copied += len(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def hang_up(self) -> None:
        """Close every open connection from the Engine's side."""
        for one in self._open:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            one.close()
        self._open.clear()

    def close(self) -> None:
        self._listener.close()
        self.hang_up()


class FakeEngine:
    """Answers each connection with the bytes of a script, then hangs up. Keeps what it was sent."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.script: Callable[[socket.socket], None] = lambda sock: None
        self.connections = 0
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self.path)
        self._listener.listen(8)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                sock, _address = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        with sock:
            try:
                self.script(sock)
            except OSError:
                pass

    def answers(self, *texts: bytes) -> None:
        """One request, one text; the connection is closed after the last."""
        left = list(texts)

        def script(sock: socket.socket) -> None:
            while left and read_request(sock):
                sock.sendall(left.pop(0))

        self.script = script

    def close(self) -> None:
        self._listener.close()


def read_request(sock: socket.socket) -> bytes:
    """The head of a request; its body, when short, comes with it."""
    head = b""
    while b"\r\n\r\n" not in head:
        data = sock.recv(65536)
        if not data:
            return b""
        head += data
    return head


def http(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """An answer as a text."""
    fields = {"Content_Length": str(len(body)), "Api_Version": "1.41", **headers}
    lines = ["HTTP/1.1 " + status] + ["%s: %s" % (name.replace("_", "-"), value) for name, value in fields.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def make_certificates(folder: Path) -> None:
    """ca.pem; server-*.pem for the name engine.test and 127.0.0.1; cert.pem and key.pem; other-ca.pem."""
    for name in ("ca", "other-ca"):
        openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=" + name,
                "-keyout", name + "-key.pem", "-out", name + ".pem")  # fmt: skip
    (folder / "server.ext").write_text("subjectAltName=DNS:engine.test,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n")
    (folder / "client.ext").write_text("extendedKeyUsage=clientAuth\n")
    for name, extension, key, certificate in (
        ("server", "server.ext", "server-key.pem", "server-cert.pem"),
        ("client", "client.ext", "key.pem", "cert.pem"),
    ):
        openssl(folder, "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + name, "-keyout", key,
                "-out", name + ".csr")  # fmt: skip
        openssl(folder, "x509", "-req", "-days", "2", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca-key.pem",
                "-CAcreateserial", "-extfile", extension, "-out", certificate)  # fmt: skip


class TlsEngine:
    """An Engine of its own that listens with --tlsverify."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.options = {
            "docker_host": "tcp://127.0.0.1:%d" % port,
            "ca_path": str(folder / "ca.pem"),
            "client_cert": str(folder / "cert.pem"),
            "client_key": str(folder / "key.pem"),
        }
