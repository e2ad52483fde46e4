# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done with containers, on a real Engine."""

from __future__ import annotations

import base64
import json
import time

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import (
    container_files,
    container_processes,
    containers,
    execs,
    image_store,
    images,
    system,
)
from ansible_collections.longshore.docker.plugins.module_utils.engine.archive import from_bytes, pack, unpack
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ApiError, Conflict, NotFound
from ansible_collections.longshore.docker.tests.integration.engine.servers import Containers


def state(engine: Engine, made: str) -> str:
    found: str = engine.get(containers.inspect(made))["State"]["Status"]
    return found


def test_life(engine: Engine, image: str, containers_made: Containers) -> None:
    body = {"Image": image, "Cmd": ["sleep", "300"], "HostConfig": {"NetworkMode": "none"}}
    made = engine.send(containers.create("longshore-life", body))["Id"]
    containers_made.made.append(made)
    with pytest.raises(Conflict, match="already in use"):
        engine.send(containers.create("longshore-life", body))
    assert engine.send(containers.start(made)) is None
    engine.send(containers.pause(made))
    assert state(engine, made) == "paused"
    engine.send(containers.unpause(made))
    engine.send(containers.rename(made, "longshore-renamed"))
    assert engine.get(containers.inspect("longshore-life")) is None
    assert engine.get(containers.inspect("longshore-renamed", size=True))["SizeRootFs"] > 0
    engine.send(containers.restart(made, timeout=0))
    assert state(engine, made) == "running"
    assert engine.send(containers.update(made, {"Memory": 64 << 20, "MemorySwap": 128 << 20}))["Warnings"] is None
    assert engine.get(containers.inspect(made))["HostConfig"]["Memory"] == 64 << 20
    engine.send(containers.kill(made, "SIGKILL"))
    assert engine.send(containers.wait(made))["StatusCode"] == 137
    with pytest.raises(Conflict, match="is not running"):
        engine.send(containers.kill(made))
    assert engine.send(containers.stop(made, timeout=0)) is None
    engine.send(containers.remove(made, volumes=True))
    assert engine.get(containers.inspect(made)) is None
    containers_made.made.remove(made)


def test_list_with_filters(engine: Engine, containers_made: Containers) -> None:
    running = containers_made("sleep", "300", Labels={"longshore-list": "a"})
    stopped = containers_made("true", start=False, Labels={"longshore-list": "b"})

    def ids(**query: object) -> set[str]:
        return {one["Id"] for one in engine.get(containers.list_(**query))}  # type: ignore[arg-type]

    mine = {"label": ["longshore-list"]}
    assert ids(filters=mine) == {running}
    assert ids(all_=True, filters=mine) == {running, stopped}
    assert ids(filters={"label": ["longshore-list=b"], "status": ["created"]}) == {stopped}
    assert ids(limit=1, filters=mine) == {stopped}
    with pytest.raises(ApiError, match="nonsense"):
        engine.get(containers.list_(filters={"nonsense": ["a"]}))


def test_prune_removes_stopped_containers_of_a_label(engine: Engine, containers_made: Containers) -> None:
    made = containers_made("true", start=False, Labels={"longshore-prune": "1"})
    answer = engine.send(containers.prune({"label": ["longshore-prune=1"]}))
    assert answer["ContainersDeleted"] == [made]
    containers_made.made.remove(made)
    assert engine.send(containers.prune({"label": ["longshore-prune=1"]}))["ContainersDeleted"] is None


def test_top_and_stats(engine: Engine, containers_made: Containers) -> None:
    made = containers_made("sleep", "300")
    answer = engine.get(container_processes.top(made, "-o pid,args"))
    assert answer["Titles"] == ["PID", "COMMAND"]
    assert [row[1] for row in answer["Processes"]] == ["sleep 300"]
    once = engine.get(container_processes.stats(made, stream=False, one_shot=True))
    assert once.get("id", made) == made and once["memory_stats"]["usage"] > 0
    records = engine.stream(container_processes.stats(made))
    assert [next(records)["id"] for _turn in range(2)] == [made, made]
    records.close()
    engine.send(containers.kill(made))
    engine.send(containers.wait(made))
    with pytest.raises(Conflict, match="is not running"):
        engine.get(container_processes.top(made))


