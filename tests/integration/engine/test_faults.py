# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that no healthy Engine gives."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import (
    ApiError,
    ConnectionFailed,
    NameInvalid,
    NotFound,
    RequestTimeout,
    StreamFailed,
)
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.tests.integration.engine.servers import FakeEngine, http, read_request

INFO = Call("GET", "/info")


@pytest.mark.made_up_requests
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

    def test_stale_connection_while_another_thread_opens_one(self, fake: FakeEngine) -> None:
        opened = self.open(fake)
        first = threading.Event()

        def script(sock: socket.socket) -> None:
            stale = not first.is_set()
            first.set()
            while read_request(sock):
                sock.sendall(http(b"{}"))
                if stale:
                    read_request(sock)
                    assert opened.get(INFO) == {}  # this thread's connection is a new one
                    return

        fake.script = script
        assert opened.get(INFO) == {}
        assert opened.get(INFO) == {}
        assert fake.connections == 3

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

    @pytest.mark.parametrize("document", [b"[]", b'"1.41"', b"{}", b'{"ApiVersion": "new"}', b"null", b""])
    def test_what_answers_tells_no_version(self, fake: FakeEngine, document: bytes) -> None:
        bare = http(document).replace(b"Api-Version", b"X-Nothing")
        fake.answers(bare, bare, bare)
        with pytest.raises(ConnectionFailed, match="does not say which API version it speaks; is it a Docker Engine"):
            self.open(fake).get(INFO)

    def test_version_header_is_no_version(self, fake: FakeEngine) -> None:
        fake.answers(http(b"OK", Api_Version="new"), http(b'{"ApiVersion": "1.41"}', Api_Version="new"))
        opened = self.open(fake)
        assert opened.api_version == (1, 41)

    def test_length_that_is_no_number(self, fake: FakeEngine) -> None:
        fake.answers(http(b"OK"), http(b"abc", Content_Length="many"))
        body = self.open(fake).chunks(Call("GET", "/x"))
        with pytest.raises(ConnectionFailed, match="cut off"):
            list(body)

    @pytest.mark.parametrize("stream", [b"[1]}", b'{"status": "a"} 5 {}', b'"text" {}', b"null{}"])
    def test_stream_of_what_is_no_record(self, fake: FakeEngine, stream: bytes) -> None:
        fake.answers(http(b"OK"), http(stream))
        with pytest.raises(ConnectionFailed, match="broke during POST /images/create: the answer was cut off"):
            list(self.open(fake).stream(Call("POST", "/images/create")))

    def test_the_engines_own_error_in_a_stream_of_frames(self, fake: FakeEngine) -> None:
        frames = b"\1\0\0\0\0\0\0\1a\3\0\0\0\0\0\0\x0edisk is broken"
        fake.answers(http(b"OK"), http(frames))
        output = self.open(fake).frames(Call("GET", "/containers/a/logs"))
        assert next(output) == (1, b"a")
        with pytest.raises(StreamFailed, match="disk is broken"):
            next(output)

    def test_the_engines_own_error_in_a_hijacked_stream(self, fake: FakeEngine) -> None:
        answer = b"HTTP/1.1 101 UPGRADED\r\n\r\n\3\0\0\0\0\0\0\x0edisk is broken"
        fake.answers(answer)
        with self.open(fake, api_version="1.41").hijack(Call("POST", "/exec/a/start", body={})) as stream:
            with pytest.raises(StreamFailed, match="disk is broken"):
                list(stream)

    def test_hijack_that_is_not_answered(self, fake: FakeEngine) -> None:
        released = threading.Event()

        def silent(sock: socket.socket) -> None:
            read_request(sock)
            released.wait(30)

        fake.script = silent
        try:
            with pytest.raises(RequestTimeout, match="sent nothing for 1 seconds during POST /exec/a/start"):
                self.open(fake, api_version="1.41").hijack(Call("POST", "/exec/a/start", body={}))
        finally:
            released.set()

    @pytest.mark.parametrize("path", ["/containers//json", "/images/../containers/a", "/volumes/.", "/networks/"])
    def test_names_that_lead_elsewhere(self, fake: FakeEngine, path: str) -> None:
        """An HTTP client, or a proxy, may shorten such a path to one that means something else."""
        opened = self.open(fake, api_version="1.41")
        for attempt in (opened.get, opened.send, opened.chunks, lambda call: opened.upload(call, b"")):
            with pytest.raises(NameInvalid, match="cannot be part of a request"):
                attempt(Call("GET", path))
        assert fake.connections == 0
