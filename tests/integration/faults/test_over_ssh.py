# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module's ssh connection dies at a request, in both ways over ssh (tasks.yml): nothing is lost without a word.

An Engine that breaks is the same whichever way leads to it (test_every_module.py), so what is tried here is what only
ssh can do. For each way there are two ansible-playbooks: one counts each task's requests, one cuts the connections.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ansible_collections.longshore.docker.tests.engines.proxy import Cut, Exchange, Fault, Proxy
from ansible_collections.longshore.docker.tests.engines.registry import Registry
from ansible_collections.longshore.docker.tests.engines.sshd import SOCKET, Node
from ansible_collections.longshore.docker.tests.integration.faults.test_every_module import ABOUT, TASKS
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import place
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import playbooks_in
from ansible_collections.longshore.docker.tests.integration.ssh.tasks import WAYS, left_behind

# A look at a container that is not there, which tells the proxy what comes next.
SIGN = "ls-sign"
_SIGN = re.compile(r"^GET /containers/%s-(\d+)/json$" % SIGN)
# Files of the node: they run there, and their connection to the Engine is not ssh's.
ON_THE_NODE = {"container_export", "image_build", "image_export", "image_load", "login"}


def options_of(module: str) -> dict[str, Any]:
    plan = TASKS[module]
    return {**plan["options"], **plan.get("over_ssh", {})}


MODULES = [one for one in sorted(TASKS) if place({PREFIX + one: options_of(one)}) == "controller"]


class Strike(NamedTuple):
    """The connections are cut at the n-th request of a task (0: at none), with `done` once the Engine has answered."""

    module: str
    at: int
    done: bool

    def __str__(self) -> str:
        return "%s, request %d%s: " % (self.module, self.at, " done" if self.done else "")