def test_changes(engine: Engine, containers_made: Containers) -> None:
    untouched = containers_made("true", start=False)
    assert engine.get(container_files.changes(untouched)) is None
    assert engine.send(container_files.changes(untouched)) is None
    made = containers_made("sh", "-c", "echo a > /new; echo b > /bin/new")
    containers_made.wait(made)
    found = {one["Path"]: one["Kind"] for one in engine.get(container_files.changes(made))}
    assert found["/new"] == found["/bin/new"] == 1 and found["/bin"] == 0


def test_commit(engine: Engine, containers_made: Containers) -> None:
    made = containers_made("sh", "-c", "echo kept > /kept")
    containers_made.wait(made)
    call = container_files.commit(
        made, "longshore-commit", "1", comment="a comment", author="me", changes="CMD cat /kept\nLABEL a=b",
        config={"Env": ["A=b"]},
    )  # fmt: skip
    image_id = engine.send(call)["Id"]
    try:
        found = engine.get(image_store.history("longshore-commit:1"))[0]
        assert found["Id"] == image_id and found["Comment"] == "a comment"
        config = engine.get(images.inspect(image_id))["Config"]
        assert config["Env"] == ["A=b"] and config["Labels"] == {"a": "b"}
        again = containers_made("cat", "/kept", Image=image_id)
        containers_made.wait(again)
        assert list(engine.frames(containers.logs(again))) == [(1, b"kept\n")]
    finally:
        engine.send(image_store.remove("longshore-commit:1", force=True))


def test_commit_without_changes_keeps_the_configuration(engine: Engine, containers_made: Containers) -> None:
    made = containers_made("true", start=False, WorkingDir="/tmp")
    image_id = engine.send(container_files.commit(made))["Id"]
    try:
        config = engine.get(images.inspect(image_id))["Config"]
        assert config["Cmd"] == ["true"] and config["WorkingDir"] == "/tmp"
    finally:
        engine.send(image_store.remove(image_id))


def test_archive_in_and_out(engine: Engine, containers_made: Containers) -> None:
    made = containers_made("true", start=False)
    engine.upload(container_files.put_archive(made, "/"), pack([from_bytes("a file", b"content", 0o640)]))
    headers = engine.head(container_files.archive_info(made, "/a file"))
    assert headers is not None
    found = json.loads(base64.b64decode(headers["X-Docker-Container-Path-Stat"]))
    assert found["name"] == "a file" and found["size"] == 7 and found["mode"] == 0o640
    parts = engine.chunks(container_files.get_archive(made, "/a file"))
    assert [(info.name, reader and reader.read()) for info, reader in unpack(parts)] == [("a file", b"content")]
    assert engine.head(container_files.archive_info(made, "/none")) is None
    with pytest.raises(NotFound, match="none"):
        engine.chunks(container_files.get_archive(made, "/none"))
    with pytest.raises(ApiError, match="not a directory"):
        engine.upload(container_files.put_archive(made, "/a file"), pack([from_bytes("b", b"")]))
    folder_over_file = pack([from_bytes("bin", b"no directory any more")])
    with pytest.raises(ApiError, match="cannot overwrite directory"):
        engine.upload(container_files.put_archive(made, "/", no_overwrite_dir_non_dir=True), folder_over_file)


def test_export(engine: Engine, containers_made: Containers) -> None:
    made = containers_made("true", start=False)
    engine.upload(container_files.put_archive(made, "/"), pack([from_bytes("exported", b"x")]))
    assert "exported" in {info.name for info, _reader in unpack(engine.chunks(container_files.export(made)), True)}


def test_exec(engine: Engine, containers_made: Containers) -> None:
    made = containers_made("sleep", "300")
    body = {"Cmd": ["sh", "-c", "cat; exit 3"], "AttachStdin": True, "AttachStdout": True, "AttachStderr": True}
    exec_id = engine.send(execs.create(made, body))["Id"]
    assert engine.get(execs.inspect(exec_id))["ExitCode"] is None
    with engine.hijack(execs.start(exec_id)) as stream:
        assert b"".join(data for _number, data in stream.exchange(b"through")) == b"through"
    found = engine.get(execs.inspect(exec_id))
    assert found["ExitCode"] == 3 and found["Running"] is False
    # Engines before 23.0 say it in the stream, for they have answered by then.
    try:
        with engine.hijack(execs.start(exec_id)) as stream:
            words = b"".join(data for _number, data in stream).decode()
    except Conflict as error:
        words = str(error)
    assert "has already run" in words


