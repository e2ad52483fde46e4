# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the node's Engine cannot be reached through ssh, the target host takes over, or a message says what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.tests.engines.sshd import PASSWORD, SOCKET, Kind, Node
from ansible_collections.longshore.docker.tests.integration.container.service import OLD
from ansible_collections.longshore.docker.tests.integration.hosts.playbooks import Playbooks, Run
from ansible_collections.longshore.docker.tests.integration.ssh.tasks import LOOK, NAME, STILL, WAYS, left_behind

ON_TARGET = "longshore.docker runs on the target: "
ON_CONTROLLER = "longshore.docker runs on the controller: "
# Ways that lead nowhere.
CLOSED = {
    "may not open the socket": Kind(opens=False),
    "may not open the socket, and the docker command is there": Kind(opens=False, cli=True),
    "forwarding is refused, and no docker command": Kind(forwarding=False),
    "sudo, and no docker command": Kind(opens=False, become="sudo"),
}


def failure(run: Run) -> str:
    """The message of the only task."""
    assert [one["failed"] for one in run.results] == [True], run.output
    assert "Traceback" not in run.output
    return str(run.results[0]["msg"])


def found(run: Run, number: int = 1) -> None:
    wrong = [one for one in run.results if one["failed"] or one.get("unreachable") or one["changed"]]
    assert not wrong and len(run.results) == number, run.output


@pytest.mark.parametrize("name", list(CLOSED))
def test_without_a_python_a_message_says_what_to_do(
    nodes: Callable[[Kind], Node], playbooks: Playbooks, name: str
) -> None:
    node = nodes(CLOSED[name])
    playbooks.hostvars = node.variables
    message = failure(playbooks.run([LOOK], "auto"))
    for word in ("127.0.0.1", SOCKET, "Python", "docker"):
        assert word in message, message
    assert left_behind(node) == ""


@pytest.mark.parametrize("name", [name for name, kind in CLOSED.items() if kind.opens or kind.become])
def test_the_target_takes_over(nodes: Callable[[Kind], Node], playbooks: Playbooks, name: str) -> None:
    """Once what is wrong is known, the rest of the play does not try it again."""
    node = nodes(replace(CLOSED[name], python=True))
    playbooks.hostvars = node.variables
    run = playbooks.run([LOOK, {**LOOK, "loop": [1, 2]}, LOOK], "auto", ("-v",))
    found(run, 4)
    assert ON_TARGET in run.output and ON_CONTROLLER not in run.output
    assert left_behind(node) == ""


def test_the_target_says_that_the_socket_is_closed(nodes: Callable[[Kind], Node], playbooks: Playbooks) -> None:
    playbooks.hostvars = nodes(Kind(opens=False, python=True)).variables
    message = failure(playbooks.run([LOOK], "auto"))
    assert SOCKET in message and "ermission" in message, message


@pytest.mark.parametrize("cli", [True, False])
def test_forwarding_refused(nodes: Callable[[Kind], Node], playbooks: Playbooks, cli: bool) -> None:
    """With the docker command the stream goes through that; without it the target takes over."""
    node = nodes(Kind(forwarding=False, cli=cli, python=not cli))
    playbooks.hostvars = node.variables
    run = playbooks.run([LOOK, {**LOOK, "loop": [1, 2]}], "auto", ("-vvv",))
    found(run, 3)
    assert (ON_CONTROLLER if cli else ON_TARGET) in run.output
    assert left_behind(node) == ""


@pytest.mark.parametrize("python", [False, True])
def test_no_engine(playbooks: Playbooks, python: bool) -> None:
    for kind in WAYS.values():
        with Node(None, replace(kind, python=python)) as node:
            playbooks.hostvars = node.variables
            message = failure(playbooks.run([LOOK], "auto"))
            assert SOCKET in message, message
            assert left_behind(node) == ""


@pytest.mark.parametrize("python", [False, True])
@pytest.mark.parametrize("given", [None, "wrong"])
def test_sudo_wants_a_password(
    nodes: Callable[[Kind], Node], playbooks: Playbooks, given: str | None, python: bool
) -> None:
    node = nodes(Kind(opens=False, cli=True, become="sudo", asks=True, python=python))
    playbooks.hostvars = {**node.variables, "ansible_become_password": given}
    if given is None:
        del playbooks.hostvars["ansible_become_password"]
    message = failure(playbooks.run([LOOK], "auto"))
    assert "password" in message.lower() and "sudo" in message, message
    assert PASSWORD not in message
    assert left_behind(node) == ""


