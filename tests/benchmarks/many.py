# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fifty containers created, unchanged, changed and removed: one task of `containers`, a loop of `container`, and
`docker compose` with the same containers, in one run.

Figures are seconds of the task, or of the command, medians of rounds that take turns.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from ansible_collections.longshore.docker.tests.benchmarks.playbook import Playbooks
from ansible_collections.longshore.docker.tests.engines.cli import docker_cli, program
from ansible_collections.longshore.docker.tests.engines.engine import PrivateEngine
from ansible_collections.longshore.docker.tests.engines.image import import_busybox

COUNT = 50
ROUNDS = 3
IMAGE = "longshore/busybox:1"
# Ends by the signal at once, so that removal measures the tools and not a process that does not listen.
COMMAND = ["sh", "-c", "trap 'exit 0' TERM; while true; do sleep 1000 & wait; done"]
PHASES = ("create", "nothing", "change", "remove")
LIMITS = {"create": 1.1, "nothing": 2.0, "change": 1.1, "remove": 1.1}


def options(release: str) -> dict[str, Any]:
    return {"image": IMAGE, "command": COMMAND, "env": {"RELEASE": release}}


def containers(release: str) -> dict[str, Any]:
    listed = [{"name": "many-%02d" % number} for number in range(COUNT)]
    return {"project": "many", "purge": True, "defaults": options(release), "containers": listed}


def play() -> list[dict[str, Any]]:
    """One round of the task for many, and one of the loop."""
    many, one = "longshore.docker.containers", "longshore.docker.container"
    looped = {"name": "loop-{{ item }}"}
    items = list(range(COUNT))
    gone: dict[str, Any] = {"project": "many", "purge": True, "containers": []}
    tasks: list[dict[str, Any]] = [
        {"name": "containers create", many: containers("1")},
        {"name": "containers nothing", many: containers("1")},
        {"name": "containers change", many: containers("2")},
        {"name": "containers remove", many: gone},
        {"name": "loop create", one: {**looped, **options("1")}, "loop": items},
        {"name": "loop nothing", one: {**looped, **options("1")}, "loop": items},
        {"name": "loop remove", one: {**looped, "state": "absent"}, "loop": items},
    ]
    return [{"hosts": "node", "tasks": tasks}]


class Compose:
    """`docker compose` with the same containers."""

    def __init__(self, socket: str, folder: Path) -> None:
        self._environment = docker_cli()
        self._file = folder / "compose.json"
        self._command = [*program(Path(socket), self._environment), "compose", "-p", "composed", "-f", str(self._file)]

    def run(self, release: str, *words: str) -> float:
        """Seconds."""
        entry = {
            "image": IMAGE,
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


def measure(socket: str, folder: Path) -> dict[str, list[float]]:
    compose = Compose(socket, folder)
    playbooks = Playbooks(folder, {"node": {"ansible_connection": "local"}}, {"DOCKER_HOST": "unix://" + socket})
    found: dict[str, list[float]] = {}
    for _round in range(ROUNDS):
        seconds = {name: values[0] for name, values in playbooks.run(play()).tasks.items()}
        for name, value in {**seconds, **compose.round()}.items():
            found.setdefault(name, []).append(value)
    return found


def main() -> int:
    engine = PrivateEngine()
    try:
        import_busybox(engine.socket)
        with tempfile.TemporaryDirectory() as folder:
            found = measure(engine.socket, Path(folder))
    finally:
        engine.close()
    print("%-22s %10s %10s %10s" % ("s for %d containers" % COUNT, "median", "least", "most"))
    for name, seconds in found.items():
        print("%-22s %10.2f %10.2f %10.2f" % (name, statistics.median(seconds), min(seconds), max(seconds)))
    for phase in PHASES:
        ratio = statistics.median(found["containers " + phase]) / statistics.median(found["compose " + phase])
        print("containers against compose, %-8s %.2f (limit %.1f)" % (phase, ratio, LIMITS[phase]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
