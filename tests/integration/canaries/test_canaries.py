# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that tasks are given are in no output at -vvv, no result, diff or process list, and no file but their own."""

from __future__ import annotations

import base64
import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ansible_collections.longshore.docker.tests.engines.registry import USER, Registry
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import HOSTS, playbooks_in

# What no other test has, nor another run of this one: all processes of the machine are looked at.
CANARY = "canary-5e11c0de-%d" % os.getpid()
PASSWORD = "canary-ba11a57-%d" % os.getpid()
PREFIX = "longshore.docker."


class Watch(threading.Thread):
    """Looks at the arguments of all processes again and again, until it is closed. `seen` are those with a secret."""

    def __init__(self, *secrets: str) -> None:
        super().__init__(daemon=True)
        self._secrets = [one.encode() for one in secrets]
        self._over = threading.Event()
        self.seen: set[bytes] = set()
        self.rounds = 0

    def run(self) -> None:
        while not self._over.is_set():
            self.rounds += 1
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    words = path.read_bytes()
                except OSError:
                    continue
                if any(one in words for one in self._secrets):
                    self.seen.add(words)

    def close(self) -> None:
        self._over.set()
        self.join()


class Told(NamedTuple):
    """A task with secrets. `works`: whether it succeeds. `own` names the files that are there to hold the secret."""

    name: str
    task: dict[str, Any]
    secrets: tuple[str, ...]
    works: bool = True
    own: tuple[str, ...] = ()


def tasks(registry: str, folder: Path) -> list[Told]:
    """`folder` has a build context, `context`."""
    logged_in = {"registry_url": registry, "username": USER, "config_path": str(folder / "config.json")}
    encoded = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    wrong = {**logged_in, "password": CANARY}
    build = {"name": "ls-secret:1", "path": str(folder / "context"), "args": {"TOKEN": CANARY}, "rebuild": "always"}
    run = {"name": "ls-secret", "image": "longshore/busybox:1", "env": {"TOKEN": CANARY}, "force_kill": True}
    file: dict[str, Any] = {"container": "ls-secret", "container_path": "/secret", "content": CANARY}
    file.update(mode="0600", owner_id=0, group_id=0)
    return [
        Told("wrong password", {PREFIX + "login": wrong}, (CANARY,), works=False),
        Told("right password", {PREFIX + "login": {**logged_in, "password": PASSWORD}}, (PASSWORD, encoded),
             own=("config.json",)),
        Told("build argument", {PREFIX + "image_build": build}, (CANARY,)),
        Told("task that is no_log", {PREFIX + "container": run, "no_log": True}, (CANARY,)),
        Told("content of a file", {PREFIX + "container_copy_into": file, "diff": False}, (CANARY,)),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def secret_registry(engine_socket: str) -> Iterator[Registry]:
    with Registry(engine_socket, 5004, PASSWORD) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    context = tmp_path / "context"
    context.mkdir()
    # The first builder writes the arguments of a RUN into what it makes there, and not into what is built upon that.
    (context / "Dockerfile").write_text('FROM longshore/busybox:1\nARG TOKEN\nRUN test -n "$TOKEN"\nCMD true\n')
    return tmp_path


@pytest.fixture
def cleaned(engine_socket: str, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Removes what the tasks have made."""
    made = [{PREFIX + "container": {"name": "ls-secret", "state": "absent", "force_kill": True}},
            {PREFIX + "image_remove": {"name": "ls-secret:1", "force": True}}]  # fmt: skip
    yield lambda _host: None
    playbooks_in(tmp_path / "cleaning", engine_socket).run(made, "controller")


@pytest.mark.parametrize("host", HOSTS)
def test_no_secret_is_seen(
    host: str, folder: Path, cleaned: Any, engine_socket: str, busybox_image: str, secret_registry: Registry
) -> None:
    place = folder / "run"
    told = tasks(secret_registry.address, folder)
    secrets = {secret for one in told for secret in one.secrets}
    watch = Watch(*secrets)
    watch.start()
    try:
        run = playbooks_in(place, engine_socket).run(
            [{"name": one.name, **one.task} for one in told], host, ("-vvv", "--diff")
        )
    finally:
        watch.close()
    assert [one["failed"] for one in run.results] == [not one.works for one in told], run.results
    assert watch.rounds > 3
    found = ["the output has %s" % secret for secret in secrets if secret in run.output]
    for one, result in zip(told, run.results, strict=True):
        found += ["the result of %s has it" % one.name for secret in one.secrets if secret in json.dumps(result)]
    found += ["a process was called %r" % words for words in watch.seen]
    own = {name for one in told for name in one.own} | {"play.yml"}
    for path in [*folder.rglob("*"), *Path("/tmp").glob("ls-*/*")]:
        if path.is_file() and path.name not in own and not path.is_symlink():
            text = path.read_bytes()
            found += ["%s has it" % path for secret in secrets if secret.encode() in text]
    assert found == []
