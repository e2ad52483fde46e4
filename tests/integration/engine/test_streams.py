# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What flows in and out of a real Engine for a long time, or in large amounts."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.archive import (
    Member,
    from_bytes,
    from_path,
    pack,
    unpack,
)
from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import (
    ApiError,
    ConnectionFailed,
    NotFound,
    StreamFailed,
)
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.tests.integration.engine.servers import Containers, Forwarder, TlsEngine

MEGABYTE = bytes(range(256)) * 4096


def logs(made: str, **query: object) -> Call:
    return Call("GET", "/containers/%s/logs" % made, {"stdout": True, "stderr": True, **query})


def start_exec(engine: Engine, made: str, *command: str, stdin: bool = True, tty: bool = False) -> Call:
    body = {"Cmd": command, "AttachStdin": stdin, "AttachStdout": True, "AttachStderr": True, "Tty": tty}
    exec_id = engine.send(Call("POST", "/containers/%s/exec" % made, body=body))["Id"]
    return Call("POST", "/exec/%s/start" % exec_id, body={"Detach": False, "Tty": tty})


def joined(output: Iterator[tuple[int, bytes]], stream: int) -> bytes:
    return b"".join(data for number, data in output if number == stream)


def test_logs_multiplexed_and_tty(engine: Engine, containers: Containers) -> None:
    plain = containers("sh", "-c", "echo out; echo err >&2")
    tty = containers("sh", "-c", "echo out; echo err >&2", Tty=True)
    assert containers.wait(plain) == containers.wait(tty) == 0
    output = list(engine.frames(logs(plain)))
    assert sorted(output) == [(1, b"out\n"), (2, b"err\n")]
    assert joined(engine.frames(logs(tty), tty=True), 1) == b"out\r\nerr\r\n"


def test_following_logs_gives_lines_as_they_come(engine: Engine, containers: Containers) -> None:
    made = containers("sh", "-c", "echo first; cat; echo last", OpenStdin=True, StdinOnce=True)
    output = engine.frames(logs(made, follow=True))
    assert next(output) == (1, b"first\n")
    attach = Call("POST", "/containers/%s/attach" % made, {"stream": True, "stdin": True, "stdout": True})
    with engine.hijack(attach) as stream:
        stream.write(b"typed\n")
        assert next(iter(stream)) == (1, b"typed\n")
        stream.close_write()
        assert joined(iter(stream), 1) == b"last\n"
    assert joined(output, 1) == b"typed\nlast\n"


@pytest.mark.parametrize("way", ["unix", "tcp", "tls"])
def test_exec_echoes_a_megabyte_through_a_half_closed_stream(way: str, request: pytest.FixtureRequest) -> None:
    options: dict[str, object] = {}
    if way == "tls":
        options = request.getfixturevalue("tls_engine").options
    elif way == "tcp":
        options = {"docker_host": "tcp://127.0.0.1:%d" % request.getfixturevalue("forwarder").port}
    else:
        options = {"docker_host": "unix://" + request.getfixturevalue("engine_socket")}
    if way != "tls":
        request.getfixturevalue("image")
    with open_engine(options, {}) as opened:
        containers = Containers(opened)
        try:
            made = containers("sleep", "300")
            with opened.hijack(start_exec(opened, made, "cat")) as stream:
                assert joined(stream.exchange(MEGABYTE), 1) == MEGABYTE
            with opened.hijack(start_exec(opened, made, "cat")) as stream:
                stream.write(MEGABYTE)
                stream.close_write()
                assert joined(iter(stream), 1) == MEGABYTE
            # Output that is already on its way when stdin ends.
            call = start_exec(opened, made, "sh", "-c", "echo early; cat; echo late; echo error >&2")
            with opened.hijack(call) as stream:
                assert next(iter(stream)) == (1, b"early\n")
                output = list(stream.exchange(b"x"))
                assert joined(iter(output), 1) == b"xlate\n"
                assert joined(iter(output), 2) == b"error\n"
            assert opened.get(Call("GET", call.path[: -len("/start")] + "/json"))["ExitCode"] == 0
        finally:
            containers.close()


def test_exec_that_reads_only_the_beginning(engine: Engine, containers: Containers) -> None:
    made = containers("sleep", "300")
    with engine.hijack(start_exec(engine, made, "head", "-c", "3")) as stream:
        assert joined(stream.exchange(MEGABYTE * 4), 1) == MEGABYTE[:3]


def test_exec_output_of_ten_megabytes_on_both_streams(engine: Engine, containers: Containers) -> None:
    made = containers("sleep", "300")
    script = "dd if=/dev/zero bs=65536 count=160 2>/dev/null; dd if=/dev/zero bs=65536 count=160 >&2 2>/dev/null"
    with engine.hijack(start_exec(engine, made, "sh", "-c", script, stdin=False)) as stream:
        sizes = {1: 0, 2: 0}
        for number, data in stream:
            sizes[number] += len(data)
    assert sizes == {1: 160 * 65536, 2: 160 * 65536}


def test_exec_with_tty(engine: Engine, containers: Containers) -> None:
    made = containers("sleep", "300")
    with engine.hijack(start_exec(engine, made, "sh", "-c", "echo a; echo b >&2", tty=True), tty=True) as stream:
        assert joined(iter(stream), 1) == b"a\r\nb\r\n"


def test_hijack_that_is_refused(engine: Engine) -> None:
    with pytest.raises(NotFound, match="none-such"):
        engine.hijack(Call("POST", "/exec/none-such/start", body={"Detach": False}))


