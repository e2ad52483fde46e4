# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One Engine, by every way to it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import (
    ApiError,
    ApiTooOld,
    ConnectionFailed,
    EndpointInvalid,
    NotFound,
    RequestTimeout,
    WriteRefused,
)
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.tests.integration.engine.servers import (
    Containers,
    FakeEngine,
    Forwarder,
    TlsEngine,
    free_port,
    http,
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


def test_call_newer_than_the_engine_is_not_sent(engine_socket: str) -> None:
    with open_engine({"docker_host": "unix://" + engine_socket, "api_version": "1.41"}, {}) as opened:
        with pytest.raises(ApiTooOld, match=r"POST /new needs API version 1\.50, but 1\.41"):
            opened.send(Call("POST", "/new", since=(1, 50)))
        assert opened.calls == 0


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
    logs = [engine.frames(Call("GET", "/containers/%s/logs" % made, {"stdout": True, "follow": True})) for _ in "ab"]
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


class TestFakeServer:
    """Answers that no healthy Engine gives."""

    def open(self, fake: FakeEngine, **options: object) -> Engine:
        return open_engine({"docker_host": "unix://" + fake.path, "timeout": 1, **options}, {})

    def test_500_in_the_engines_words(self, fake: FakeEngine) -> None:
        fake.answers(http(b'{"message": "disk is full"}', "500 Internal Server Error"))
        with pytest.raises(ApiError, match=r"disk is full \(HTTP 500 to GET /info\)"):
            self.open(fake).get(INFO)

    def test_error_without_json(self, fake: FakeEngine) -> None:
        fake.answers(http(b"bad gateway\n", "502 Bad Gateway"))
        with pytest.raises(ApiError, match="^bad gateway "):
            self.open(fake).get(INFO)

    def test_truncated_json_of_full_length(self, fake: FakeEngine) -> None:
        fake.answers(http(b'{"Id": "a'))
        with pytest.raises(ConnectionFailed, match="GET /info with what is not JSON"):
            self.open(fake).get(INFO)

    def test_less_than_its_length(self, fake: FakeEngine) -> None:
        fake.answers(http(b"{}", Content_Length="20"))
        with pytest.raises(ConnectionFailed, match="cut off"):
            self.open(fake).get(INFO)

    def test_chunked_without_an_end(self, fake: FakeEngine) -> None:
        answer = b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{"status": "a"}\n\r\n'
        fake.answers(http(b"OK"), answer)
        records = self.open(fake).stream(Call("POST", "/images/create"))
        assert next(records) == {"status": "a"}
        with pytest.raises(ConnectionFailed, match="cut off"):
            next(records)

    def test_hangs_up_without_an_answer(self, fake: FakeEngine) -> None:
        fake.answers(http(b"OK"), b"")
        with pytest.raises(ConnectionFailed, match="POST /v1.41/volumes/create: it was closed without an answer"):
            self.open(fake).send(Call("POST", "/volumes/create"))
        assert fake.connections == 1

    def test_read_on_a_stale_connection_is_sent_once_more(self, fake: FakeEngine) -> None:
        fake.answers(http(b"{}"), b"")
        opened = self.open(fake)
        assert opened.get(INFO) == {}
        fake_connections = fake.connections
        with pytest.raises(ConnectionFailed, match="it was closed"):
            opened.get(INFO)
        assert fake.connections == fake_connections + 1

    def test_not_http(self, fake: FakeEngine) -> None:
        fake.answers(b"SSH-2.0-OpenSSH_9.2\r\n")
        with pytest.raises(ConnectionFailed, match="does not speak HTTP"):
            self.open(fake).get(INFO)

    def test_silence(self, fake: FakeEngine) -> None:
        fake.script = lambda sock: time.sleep(3)
        with pytest.raises(RequestTimeout, match="silent for too long during GET /info"):
            self.open(fake).get(INFO)

    def test_redirect_is_not_followed(self, fake: FakeEngine) -> None:
        fake.answers(http(b"", "301 Moved Permanently", Location="http://elsewhere/"))
        with pytest.raises(ApiError, match="redirected to http://elsewhere/, which is not followed"):
            self.open(fake).get(INFO)

    def test_version_header_is_absent(self, fake: FakeEngine) -> None:
        bare = http(b'{"ApiVersion": "1.30"}').replace(b"Api-Version", b"X-Nothing")
        fake.answers(bare, bare, bare, bare)
        opened = self.open(fake)
        assert opened.get(INFO)
        assert opened.api_version == (1, 30)
        assert list(opened.history) == ["GET /info", "GET /_ping", "GET /version", "GET /v1.30/info"]

    def test_newer_engine_is_asked_again_in_our_version(self, fake: FakeEngine) -> None:
        fake.answers(http(b'{"new": 1}', Api_Version="1.99"), http(b'{"old": 1}', Api_Version="1.99"))
        opened = self.open(fake)
        assert opened.get(INFO) == {"old": 1}
        assert list(opened.history) == ["GET /info", "GET /v1.56/info"]

    def test_upload_refused_before_it_is_sent(self, fake: FakeEngine) -> None:
        sent = []

        def endless() -> Iterator[bytes]:
            while True:
                sent.append(1)
                yield b"x" * 65536

        fake.answers(http(b'{"message": "no such container"}', "404 Not Found"))
        with pytest.raises(NotFound, match="no such container"):
            self.open(fake, api_version="1.41").upload(Call("PUT", "/containers/a/archive"), endless())
        assert len(sent) < 100

    def test_upload_cut_off(self, fake: FakeEngine) -> None:
        fake.script = lambda sock: None
        with pytest.raises(ConnectionFailed, match="broke during PUT /x: it was closed"):
            self.open(fake, api_version="1.41").upload(Call("PUT", "/x"), iter([b"x" * 10_000_000]))

    def test_secrets_of_a_query_are_not_shown(self, fake: FakeEngine) -> None:
        fake.answers(http(b"OK"), b"")
        opened = self.open(fake)
        with pytest.raises(ConnectionFailed) as caught:
            opened.send(Call("POST", "/build", {"buildargs": {"TOKEN": "hunter2"}}))
        assert "hunter2" not in str(caught.value) + str(opened.history)

    def test_engine_that_takes_nothing_in(self, fake: FakeEngine) -> None:
        fake.script = lambda sock: time.sleep(3)
        with pytest.raises(RequestTimeout, match="took in nothing for 1 seconds during PUT /x"):
            self.open(fake, api_version="1.41").upload(Call("PUT", "/x"), iter([b"x" * 10_000_000]))


class TestTls:
    """Against an Engine with --tlsverify."""

    def test_mutual(self, tls_engine: TlsEngine) -> None:
        with open_engine(tls_engine.options, {}) as opened:
            assert opened.get(INFO)["ServerVersion"]
            assert str(opened.endpoint) == "https://127.0.0.1:%d" % tls_engine.port

    def test_other_name(self, tls_engine: TlsEngine) -> None:
        with open_engine(dict(tls_engine.options, tls_hostname="engine.test"), {}) as opened:
            assert opened.get(INFO)
        with open_engine(dict(tls_engine.options, tls_hostname="other.test"), {}) as opened:
            with pytest.raises(ConnectionFailed, match=r"not accepted: Hostname mismatch.*tls_hostname"):
                opened.get(INFO)

    def test_other_authority(self, tls_engine: TlsEngine) -> None:
        options = dict(tls_engine.options, ca_path=str(tls_engine.folder / "other-ca.pem"))
        with open_engine(options, {}) as opened, pytest.raises(ConnectionFailed, match="is not accepted: .*ca_path"):
            opened.get(INFO)
        with open_engine(dict(options, validate_certs=False, tls=True), {}) as opened:
            assert opened.get(INFO)

    def test_system_authorities_do_not_know_it(self, tls_engine: TlsEngine) -> None:
        options = dict(tls_engine.options, ca_path=None, validate_certs=True)
        with open_engine(options, {}) as opened, pytest.raises(ConnectionFailed, match="is not accepted"):
            opened.get(INFO)

    def test_no_client_certificate(self, tls_engine: TlsEngine) -> None:
        options = {"docker_host": tls_engine.options["docker_host"], "ca_path": tls_engine.options["ca_path"]}
        with open_engine(options, {}) as opened:
            with pytest.raises(ConnectionFailed, match="client_cert and client_key"):
                opened.get(INFO)

    def test_plain_http_to_the_tls_port(self, tls_engine: TlsEngine) -> None:
        with open_engine({"docker_host": tls_engine.options["docker_host"]}, {}) as opened:
            with pytest.raises(ApiError, match="speaks TLS on this port, so set tls"):
                opened.get(INFO)

    def test_tls_to_a_plain_port(self, forwarder: Forwarder) -> None:
        with open_engine({"docker_host": "tcp://127.0.0.1:%d" % forwarder.port, "tls": True}, {}) as opened:
            with pytest.raises(ConnectionFailed, match="does not speak TLS on this port"):
                opened.get(INFO)

    def test_files_are_checked_before_connecting(self, tls_engine: TlsEngine, tmp_path: Path) -> None:
        junk = tmp_path / "junk.pem"
        junk.write_text("junk")
        for option in ("ca_path", "client_cert", "client_key"):
            with pytest.raises(EndpointInvalid, match="%s.*%s" % (option, junk)):
                open_engine(dict(tls_engine.options, **{option: str(junk)}), {})
            with pytest.raises(EndpointInvalid, match="%s: cannot read /none: No such file" % option):
                open_engine(dict(tls_engine.options, **{option: "/none"}), {})
        with pytest.raises(EndpointInvalid, match="^client_key: must be given together with client_cert"):
            open_engine(dict(tls_engine.options, client_key=None), {})


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