@pytest.mark.parametrize("become", ["sudo", "su"])
def test_a_password_is_given(nodes: Callable[[Kind], Node], playbooks: Playbooks, become: str) -> None:
    node = nodes(Kind(opens=False, cli=True, become=become, asks=True))
    playbooks.hostvars = node.variables
    found(playbooks.run([LOOK, {**LOOK, "loop": [1, 2, 3]}], "auto"), 4)
    assert left_behind(node) == ""


@pytest.mark.parametrize("name", list(WAYS))
def test_one_session_a_connection(nodes: Callable[[Kind], Node], playbooks: Playbooks, name: str) -> None:
    """sshd's MaxSessions 1. A task that waits for a job uses two connections to the Engine at once."""
    node = nodes(replace(WAYS[name], sessions=1))
    playbooks.hostvars = node.variables
    job = {"name": "ls-job", **OLD, "command": ["true"], "detach": False, "cleanup": True, "output_logs": True}
    run = playbooks.run([LOOK, {NAME: job}, LOOK], "auto")
    assert [one["failed"] for one in run.results] == [False] * 3, run.output
    assert left_behind(node) == ""


# What concerns the managed node's files, or leads elsewhere, and the words that say so.
ELSEWHERE: dict[str, tuple[dict[str, Any], str]] = {
    "env_file": ({"env_file": "/etc/hosts"}, "env_file"),
    "home": ({"volumes": ["~/data:/data"]}, "volumes"),
    "dot": ({"volumes": ["./data:/data"]}, "volumes"),
    "tcp": ({"docker_host": "tcp://127.0.0.1:1"}, "docker_host"),
    "TLS": ({"docker_host": "tcp://127.0.0.1:1", "tls": True}, "docker_host"),
}


@pytest.mark.parametrize("name", list(ELSEWHERE))
def test_what_stays_on_the_node(nodes: Callable[[Kind], Node], playbooks: Playbooks, name: str) -> None:
    options, words = ELSEWHERE[name]
    playbooks.hostvars = nodes(Kind(python=True)).variables
    run = playbooks.run([{NAME: {"name": STILL, **OLD, **options}, "check_mode": True}], "auto", ("-vvv",))
    (line,) = [line for line in run.output.splitlines() if "longshore.docker runs on" in line]
    assert ON_TARGET in line and words in line


def test_async(nodes: Callable[[Kind], Node], playbooks: Playbooks) -> None:
    playbooks.hostvars = nodes(Kind(python=True)).variables
    run = playbooks.run([{**LOOK, "async": 30, "poll": 1}], "auto", ("-vvv",))
    assert ON_TARGET + "the task is async" in run.output
    assert not run.results[-1]["failed"] and run.results[-1]["changed"] is False


@pytest.mark.parametrize("name", list(WAYS))
def test_a_host_that_cannot_be_reached(playbooks: Playbooks, engine_socket: str, name: str) -> None:
    """Is unreachable, which is not the same as failed."""
    with Node(engine_socket, WAYS[name]) as node:
        playbooks.hostvars = node.variables
        node.stop()
        run = playbooks.run([{**LOOK, "ignore_unreachable": True}, {"ansible.builtin.debug": {"msg": "on"}}], "auto")
        assert [one.get("unreachable", False) for one in run.results] == [True, False], run.output
        assert not run.results[0]["failed"] and "127.0.0.1" in run.results[0]["msg"]
        run = playbooks.run([LOOK, LOOK], "auto")
        assert "unreachable=1" in run.output and len(run.results) == 1, run.output
        assert left_behind(node) == ""


def test_forwarded_sockets_are_private(nodes: Callable[[Kind], Node], playbooks: Playbooks) -> None:
    playbooks.hostvars = nodes(Kind()).variables
    found(playbooks.run([LOOK], "auto"))
    sockets = [path for path in Path(playbooks.controls).rglob("*") if path.is_socket()]
    assert len(sockets) > 1  # Ansible's own, and ours
    for path in sockets:
        assert path.stat().st_mode & 0o777 == 0o600, path
        assert path.parent.stat().st_mode & 0o077 == 0, path.parent