def test_exec_detached(engine: Engine, containers_made: Containers) -> None:
    made = containers_made("sleep", "300")
    exec_id = engine.send(execs.create(made, {"Cmd": ["sleep", "200"], "Env": ["A=b"], "WorkingDir": "/bin"}))["Id"]
    assert engine.send(execs.start(exec_id, detach=True)) is None
    assert engine.get(execs.inspect(exec_id))["Running"] is True


def test_exec_with_a_terminal_that_is_resized(engine: Engine, containers_made: Containers) -> None:
    made = containers_made("sleep", "300")
    # It asks for the size once it is told to, that is after resizing.
    body = {"Cmd": ["sh", "-c", "echo ready; read line; stty size"], "Tty": True, "AttachStdin": True,
            "AttachStdout": True}  # fmt: skip
    exec_id = engine.send(execs.create(made, body))["Id"]
    with engine.hijack(execs.start(exec_id, tty=True), tty=True) as stream:
        output = iter(stream)
        assert next(output) == (1, b"ready\r\n")
        engine.send(execs.resize(exec_id, height=33, width=99))
        stream.write(b"\n")
        assert b"33 99" in b"".join(data for _number, data in output)


def test_attach_to_a_terminal_that_is_resized(engine: Engine, containers_made: Containers) -> None:
    made = containers_made(
        "sh", "-c", "read line; stty size; echo $line", start=False, Tty=True, OpenStdin=True, StdinOnce=True
    )
    with engine.hijack(container_processes.attach(made, stdin=True), tty=True) as stream:
        engine.send(containers.start(made))
        engine.send(container_processes.resize(made, height=44, width=111))
        stream.write(b"typed\n")
        output = b"".join(data for _number, data in stream)
    assert b"44 111\r\ntyped" in output
    assert containers_made.wait(made) == 0


def test_attach_for_what_was_written_before(engine: Engine, containers_made: Containers) -> None:
    made = containers_made("sh", "-c", "echo out; echo err >&2")
    containers_made.wait(made)
    with engine.hijack(container_processes.attach(made, logs=True, stream=False)) as stream:
        assert sorted(stream) == [(1, b"out\n"), (2, b"err\n")]


def test_logs_of_a_time_and_of_an_end(engine: Engine, containers_made: Containers) -> None:
    made = containers_made("sh", "-c", "echo 1; echo 2; echo 3")
    containers_made.wait(made)
    assert list(engine.frames(containers.logs(made, tail=1))) == [(1, b"3\n")]
    assert list(engine.frames(containers.logs(made, until=1))) == []
    stamped = list(engine.frames(containers.logs(made, tail="all", timestamps=True, since=1)))
    assert [data.partition(b" ")[2] for _number, data in stamped] == [b"1\n", b"2\n", b"3\n"]
    assert stamped[0][1][:2] == b"20"


def test_events_of_a_window(engine: Engine, containers_made: Containers) -> None:
    made = containers_made("true")
    containers_made.wait(made)
    wanted = {"container": [made], "event": ["create", "start", "die"]}
    events = list(engine.stream(system.events(since=1, until=int(time.time()) + 1, filters=wanted)))
    assert [one["Action"] for one in events] == ["create", "start", "die"]
    started = "%d.%09d" % divmod(events[1]["timeNano"], 10**9)
    until = engine.stream(system.events(since=1, until=started, filters=wanted))
    assert [one["Action"] for one in until] == ["create", "start"]


def test_events_as_they_happen(engine: Engine, containers_made: Containers) -> None:
    made = containers_made("sleep", "300")
    records = engine.stream(system.events(filters={"container": [made]}))
    engine.send(containers.kill(made))
    assert [next(records)["Action"] for _turn in range(2)] == ["kill", "die"]
    records.close()


def test_wait_until_it_is_removed(engine: Engine, containers_made: Containers) -> None:
    made = containers_made("sh", "-c", "exit 7", HostConfig={"AutoRemove": True, "NetworkMode": "none"}, start=False)
    # The head of the answer comes when the Engine has begun to wait, its body when it is over.
    answer = engine.chunks(containers.wait(made, "removed"))
    engine.send(containers.start(made))
    assert json.loads(b"".join(answer))["StatusCode"] == 7
    containers_made.made.remove(made)