def strikes(module: str, requests: int, way: str) -> list[Strike]:
    """The first, the middle and the last request; what only reads has less to lose. What is tried before the Engine has
    a request in one way is tried after that in the other."""
    late = way == "sudo"
    wanted = [(1, False), (requests, late)]
    if not TASKS[module].get("reads"):
        wanted.append(((requests + 1) // 2, not late))
    return [Strike(module, *one) for one in dict.fromkeys(wanted)]


class Signed(Proxy):
    """Is told by signs which of the strikes comes next."""

    def __init__(self, target: str) -> None:
        super().__init__(target)
        self.node: Node | None = None
        self.plan: list[Strike] = []
        self.seen: list[list[str]] = []
        """The requests after each sign of the plan."""
        self.cut: dict[Strike, str] = {}
        """The requests at which connections were cut."""

    def _fault_for(self, request: str) -> Fault | None:
        sign = _SIGN.match(request)
        if sign:
            strike = self.plan[int(sign[1])]
            self.seen.append([])
            if strike.at:
                self.strike(1 + strike.at, self._cutting(strike))  # the sign itself is one
        elif self.seen:
            self.seen[-1].append(request)
        return super()._fault_for(request)

    def _cutting(self, strike: Strike) -> Fault:
        def cut(exchange: Exchange) -> None:
            if strike.done:
                exchange.forward()
            assert self.node is not None
            self.cut[strike] = exchange.request
            self.node.cut()
            raise Cut

        return cut


class Stage:
    """A node whose Engine is the proxy, and playbooks about it."""

    def __init__(self, node: Node, proxy: Signed, folder: Path, socket: str, registry: str) -> None:
        self.node, self.proxy, self._socket, self._registry, self._folder = node, proxy, socket, registry, folder
        self._playbooks = playbooks_in(folder, socket)
        self._playbooks.hostvars = node.variables
        proxy.node = node

    def counted(self, modules: list[str]) -> dict[str, int]:
        """How many requests each task makes when nothing is wrong."""
        self._play([Strike(module, 0, False) for module in modules])
        return {module: len(requests) for module, requests in zip(modules, self.proxy.seen, strict=True)}

    def struck(self, plan: list[Strike]) -> list[tuple[Strike, str]]:
        """What is wrong after each strike; empty where nothing is."""
        return [(strike, self._problem(strike, one)) for strike, one in zip(plan, self._play(plan), strict=True)]

    def _play(self, plan: list[Strike]) -> list[dict[str, dict[str, Any]]]:
        """The results of each strike's tasks, by what they are for."""
        self.proxy.plan, self.proxy.seen = plan, []
        tasks: list[dict[str, Any]] = []
        names: list[tuple[int, str]] = []
        for number, strike in enumerate(plan):
            for name, task in self._tasks(number, strike):
                tasks.append(task)
                names.append((number, name))
        run = self._playbooks.run(tasks, "auto", ignore_unreachable=True)
        assert len(run.results) == len(tasks), run.output[-4000:]
        found: list[dict[str, dict[str, Any]]] = [{} for _strike in plan]
        for (number, name), result in zip(names, run.results, strict=True):
            assert name != "aside" or not result["failed"], (plan[number], result)
            found[number][name] = result
        return found

    def _tasks(self, number: int, strike: Strike) -> Iterator[tuple[str, dict[str, Any]]]:
        """All tasks of a strike, by what they are for."""
        folder = self._folder / "-".join(map(str, strike))
        folder.mkdir()
        text = json.dumps(TASKS[strike.module]).replace("@FOLDER@", str(folder)).replace("@REGISTRY@", self._registry)
        stage = json.loads(text)
        for name, content in stage.get("files", {}).items():
            (folder / name).write_text(content)
        task = {PREFIX + strike.module: {**stage["options"], **stage.get("over_ssh", {})}}
        yield from (("aside", self._aside(one)) for one in stage.get("before", ()))
        yield "aside", {PREFIX + "container_info": {"name": "%s-%d" % (SIGN, number)}}
        yield "task", task
        if strike.at and not stage.get("reads"):
            yield "again", task
        yield from (("aside", self._aside(one)) for one in stage.get("after", ()))

    def _aside(self, task: dict[str, Any]) -> dict[str, Any]:
        """What prepares, or cleans up: not over ssh, and not by the proxy."""
        ((module, options),) = task.items()
        words = {PREFIX + module: {**options, "docker_host": "unix://" + self._socket}}
        return {**words, "delegate_to": "localhost", "become": False}

    def _problem(self, strike: Strike, results: dict[str, dict[str, Any]]) -> str:
        request = self.proxy.cut.get(strike)
        if request is None:
            return "there was no such request"
        result, again = results["task"], results.get("again", {"failed": False})
        message = str(result.get("msg"))
        about = [one.replace("@REGISTRY@", self._registry) for one in TASKS[strike.module].get("about", ABOUT)]
        # The first request tells whether the way leads anywhere; the task has not begun.
        about += [SOCKET] if request == "GET /_ping" else []
        if "Traceback" in message + str(result.get("exception")):
            return "a traceback: %s" % result
        if result.get("unreachable"):
            return "%s: unreachable: %s" % (request, message)
        if result["failed"] and not any(one in message for one in about):
            return "%s: the message does not say what it is about: %s" % (request, message)
        if again["failed"] or again.get("unreachable"):
            return "%s: the next run failed: %s; after %s" % (request, again.get("msg"), message)
        return ""


@pytest.fixture(scope="session")
def problems(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    engine_socket: str,
    busybox_image: str,
    registry: Registry,
) -> Callable[[str], list[tuple[Strike, str]]]:
    """By the name of the way; of the modules that the selected tests are about."""
    selected = {item.callspec.params.get("module") for item in request.session.items if hasattr(item, "callspec")}
    modules = [one for one in MODULES if one in selected]

    @cache
    def of(way: str) -> list[tuple[Strike, str]]:
        proxy = Signed(engine_socket)
        with proxy, Node(proxy.socket, WAYS[way]) as node:
            stage = Stage(node, proxy, tmp_path_factory.mktemp("faults"), engine_socket, registry.address)
            counts = stage.counted(modules)
            found = stage.struck([one for module in modules for one in strikes(module, counts[module], way)])
            assert left_behind(node) == ""
        return found

    return of


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("way", list(WAYS))
def test_connections_are_cut(problems: Callable[[str], list[tuple[Strike, str]]], way: str, module: str) -> None:
    of_module = [(strike, problem) for strike, problem in problems(way) if strike.module == module]
    assert of_module
    assert [str(strike) + problem for strike, problem in of_module if problem] == []


def test_every_module_is_cut_off() -> None:
    assert sorted({*MODULES, *ON_THE_NODE}) == sorted(TASKS)
    assert not ON_THE_NODE & set(MODULES)
