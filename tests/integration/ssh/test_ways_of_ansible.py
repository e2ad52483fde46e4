# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a playbook may say about how tasks are run holds over ssh, on nodes without a Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.longshore.docker.tests.engines.proxy import Proxy
from ansible_collections.longshore.docker.tests.engines.sshd import PASSWORD, Kind, Node
from ansible_collections.longshore.docker.tests.integration.container.service import NEW, OLD, Service
from ansible_collections.longshore.docker.tests.integration.hosts.playbooks import Playbooks, Run
from ansible_collections.longshore.docker.tests.integration.ssh.tasks import LOOK, NAME, STILL, WAYS, left_behind

INSPECT = f"GET /containers/{STILL}/json"
MANY = ["node", "node1", "node2", "node3", "node4", "node5"]


def sound(run: Run, number: int) -> None:
    """There are so many results, and all say that nothing had to be changed."""
    wrong = [one for one in run.results if one["failed"] or one.get("unreachable") or one["changed"]]
    assert not wrong and len(run.results) == number, run.output


@pytest.fixture
def service(engine_socket: str) -> Iterator[Service]:
    made = Service(engine_socket, "ls-over-ssh")
    yield made
    made.close()


def test_a_loop_logs_in_once(node: Node, playbooks: Playbooks) -> None:
    before = node.logins()
    sound(playbooks.run([{**LOOK, "loop": list(range(30))}, LOOK], "auto"), 31)
    assert node.logins() - before == 1
    assert left_behind(node) == ""


def test_the_next_play_finds_the_connection(node: Node, playbooks: Playbooks) -> None:
    sound(playbooks.run([LOOK], "auto"), 1)
    before = node.logins()
    sound(playbooks.run([LOOK], "auto"), 1)
    assert node.logins() == before


def test_a_connection_that_is_gone_is_noticed(node: Node, playbooks: Playbooks) -> None:
    """Its forwarded socket may still be there."""
    sound(playbooks.run([LOOK], "auto"), 1)
    node.cut()
    sound(playbooks.run([LOOK], "auto"), 1)
    assert left_behind(node) == ""


def test_delegation_in_both_directions(watched: Node, proxy: Proxy, playbooks: Playbooks) -> None:
    """From this machine to the node, and from the node to this machine, in one loop too."""
    playbooks.others = {"here": {"ansible_connection": "local"}}
    there = {**LOOK, "delegate_to": "node"}
    both = {**LOOK, "delegate_to": "{{ item }}", "loop": ["node", "here", "localhost", "node"]}
    sound(playbooks.run([there, both], "auto", hosts="here"), 5)
    assert proxy.requests.count(INSPECT) == 3
    sound(playbooks.run([{**LOOK, "delegate_to": "here"}, LOOK], "auto"), 2)
    assert proxy.requests.count(INSPECT) == 4


def test_delegation_from_node_to_node(
    way: Kind, nodes: Callable[[Kind], Node], watched: Node, proxy: Proxy, playbooks: Playbooks
) -> None:
    playbooks.others = {"other": nodes(WAYS["sudo" if way == WAYS["forwarded"] else "forwarded"]).variables}
    loop = {**LOOK, "delegate_to": "{{ item }}", "loop": ["node", "other", "node"]}
    sound(playbooks.run([{**LOOK, "delegate_to": "node"}, loop], "auto", hosts="other"), 4)
    assert proxy.requests.count(INSPECT) == 3


def test_run_once(watched: Node, proxy: Proxy, playbooks: Playbooks) -> None:
    playbooks.others = dict.fromkeys(MANY[1:], watched.variables)
    sound(playbooks.run([{**LOOK, "run_once": True}], "auto", hosts="all"), 1)
    assert proxy.requests.count(INSPECT) == 1


@pytest.mark.parametrize("strategy", ["linear", "free", "host_pinned"])
def test_strategies(node: Node, playbooks: Playbooks, strategy: str) -> None:
    playbooks.others = dict.fromkeys(MANY[1:], node.variables)
    loop = {**LOOK, "loop": [1, 2, 3]}
    run = playbooks.run([LOOK, loop], "auto", ("--forks", "6"), hosts="all", strategy=strategy)
    sound(run, 4 * len(MANY))
    assert left_behind(node) == ""


