# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fifty containers created, unchanged, changed and removed: one task of `containers`, a loop of `container`, `docker
compose` with the same containers, and plain requests, several at a time, in one run.

Figures are seconds of the task, or of the command; rounds take turns. community.docker takes a minute for one round of
its loop, so it has one only; RIVAL_ROUNDS says otherwise.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ansible_collections.longshore.docker.tests.benchmarks.figures import LIMIT, OURS, RIVAL, Figure, Run, rounds
from ansible_collections.longshore.docker.tests.benchmarks.playbook import Playbooks
from ansible_collections.longshore.docker.tests.benchmarks.surroundings import COLLECTIONS, has_community, ran_on
from ansible_collections.longshore.docker.tests.benchmarks.table import columns
from ansible_collections.longshore.docker.tests.engines.cli import docker_cli, program
from ansible_collections.longshore.docker.tests.engines.engine import PrivateEngine
from ansible_collections.longshore.docker.tests.engines.image import BUSYBOX, UnixConnection, import_busybox
from ansible_collections.longshore.docker.tests.engines.packages import ensure_packages

COUNT = 50
AT_ONCE = 6
ROUNDS = 3
# Ends by the signal at once, so that removal measures the tools and not a process that does not listen.
COMMAND = ["sh", "-c", "trap 'exit 0' TERM; while true; do sleep 1000 & wait; done"]
PHASES = {"create": "created", "nothing": "unchanged", "change": "changed", "remove": "removed"}
WHO = (
    ("containers", "one task of containers", OURS),
    ("loop", "a loop of container", OURS),
    ("plain", "plain requests", LIMIT),
    ("compose", "docker compose", RIVAL),
    ("community", "a loop of community.docker", RIVAL),
)


def options(release: str) -> dict[str, Any]:
    return {"image": BUSYBOX, "command": COMMAND, "env": {"RELEASE": release}}


def containers(release: str) -> dict[str, Any]:
    listed = [{"name": "many-%02d" % number} for number in range(COUNT)]
    return {"project": "many", "purge": True, "defaults": options(release), "containers": listed}


def loop(name: str, module: str) -> list[dict[str, Any]]:
    """The four tasks of a module for one container."""
    phases = {
        "create": options("1"),
        "nothing": options("1"),
        "change": options("2"),
        "remove": {"state": "absent"},
    }
    named = {"name": name + "-{{ item }}"}
    items = list(range(COUNT))
    return [
        {"name": "%s %s" % (name, phase), module: {**named, **given}, "loop": items} for phase, given in phases.items()
    ]


def play() -> list[dict[str, Any]]:
    """One round of the task for many, and one of the loop."""
    many = "longshore.docker.containers"
    gone: dict[str, Any] = {"project": "many", "purge": True, "containers": []}
    tasks: list[dict[str, Any]] = [
        {"name": "containers create", many: containers("1")},
        {"name": "containers nothing", many: containers("1")},
        {"name": "containers change", many: containers("2")},
        {"name": "containers remove", many: gone},
    ]
    return [{"hosts": "node", "tasks": [*tasks, *loop("loop", "longshore.docker.container")]}]


class Compose:
    """`docker compose` with the same containers."""

    def __init__(self, socket: str, folder: Path) -> None:
        self._environment = docker_cli()
        self._file = folder / "compose.json"
        self._command = [*program(Path(socket), self._environment), "compose", "-p", "composed", "-f", str(self._file)]

    def run(self, release: str, *words: str) -> float:
        """Seconds."""
        entry = {
            "image": BUSYBOX,
            "command": [word.replace("$", "$$") for word in COMMAND],
            "environment": {"RELEASE": release},
            "network_mode": "bridge",
        }
        services = {"many-%02d" % number: entry for number in range(COUNT)}
        self._file.write_text(json.dumps({"services": services}))
        began = time.perf_counter()
        done = subprocess.run(
            [*self._command, *words], env=self._environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        return time.perf_counter() - began

    def round(self) -> dict[str, float]:
        up = ("up", "-d", "--quiet-pull")
        return {
            "compose create": self.run("1", *up),
            "compose nothing": self.run("1", *up),
            "compose change": self.run("2", *up),
            "compose remove": self.run("2", "down"),
        }


class Plain:
    """What any client has to ask for, without looking at the answers; several threads, each with a connection."""

    def __init__(self, socket: str) -> None:
        self._socket, self._own = socket, threading.local()

    def round(self) -> dict[str, float]:
        return {
            "plain create": self._timed(lambda name: self._create(name, "1")),
            "plain nothing": self._timed(lambda name: self._ask("GET", "/containers/%s/json" % name)),
            "plain change": self._timed(self._change),
            "plain remove": self._timed(self._remove),
        }

    def _timed(self, act: Any) -> float:
        began = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(act, ["plain-%02d" % number for number in range(COUNT)]))
        return time.perf_counter() - began

    def _create(self, name: str, release: str) -> None:
        document = {"Image": BUSYBOX, "Cmd": COMMAND, "Env": ["RELEASE=" + release]}
        self._ask("POST", "/containers/create?name=" + name, json.dumps(document))
        self._ask("POST", "/containers/%s/start" % name)

    def _remove(self, name: str) -> None:
        self._ask("POST", "/containers/%s/stop" % name)
        self._ask("DELETE", "/containers/%s" % name)

    def _change(self, name: str) -> None:
        self._remove(name)
        self._create(name, "2")

    def _ask(self, method: str, path: str, body: str | None = None) -> None:
        if not hasattr(self._own, "connection"):
            self._own.connection = UnixConnection(self._socket)
        connection: http.client.HTTPConnection = self._own.connection
        connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        said = answer.read()
        if answer.status >= 300:
            raise RuntimeError("%s %s: %s" % (method, path, said.decode()))


def seconds(socket: str, folder: Path) -> dict[str, list[float]]:
    """By the names of who does it and what, as in `loop`."""
    compose, plain = Compose(socket, folder), Plain(socket)
    environment = {"DOCKER_HOST": "unix://" + socket, "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS}
    playbooks = Playbooks(folder, {"node": {"ansible_connection": "local"}}, environment)
    found: dict[str, list[float]] = {}

    def add(measured: dict[str, float]) -> None:
        for name, value in measured.items():
            found.setdefault(name, []).append(value)

    for _round in range(rounds(ROUNDS)):
        add({name: values[0] for name, values in playbooks.run(play()).tasks.items()})
        add(compose.round())
        add(plain.round())
    theirs = [{"hosts": "node", "tasks": loop("community", "community.docker.docker_container")}]
    for _round in range(int(os.environ.get("RIVAL_ROUNDS", "1")) if has_community() else 0):
        add({name: values[0] for name, values in playbooks.run(theirs).tasks.items()})
    return found


def measure() -> Run:
    ensure_packages(["busybox-static"])
    engine = PrivateEngine()
    try:
        where = ran_on(engine.socket)
        import_busybox(engine.socket)
        with tempfile.TemporaryDirectory() as folder:
            found = seconds(engine.socket, Path(folder))
    finally:
        engine.close()
    figures = [
        Figure("%d containers %s" % (COUNT, words), who, "s", tuple(found["%s %s" % (name, phase)]), role)
        for phase, words in PHASES.items()
        for name, who, role in WHO
        if "%s %s" % (name, phase) in found
    ]
    return Run("Fifty containers", where, tuple(figures))


if __name__ == "__main__":
    sys.stdout.write(columns(measure()))
