# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection dies in the middle of something, or the node is started anew: nothing is lost, nothing runs twice."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api.container_files import archive_info
from ansible_collections.longshore.docker.tests.engines.proxy import Cut, Exchange, Proxy
from ansible_collections.longshore.docker.tests.engines.sshd import Kind, Node
from ansible_collections.longshore.docker.tests.integration.container.service import NEW, OLD, Service
from ansible_collections.longshore.docker.tests.integration.hosts.playbooks import Playbooks
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX
from ansible_collections.longshore.docker.tests.integration.ssh.tasks import LOOK, NAME, left_behind

CREATE = "POST /containers/create"


@pytest.fixture
def service(engine_socket: str) -> Iterator[Service]:
    made = Service(engine_socket, "ls-cut")
    yield made
    made.close()


def writes(proxy: Proxy) -> list[str]:
    return [one for one in proxy.requests if not one.startswith(("GET", "HEAD"))]


def cutting(node: Node, done: bool) -> Callable[[Exchange], None]:
    """End the connections at a request, before the Engine has it or after it has answered."""

    def cut(exchange: Exchange) -> None:
        if done:
            exchange.forward()
        node.cut()
        raise Cut

    return cut


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
def test_in_a_create(watched: Node, proxy: Proxy, playbooks: Playbooks, service: Service, done: bool) -> None:
    proxy.strike(CREATE, cutting(watched, done))
    task = {NAME: {"name": service.name, **OLD}}
    run = playbooks.run([task], "auto")
    assert proxy.struck == CREATE and writes(proxy) == [CREATE], run.output
    (result,) = run.results
    assert result["failed"] and service.name in result["msg"] and "/docker.sock" in result["msg"], run.output
    assert "Traceback" not in run.output
    assert (service.look() is not None) is done
    assert not playbooks.run([task], "auto").results[0]["failed"]
    assert service.release() == "1"
    assert left_behind(watched) == ""


# What runs afterwards: the old one is put back where that is possible, else the next run clears up.
@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", [r"POST .*/rename", CREATE, r"POST .*/stop", r"POST .*/start", "DELETE"])
def test_in_a_replacement(
    watched: Node, proxy: Proxy, playbooks: Playbooks, service: Service, at: str, done: bool
) -> None:
    service.begin(OLD)
    proxy.strike(at, cutting(watched, done))
    task = {NAME: {"name": service.name, **NEW}}
    run = playbooks.run([task], "auto")
    assert proxy.struck, run.output
    assert writes(proxy).count(CREATE) <= 1 + ("create" in at), run.output
    assert "Traceback" not in run.output
    there = [service.look(), service.look(service.aside)]
    assert any(one and one["State"]["Running"] for one in there), (run.output, there)
    again = playbooks.run([task], "auto").results[0]
    assert not again["failed"], again
    assert service.release() == "2"
    assert left_behind(watched) == ""


def test_in_a_stream(watched: Node, proxy: Proxy, playbooks: Playbooks, service: Service) -> None:
    """While the task waits for a job. It goes on, and nothing starts it a second time."""
    proxy.strike(r"POST .*/wait", cutting(watched, False))
    job: dict[str, Any] = {**OLD, "name": service.name, "command": ["sleep", "1000"], "detach": False}
    run = playbooks.run([{NAME: job}], "auto")
    assert proxy.struck and writes(proxy).count(CREATE) == 1, run.output
    (result,) = run.results
    assert result["failed"] and service.name in result["msg"] and "/docker.sock" in result["msg"], run.output
    assert left_behind(watched) == ""


def test_in_a_command(node: Node, playbooks: Playbooks, service: Service) -> None:
    """It goes on without us. Half of its output is no success, whether or not it has ended by the time it is asked."""
    service.begin(OLD)
    for sign, seconds in (("/short", 0.1), ("/long", 4)):
        script = "echo half; sleep 0.5; touch %s; sleep %g; echo whole" % (sign, seconds)
        task = {PREFIX + "exec": {"container": service.name, "argv": ["sh", "-c", script]}}
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(playbooks.run, [task], "auto")
            while not running.done() and service.engine.head(archive_info(service.name, sign)) is None:
                time.sleep(0.02)
            node.cut()
            run = running.result()
        (result,) = run.results
        assert result["failed"] and "rc" not in result, run.output
        assert "connection was lost while the command ran" in result["msg"], run.output
        assert result["stdout"] == "half" and result["changed"], run.output
    assert left_behind(node) == ""


def test_while_it_only_looks(watched: Node, proxy: Proxy, playbooks: Playbooks) -> None:
    """Nothing was changed yet, so it may be asked again; what comes out is a result or a clear failure."""
    proxy.strike("GET /containers/ls-still/json", cutting(watched, False))
    run = playbooks.run([LOOK, LOOK], "auto")
    first, second = run.results
    assert not first["failed"] or "/docker.sock" in first["msg"], run.output
    assert not second["failed"] and not second["changed"], run.output
    assert left_behind(watched) == ""


@pytest.mark.parametrize("become", ["", "sudo"])
def test_the_node_is_started_anew(engine_socket: str, playbooks: Playbooks, tmp_path: Path, become: str) -> None:
    """wait_for_connection needs a Python. Then the tasks go on over a new connection."""
    for name in ("down", "up"):
        os.mkfifo(tmp_path / name)
    with Node(engine_socket, Kind(opens=not become, cli=bool(become), become=become, python=True)) as node:

        def reboot() -> None:
            (tmp_path / "down").read_text()
            node.stop()
            node.start()
            (tmp_path / "up").write_text("up")

        playbooks.hostvars = node.variables
        words = f"echo down > {tmp_path}/down; cat {tmp_path}/up"
        play = [LOOK, {"ansible.builtin.shell": words, "delegate_to": "localhost", "become": False}]
        play += [{"ansible.builtin.wait_for_connection": {"sleep": 1}}, {**LOOK, "loop": [1, 2]}]
        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(reboot)
            run = playbooks.run(play, "auto", ("-vvv",))
            done.result()
        assert [one["failed"] for one in run.results] == [False] * 5, run.output
        assert "longshore.docker runs on the target" not in run.output
        assert left_behind(node) == ""
