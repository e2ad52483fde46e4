# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""At each request of a task, in turn, something breaks: nothing is lost, and running the task again is all it takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.resource.container import replacement
from ansible_collections.longshore.docker.tests.engines import proxy as faults
from ansible_collections.longshore.docker.tests.engines.engine import PrivateEngine
from ansible_collections.longshore.docker.tests.engines.image import import_busybox
from ansible_collections.longshore.docker.tests.engines.proxy import Cut, Exchange, Fault, Proxy
from ansible_collections.longshore.docker.tests.engines.releases import private_engine
from ansible_collections.longshore.docker.tests.integration.container.service import NEW, OLD, Service
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import playbooks_in

NETWORKS = ("ls-faults-a", "ls-faults-b")
ABSENT = {"state": "absent"}
LANES = 4


class Operation(NamedTuple):
    """What is there, and the task: `keeps` says whether the container may not be gone for a moment of failure."""

    start: dict[str, Any]
    task: dict[str, Any]
    keeps: bool


IN_ONE = {**OLD, "memory": "64m", "networks": [{"name": NETWORKS[0], "aliases": ["one"]}]}
IN_TWO = {**IN_ONE, "memory": "32m", "networks": [{"name": NETWORKS[0], "aliases": ["two"]}, {"name": NETWORKS[1]}]}
OPERATIONS = {
    "create": Operation(ABSENT, OLD, False),
    "update": Operation(IN_ONE, IN_TWO, True),
    "replace": Operation(OLD, NEW, True),
    "remove": Operation(OLD, ABSENT, False),
}
FAULTS: dict[str, Fault] = {
    "cut before": faults.cut_before,
    "cut after": faults.cut_after,
    "500": faults.refused(500),
    "truncated": faults.truncated,
    "garbage": faults.garbage,
    "another shape": faults.another_shape,
}


@pytest.fixture(autouse=True)
def _short_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replacement, "_PROOF_SECONDS", 0.1)


@pytest.fixture
def lanes(services: Callable[[str], Service]) -> list[Service]:
    """Several services, for several rounds at the same time."""
    made = [services("ls-lane-%d" % number) for number in range(LANES)]
    for name in NETWORKS:
        if made[0].engine.get(Call("GET", "/networks/" + name)) is None:
            made[0].engine.send(Call("POST", "/networks/create", body={"Name": name}))
    return made


def each_request(lanes: list[Service], operation: Operation, round_: Callable[[Service, Proxy, int], str]) -> None:
    """Make a round for each request of the operation; a round gives back what is wrong, if anything."""
    with Proxy(lanes[0].socket) as proxy:
        lanes[0].run(operation.start)
        result = lanes[0].run(operation.task, by=proxy.socket)
        assert not result.get("failed") and result["changed"], result
        requests = list(proxy.requests)
    assert len(requests) >= 4

    def lane(number: int) -> list[str]:
        wrong = []
        with Proxy(lanes[number].socket) as proxy:
            for at in range(1 + number, len(requests) + 1, len(lanes)):
                lanes[number].remove()
                lanes[number].run(operation.start)
                found = round_(lanes[number], proxy, at)
                if found:
                    wrong.append("at %s: %s" % (requests[at - 1], found))
        return wrong

    with ThreadPoolExecutor(len(lanes)) as pool:
        assert [wrong for found in pool.map(lane, range(len(lanes))) for wrong in found] == []


def converges(service: Service, task: dict[str, Any]) -> str:
    """Run the task again, undisturbed. Afterwards all is as wanted, and nothing is left aside."""
    result = service.run(task)
    if result.get("failed"):
        return "the next run failed: %s" % result["msg"]
    if service.look(service.aside) is not None:
        return "the next run left %s" % service.aside
    again = service.run(task)
    if again.get("failed") or again["changed"]:
        return "the run after that was %s" % again
    if task.get("state") == "absent":
        return "" if service.look() is None else "it is still there"
    state = service.there()["State"]
    return "" if state["Running"] else "it does not run: %s" % state


@pytest.mark.parametrize("kind", list(FAULTS))
@pytest.mark.parametrize("name", list(OPERATIONS))
def test_one_request_fails(lanes: list[Service], name: str, kind: str) -> None:
    operation = OPERATIONS[name]

    def round_(service: Service, proxy: Proxy, at: int) -> str:
        before = service.look()
        proxy.strike(at, FAULTS[kind])
        result = service.run(operation.task, by=proxy.socket)
        if proxy.struck is None:
            return "nothing was struck"
        message = result.get("msg", "")
        if result.get("failed") and service.name not in message and str(operation.task["image"]) not in message:
            return "the message does not say what this is about: %s" % message
        if kind == "500" and result.get("failed") and "the proxy says no" not in message:
            return "the message does not have the Engine's words: %s" % message
        if operation.keeps:
            there = service.there()
            if not there["State"]["Running"]:
                return "it does not run after: %s" % message
            if "put back" in message and before is not None and there["Id"] != before["Id"]:
                return "it is not the old container, after: %s" % message
            if len(there["NetworkSettings"]["Networks"]) < len(operation.start.get("networks", [0])):
                return "it is not in its network, after: %s" % message
            if name == "replace" and service.look(service.aside) is not None:
                return "%s was left, after: %s" % (service.aside, message)
        return converges(service, operation.task)

    each_request(lanes, operation, round_)


@pytest.mark.parametrize("at", ["POST /containers/create", r"POST .*/start"])
def test_the_engine_is_silent(service: Service, proxy: Proxy, at: str) -> None:
    before = service.begin(OLD)
    proxy.strike(at, faults.silent)
    result = service.run({**NEW, "timeout": 1}, by=proxy.socket)
    assert result["failed"] and "silent for too long" in result["msg"] and "put back" in result["msg"], result
    assert service.release() == "1" and service.there()["Id"] == before["Id"]
    assert converges(service, NEW) == ""