def test_more_names_than_sessions(node: Node, playbooks: Playbooks) -> None:
    """All share one connection, on which sshd allows ten sessions."""
    playbooks.others = {"node%d" % number: node.variables for number in range(14)}
    sound(playbooks.run([LOOK, LOOK], "auto", ("--forks", "15"), hosts="all"), 30)
    assert left_behind(node) == ""


def test_without_a_connection_to_share(way: Kind, nodes: Callable[[Kind], Node], playbooks: Playbooks) -> None:
    """Nothing is left running that would hold one open."""
    node = nodes(replace(way, cli=True))
    playbooks.hostvars = {**node.variables, "ansible_ssh_args": "-o ControlMaster=no -o ControlPath=none"}
    sound(playbooks.run([LOOK, {**LOOK, "loop": [1, 2]}, LOOK], "auto"), 4)
    assert left_behind(node) == ""


@pytest.mark.parametrize("words", [{"serial": 1}, {"serial": ["20%", "100%"]}, {"throttle": 1}], ids=str)
def test_serial_and_throttle(node: Node, playbooks: Playbooks, words: dict[str, Any]) -> None:
    playbooks.others = dict.fromkeys(MANY[1:], node.variables)
    sound(playbooks.run([LOOK, LOOK], "auto", ("--forks", "6"), hosts="all", **words), 2 * len(MANY))


def test_limit_and_another_run(watched: Node, proxy: Proxy, playbooks: Playbooks) -> None:
    playbooks.others = dict.fromkeys(MANY[1:], watched.variables)
    sound(playbooks.run([LOOK], "auto", ("--limit", "node2"), hosts="all"), 1)
    sound(playbooks.run([LOOK], "auto", ("--limit", "all,!node2"), hosts="all"), len(MANY) - 1)
    assert proxy.requests.count(INSPECT) == len(MANY)


def test_until(node: Node, playbooks: Playbooks, service: Service) -> None:
    """The first attempt makes it, the second finds it made."""
    again = {"until": "made is not changed", "register": "made", "retries": 3, "delay": 0}
    run = playbooks.run([{NAME: {"name": service.name, **OLD}, **again}], "auto")
    assert run.results[-1]["attempts"] == 2 and not run.results[-1]["changed"], run.output


def test_check_mode_and_diff(node: Node, playbooks: Playbooks, service: Service) -> None:
    before = service.begin(OLD)
    task = {NAME: {"name": service.name, **NEW}}
    foretold = playbooks.run([task], "auto", ("--check", "--diff")).results[0]
    assert service.there()["Id"] == before["Id"]
    made = playbooks.run([task], "auto", ("--diff",)).results[0]
    assert foretold["changed"] and made["changed"] and foretold["diff"] == made["diff"]
    assert service.release() == "2"


def test_reset_connection(node: Node, playbooks: Playbooks) -> None:
    before = node.logins()
    reset = {"ansible.builtin.meta": "reset_connection"}
    sound(playbooks.run([LOOK, reset, LOOK, {**LOOK, "loop": [1, 2]}, reset, LOOK], "auto"), 5)
    assert node.logins() - before == 3
    assert left_behind(node) == ""


def test_variables_of_the_environment(node: Node, playbooks: Playbooks) -> None:
    """The task's count; those of ansible-playbook itself are about another machine."""
    nowhere = {"DOCKER_HOST": "unix:///nowhere/controller.sock"}
    sound(playbooks.run([LOOK], "auto", env=nowhere), 1)
    run = playbooks.run([{**LOOK, "environment": {"DOCKER_HOST": "unix:///nowhere/node.sock"}}], "auto")
    assert run.results[0]["failed"] and "/nowhere/node.sock" in run.output, run.output


def test_secrets_are_not_shown(playbooks: Playbooks, nodes: Callable[[Kind], Node]) -> None:
    node = nodes(Kind(opens=False, cli=True, become="sudo", asks=True))
    playbooks.hostvars = node.variables
    run = playbooks.run([LOOK, {**LOOK, "loop": [1, 2]}], "auto", ("-vvvvv",))
    sound(run, 3)
    assert PASSWORD not in run.output
    assert left_behind(node) == ""
