# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds that need more than a folder: private images, files that fail while they are sent, somebody who watches."""

from __future__ import annotations

import base64
import json
import os
import socket as sockets
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import image_transfer
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.credentials import encode_auth
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.plugins.modules.image_build import TASK
from ansible_collections.longshore.docker.tests.engines.registry import Registry
from ansible_collections.longshore.docker.tests.integration.container.service import run
from ansible_collections.longshore.docker.tests.integration.examples.plain import ask

NAME = "ls-built"
BUILDERS = ("classic", "buildkit")


class Builds:
    """Builds of a folder, under one name."""

    def __init__(self, socket: str, folder: Path) -> None:
        self.socket, self.folder = socket, folder

    def run(self, dockerfile: str, **options: Any) -> dict[str, Any]:
        (self.folder / "Dockerfile").write_text(dockerfile)
        return run(self.socket, {"name": NAME, "path": str(self.folder), "timeout": 60, **options}, task=TASK)

    def remove(self, *names: str) -> None:
        for name in names:
            if json.loads(ask(self.socket, "GET", "/images/json", filters=json.dumps({"reference": [name]}))):
                ask(self.socket, "DELETE", "/images/%s" % name, force="true")


@pytest.fixture
def builds(engine_socket: str, busybox_image: str, tmp_path: Path) -> Iterator[Builds]:
    folder = tmp_path / "context"
    folder.mkdir()
    made = Builds(engine_socket, folder)
    yield made
    made.remove(NAME)


@pytest.fixture
def private_image(builds: Builds, login_registry: Registry, busybox_image: str) -> Iterator[str]:
    """An image that only a registry has, which wants to know by whom it is asked."""
    name = "%s/longshore/private" % login_registry.address
    auth = encode_auth({"username": login_registry.user, "password": login_registry.password})
    ask(builds.socket, "POST", "/images/%s/tag" % busybox_image, repo=name, tag="1")
    with open_engine({"docker_host": "unix://" + builds.socket}, {}) as engine:
        list(engine.stream(image_transfer.push(name, "1", registry_auth=auth)))
    builds.remove(name + ":1")
    yield name + ":1"
    builds.remove(name + ":1")


def log_in(folder: Path, registry: Registry, password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    auth = base64.b64encode(f"{registry.user}:{password}".encode()).decode()
    (folder / "config.json").write_text(json.dumps({"auths": {registry.address: {"auth": auth}}}))
    monkeypatch.setenv("DOCKER_CONFIG", str(folder))


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_private_image_is_found_with_the_credentials_of_the_user(
    builds: Builds,
    private_image: str,
    login_registry: Registry,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    builder: str,
) -> None:
    log_in(tmp_path / "config", login_registry, login_registry.password, monkeypatch)
    result = builds.run("FROM %s\nLABEL is=built" % private_image, builder=builder)
    assert (result["changed"], result["image"]["Config"]["Labels"]) == (True, {"is": "built"})
    assert login_registry.password not in json.dumps(result)


@pytest.mark.parametrize("builder", BUILDERS)
def test_wrong_credentials(
    builds: Builds,
    private_image: str,
    login_registry: Registry,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    builder: str,
) -> None:
    log_in(tmp_path / "config", login_registry, "canary", monkeypatch)
    result = builds.run("FROM %s\nLABEL is=built" % private_image, builder=builder)
    assert result["failed"] and not result["changed"]
    assert private_image.partition("/")[0] in result["msg"]
    assert "canary" not in json.dumps(result)


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_file_that_becomes_shorter_while_it_is_sent(
    builds: Builds, monkeypatch: pytest.MonkeyPatch, builder: str
) -> None:
    file = builds.folder / "file"
    file.write_bytes(bytes(3_000_000))
    report = Engine.report

    def shorten(engine: Engine, doing: str, record: dict[str, Any]) -> None:
        if record.get("progressDetail"):
            os.truncate(file, 100)
        report(engine, doing, record)

    monkeypatch.setattr(Engine, "report", shorten)
    result = builds.run("FROM longshore/busybox:1\nCOPY file /", builder=builder)
    assert result["failed"] and not result["changed"]
    assert "building image ls-built:latest: %s became shorter while it was read" % file in result["msg"]


@pytest.mark.parametrize("builder", BUILDERS)
def test_who_watches_sees_bytes_and_steps(builds: Builds, monkeypatch: pytest.MonkeyPatch, builder: str) -> None:
    seen: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(Engine, "report", lambda _engine, doing, record: seen.append((doing, record)))
    (builds.folder / "file").write_bytes(os.urandom(300_000))
    builds.run("FROM longshore/busybox:1\nCOPY file /", builder=builder)
    assert {doing for doing, _record in seen} == {"building image ls-built:latest"}
    sent = [record["progressDetail"]["current"] for _doing, record in seen if "progressDetail" in record]
    assert sent == sorted(sent)
    assert sent[-1] > 300_000
    assert any("COPY file /" in record.get("stream", "") for _doing, record in seen)


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_large_context_is_never_in_memory(builds: Builds, builder: str) -> None:
    with (builds.folder / "file").open("wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    try:
        result = builds.run("FROM longshore/busybox:1\nLABEL is=large", builder=builder, rebuild="changed")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert result["changed"]


def test_the_log_of_a_failed_build_is_returned(builds: Builds) -> None:
    result = builds.run("FROM longshore/busybox:1\nRUN echo before; false")
    assert result["stdout_lines"][0] == "Step 1/2 : FROM longshore/busybox:1"
    assert "before" in result["stdout_lines"]
    assert result["stderr"] == result["stdout"]


def test_proxies_of_the_user_are_build_arguments(
    builds: Builds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"proxies": {"default": {"httpProxy": "http://u:canary@p:3128"}}}))
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    result = builds.run("FROM longshore/busybox:1\nRUN test ${#http_proxy} = 22 -a ${#HTTP_PROXY} = 22")
    assert not result.get("failed"), result
    history = ask(builds.socket, "GET", "/images/%s/history" % NAME)
    assert "canary" not in history + json.dumps(result)


def test_pipes_and_sockets_are_left_out(builds: Builds) -> None:
    os.mkfifo(builds.folder / "pipe")
    with sockets.socket(sockets.AF_UNIX) as made:
        made.bind(str(builds.folder / "socket"))
    result = builds.run("FROM longshore/busybox:1\nCOPY . /all\nRUN test ! -e /all/pipe -a ! -e /all/socket")
    assert not result.get("failed"), result