@pytest.mark.parametrize("auto_remove", [False, True])
def test_a_stop_goes_on_when_its_answer_is_lost(service: Service, proxy: Proxy, auto_remove: bool) -> None:
    """The old container is started again when that stop has ended, and not for it to end."""
    slow = ["sh", "-c", "trap 'sleep 2; exit 0' TERM; while :; do sleep 0.1; done"]
    before = service.begin({**OLD, "command": slow, "stop_signal": "TERM", "auto_remove": auto_remove})
    stopping: list[threading.Thread] = []

    def begin(exchange: Exchange) -> None:
        stopping.append(threading.Thread(target=exchange.forward))
        stopping[0].start()
        time.sleep(0.3)
        raise Cut

    proxy.strike(r"POST .*/stop", begin)
    result = service.run(NEW, by=proxy.socket)
    stopping[0].join()
    time.sleep(0.3)
    assert result["failed"] and ("made again" if auto_remove else "put back") in result["msg"], result
    assert service.release() == "1" and (service.there()["Id"] == before["Id"]) is not auto_remove
    assert service.look(service.aside) is None
    assert converges(service, NEW) == ""


def as_a_process(service: Service, socket: str, task: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """Run the task in a process of its own, as the module on a managed node is one."""
    code = (
        "import json, sys; from ansible_collections.longshore.docker.tests.integration.container.service import run;"
        "print(json.dumps(run(*json.loads(sys.argv[1]))))"
    )
    arguments = json.dumps([socket, {"name": service.name, **task}])
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", code, arguments], env=environ, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("kill", [faults.kill_before, faults.kill_after], ids=["before", "after"])
def test_the_process_is_killed(lanes: list[Service], kill: Fault) -> None:
    def round_(service: Service, proxy: Proxy, at: int) -> str:
        proxy.strike(at, kill)
        done = as_a_process(service, proxy.socket, NEW)
        if done.returncode != -9:
            return "it was not killed: %s" % done
        serving = [one for one in (service.look(), service.look(service.aside)) if one and one["State"]["Running"]]
        if not serving and not proxy.struck:
            return "nothing runs"
        result = service.run(NEW)
        if result.get("failed"):
            return "the next run failed: %s" % result["msg"]
        return "" if service.release() == "2" else "the next run left the old one"

    each_request(lanes, OPERATIONS["replace"], round_)


# On the controller it is the worker that dies, on the target the module; ansible-playbook itself goes on.
@pytest.mark.parametrize("at", [r"POST .*/stop", r"POST .*/start"])
@pytest.mark.parametrize("host", ["controller", "target"])
def test_ansible_loses_its_process(service: Service, proxy: Proxy, tmp_path: Path, host: str, at: str) -> None:
    service.begin(OLD)
    proxy.strike(at, faults.kill_after)
    name = "longshore.docker.container"
    tasks = [{name: {"name": service.name, **OLD}}, {name: {"name": service.name, **NEW}}]
    run = playbooks_in(tmp_path, proxy.socket).run(tasks, host)
    assert proxy.struck, run.output
    assert [one["changed"] for one in run.results if not one.get("failed")] == [False], run.output
    result = service.run(NEW)
    assert not result.get("failed"), result
    assert service.release() == "2"
    if "start" not in at:
        assert service.look(service.aside) is None
        return
    # Nothing had to be done, so nothing was looked for; the next change clears up.
    assert not result["changed"] and service.look(service.aside) is not None
    assert converges(service, {**NEW, "memory": "32m"}) == ""


class Mortal(NamedTuple):
    """An Engine that may be killed. Its processes end with the thread that starts them, so that one has to stay."""

    engine: PrivateEngine
    thread: ThreadPoolExecutor


@pytest.fixture(scope="module")
def mortal() -> Iterator[Mortal]:
    made = private_engine()
    try:
        import_busybox(made.socket)
        with ThreadPoolExecutor(1) as thread:
            yield Mortal(made, thread)
            made.close()
    finally:
        made.close()


# Where the daemon dies, whether it had done what it was asked, and what runs afterwards.
@pytest.mark.parametrize(
    "at, done, release",
    [
        (r"POST .*/rename", True, "1"),
        ("POST /containers/create", False, "1"),
        ("POST /containers/create", True, "1"),
        (r"POST .*/stop", True, "1"),
        (r"POST .*/start", False, "1"),
        (r"POST .*/start", True, "1"),
        ("DELETE", False, "2"),
        ("DELETE", True, "2"),
    ],
)
def test_the_daemon_is_killed(mortal: Mortal, at: str, done: bool, release: str) -> None:
    """Its containers end with it. When it is back, the old one is started again, or the new one if it was good."""
    service = Service(mortal.engine.socket, "ls-mortal")
    before = service.begin(OLD)
    again: list[Future[None]] = []

    def kill(exchange: Exchange) -> None:
        if done:
            exchange.forward()
        mortal.thread.submit(mortal.engine.kill).result()
        again.append(mortal.thread.submit(mortal.engine.start_again))
        raise Cut

    with Proxy(mortal.engine.socket) as proxy:
        proxy.strike(at, kill)
        result = service.run(NEW, by=proxy.socket)
        again[0].result()
    service.engine.close()
    assert service.release() == release, result
    if release == "1":
        assert result["failed"] and "put back" in result["msg"], result
        assert service.there()["Id"] == before["Id"]
    else:
        assert not result.get("failed"), result
    assert service.look(service.aside) is None
    assert converges(service, NEW) == ""
    service.close()