def big_tree(size: int) -> Iterator[Member]:
    yield from_bytes("small", b"small")
    info = from_bytes("big", b"").info
    info.size = size
    yield Member(info, "/dev/zero")


def test_archive_of_200_mb_in_and_out_with_bounded_memory(engine: Engine, containers: Containers) -> None:
    size = 200 * 1024 * 1024
    made = containers("true", start=False)
    call = Call("PUT", "/containers/%s/archive" % made, {"path": "/"})
    engine.get(Call("GET", "/info"))
    tracemalloc.start()
    try:
        assert engine.upload(call, pack(big_tree(size)), timeout=120) is None
        body = engine.chunks(Call("GET", "/containers/%s/archive" % made, {"path": "/big"}))
        assert "X-Docker-Container-Path-Stat" in body.headers
        received = 0
        for info, reader in unpack(body):
            assert info.name == "big" and info.size == size and reader
            while data := reader.read(65536):
                received += len(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert received == size
    assert peak < 8 * 1024 * 1024


def test_upload_from_a_file_and_head(engine: Engine, containers: Containers, tmp_path: Path) -> None:
    made = containers("true", start=False)
    path = tmp_path / "script"
    path.write_text("content")
    path.chmod(0o750)
    archive = io.BytesIO(b"".join(pack([from_path(str(path), "etc-script")])))
    engine.upload(Call("PUT", "/containers/%s/archive" % made, {"path": "/"}), archive)
    found = engine.head(Call("HEAD", "/containers/%s/archive" % made, {"path": "/etc-script"}))
    assert found and "X-Docker-Container-Path-Stat" in found
    assert engine.head(Call("HEAD", "/containers/%s/archive" % made, {"path": "/none"})) is None
    parts = engine.chunks(Call("GET", "/containers/%s/archive" % made, {"path": "/etc-script"}))
    (entry,) = [(info.name, info.mode & 0o777, reader and reader.read()) for info, reader in unpack(parts)]
    assert entry == ("etc-script", 0o750, b"content")


def test_large_upload_to_what_does_not_exist(engine: Engine) -> None:
    with pytest.raises(NotFound, match="none-such"):
        engine.upload(Call("PUT", "/containers/none-such/archive", {"path": "/"}), pack(big_tree(500_000_000)))


def test_parts_of_an_export_are_64_kib(engine: Engine, containers: Containers) -> None:
    made = containers("true", start=False)
    sizes = [len(part) for part in engine.chunks(Call("GET", "/containers/%s/export" % made))]
    assert len(sizes) > 5
    assert min(sizes[:-1]) >= 65536


def test_save_and_load(engine: Engine, image: str) -> None:
    saved = engine.chunks(Call("GET", "/images/%s/get" % image))
    records = list(engine.upload_stream(Call("POST", "/images/load"), saved))
    assert any("Loaded image" in record.get("stream", "") for record in records)


def test_build_error_is_raised_after_its_records(engine: Engine, image: str) -> None:
    context = [from_bytes("Dockerfile", b"FROM %s\nRUN echo hello; exit 3\n" % image.encode())]
    call = Call("POST", "/build", {"networkmode": "none", "forcerm": True})
    stream = engine.upload_stream(call, pack(context))
    with pytest.raises(StreamFailed, match="returned a non-zero code: 3"):
        list(stream)
    without = list(engine.upload_stream(call, pack(context), fail=False))
    assert any("hello" in record.get("stream", "") for record in without)
    assert "errorDetail" in without[-1]


def test_pull_from_where_nothing_listens(engine: Engine) -> None:
    with pytest.raises((StreamFailed, ApiError), match="refused"):
        list(engine.stream(Call("POST", "/images/create", {"fromImage": "127.0.0.1:9/none", "tag": "1"})))


def test_stream_cut_in_the_middle(forwarder: Forwarder, containers: Containers) -> None:
    made = containers("sh", "-c", "echo one; sleep 60")
    with open_engine({"docker_host": "tcp://127.0.0.1:%d" % forwarder.port}, {}) as opened:
        output = opened.frames(logs(made, follow=True))
        assert next(output) == (1, b"one\n")
        forwarder.hang_up()
        with pytest.raises(ConnectionFailed, match="/logs: .*(cut off|closed)"):
            next(output)


def test_hijacked_stream_cut_in_the_middle(forwarder: Forwarder, containers: Containers) -> None:
    made = containers("sleep", "300")
    with open_engine({"docker_host": "tcp://127.0.0.1:%d" % forwarder.port}, {}) as opened:
        call = start_exec(opened, made, "sh", "-c", "dd if=/dev/zero bs=65536 count=100; sleep 60")
        forwarder.cut_after = 100_000
        with opened.hijack(call) as stream, pytest.raises(ConnectionFailed, match="/start: .*(cut off|closed)"):
            list(stream)


def test_upload_over_tls(tls_engine: TlsEngine) -> None:
    with open_engine(tls_engine.options, {}) as opened:
        containers = Containers(opened)
        try:
            made = containers("true", start=False)
            call = Call("PUT", "/containers/%s/archive" % made, {"path": "/"})
            opened.upload(call, pack([from_bytes("file", MEGABYTE)]))
            parts = opened.chunks(Call("GET", "/containers/%s/archive" % made, {"path": "/file"}))
            assert [reader and reader.read() for _info, reader in unpack(parts)] == [MEGABYTE]
        finally:
            containers.close()
