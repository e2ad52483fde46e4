# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several who do the same with much data, in turns: how long it takes them, and how much memory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ansible_collections.longshore.docker.tests.benchmarks.figures import LIMIT, OURS, RIVAL, Figure, rounds
from ansible_collections.longshore.docker.tests.benchmarks.payload import Module, Taken, measured
from ansible_collections.longshore.docker.tests.benchmarks.playbook import Playbooks
from ansible_collections.longshore.docker.tests.benchmarks.surroundings import has_community, ran_on
from ansible_collections.longshore.docker.tests.engines.cli import docker_cli, program
from ansible_collections.longshore.docker.tests.engines.engine import PrivateEngine
from ansible_collections.longshore.docker.tests.engines.image import import_busybox
from ansible_collections.longshore.docker.tests.engines.packages import ensure_packages

ROUNDS = 3
CLI = "docker CLI"
MODULE, CONTROLLER, COMMUNITY = "module on the target", "task on the controller", "community.docker"


def size() -> int:
    """How much data, in MB; SIZE in the environment says otherwise."""
    return int(os.environ.get("SIZE") or 256)


class Contender(NamedTuple):
    """`run` does it once and says what its process took."""

    who: str
    run: Callable[[], Taken]
    role: str = RIVAL


class Arena:
    """A private Engine, the docker CLI, and a folder of /tmp."""

    def __init__(self, socket: str, folder: Path) -> None:
        self.socket, self.folder, self.ran_on = socket, folder, ran_on(socket)
        self.environment = {key: value for key, value in docker_cli().items() if key != "PYTHONPATH"}
        self.environment["DOCKER_HOST"] = "unix://" + socket
        self.cli = program(Path(socket), self.environment)
        self._playbooks = Playbooks(
            folder, {"node": {"ansible_connection": "local"}}, {"DOCKER_HOST": self.environment["DOCKER_HOST"]}
        )

    def docker(self, *words: str, **environment: str) -> Taken:
        """Run the docker CLI. Raises RuntimeError with its words."""
        return measured([*self.cli, *words], {**self.environment, **environment}, self.folder)

    def by_cli(self, *words: str, who: str = CLI, **environment: str) -> Contender:
        return Contender(who, lambda: self.docker(*words, **environment))

    def ours(self, module: str, arguments: Mapping[str, Any], changes: bool = True) -> list[Contender]:
        """A module of this collection: within Ansible's own process, and as the process that it is on a target. That
        it changes something, or does not, is looked at there."""
        name = "longshore.docker." + module
        return [
            Contender(CONTROLLER, lambda: self._on_the_controller(name, arguments), OURS),
            Contender(MODULE, self._module(name, arguments, changes), OURS),
        ]

    def _on_the_controller(self, name: str, arguments: Mapping[str, Any]) -> Taken:
        task = {"name": "it", name: dict(arguments), "vars": {"longshore_docker_run_on": "controller"}}
        cost = self._playbooks.run([{"hosts": "node", "tasks": [task]}])
        return Taken(cost.tasks["it"][0], cost.megabytes)

    def theirs(self, module: str, arguments: Mapping[str, Any], changes: bool = True) -> list[Contender]:
        """A module of community.docker, where that is there."""
        if not has_community():
            return []
        return [Contender(COMMUNITY, self._module("community.docker." + module, arguments, changes))]

    def _module(self, name: str, arguments: Mapping[str, Any], changes: bool) -> Callable[[], Taken]:
        module = Module(name, arguments, self.folder)
        return lambda: module.run(self.environment, changes)

    def compare(self, what: str, contenders: Sequence[Contender], prepare: Callable[[], object]) -> list[Figure]:
        """Time and memory of each; `prepare` goes before each turn and is not measured."""
        taken: dict[str, list[Taken]] = {one.who: [] for one in contenders}
        for _round in range(rounds(ROUNDS)):
            for one in contenders:
                prepare()
                taken[one.who].append(one.run())
        found = []
        for one in contenders:
            seconds = tuple(each.seconds for each in taken[one.who])
            found.append(Figure(what, one.who, "s", seconds, one.role))
        for one in sorted(contenders, key=lambda one: one.who == CONTROLLER):  # which is Ansible, most of it
            megabytes = tuple(each.megabytes for each in taken[one.who])
            found.append(Figure("memory at most, " + what, one.who, "MB", megabytes, one.role, plotted=False))
        return found

    def idle(self) -> list[Figure]:
        """The memory of who looks at something only."""
        name, what = "longshore.docker.host_info", "memory at most, a look at the Engine"
        module, turns = Module(name, {}, self.folder), range(rounds(ROUNDS))
        on_target = tuple(module.run(self.environment, changes=False).megabytes for _round in turns)
        on_controller = tuple(self._on_the_controller(name, {}).megabytes for _round in turns)
        return [
            Figure(what, MODULE, "MB", on_target, LIMIT, plotted=False),
            Figure(what, CONTROLLER, "MB", on_controller, LIMIT, plotted=False),
        ]


def random_file(path: Path, megabytes: int) -> None:
    """Content that nothing can compress."""
    with open(path, "wb") as stream:
        stream.writelines(os.urandom(1 << 20) for _part in range(megabytes))


@contextmanager
def arena() -> Iterator[Arena]:
    """One that ends with the block."""
    ensure_packages(["busybox-static"])
    engine = PrivateEngine()
    try:
        import_busybox(engine.socket)
        with tempfile.TemporaryDirectory(prefix="ls-bench-", dir="/tmp") as folder:
            yield Arena(engine.socket, Path(folder))
    finally:
        engine.close()
