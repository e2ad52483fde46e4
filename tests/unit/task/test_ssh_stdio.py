# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions on a node: what comes before the command begins, and what becomes of the process. A shell plays ssh."""

from __future__ import annotations

from typing import IO, Any

import pytest
from ansible.errors import AnsibleConnectionFailure

from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ConnectionFailed
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_link import Remote
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_stdio import BecomeFailed, StdioDial

ECHO = "echo BEGUN; exec cat"
ASK = "printf 'Password: ' >&2; read word; "


class Become:
    """Stands for a become plugin that asks."""

    name, prompt = "sudo", "Password:"

    def check_incorrect_password(self, said: bytes) -> bool:
        return b"try again" in said

    def check_missing_password(self, said: bytes) -> bool:
        return b"is required" in said

    def check_password_prompt(self, said: bytes) -> bool:
        return b"Password:" in said

    def get_option(self, _name: str) -> str:
        return "root"


class Shell:
    """Stands for a `Link`: runs these scripts in turn, and the last one again and again."""

    host, patience = "node", 5.0

    def __init__(self, *scripts: str, become: Become | None = None, password: str = "") -> None:
        self._scripts, self._become, self._password = list(scripts), become, password
        self.opened: bool | None = True
        self.logins = 0

    def is_open(self) -> bool | None:
        return self.opened

    def log_in(self) -> None:
        self.logins += 1

    def remote(self, _command: str) -> Remote:
        return Remote("", b"BEGUN", self._become)

    def session(self, _remote: bytes, _end: int, _stderr: IO[bytes]) -> None:
        return None

    def command(self, *_options: str, remote: str) -> list[str]:
        return ["sh", "-c", self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]]

    def password(self) -> str:
        return self._password


def dial_of(link: Any) -> StdioDial:
    return StdioDial(link, "/run/docker.sock")


def echoes(dial: StdioDial) -> bool:
    with dial.dial(5) as sock:
        sock.sendall(b"said")
        return sock.recv(100) == b"said"


@pytest.mark.parametrize("noise", ["", "echo Welcome; echo more >&2; ", "printf 'no line end'; "])
def test_the_command_begins_after_the_marker(noise: str) -> None:
    dial = dial_of(Shell(noise + ECHO))
    assert echoes(dial) and echoes(dial)
    processes = [process for process, _stderr in dial._running]
    dial.close()
    assert all(process.returncode is not None for process in processes)


def test_nobody_logs_in_where_a_connection_is_there() -> None:
    link = Shell(ECHO)
    assert echoes(dial_of(link)) and link.logins == 0
    link.opened = False
    assert echoes(dial_of(link)) and link.logins == 1


def test_ssh_that_fails_is_tried_again_after_a_login() -> None:
    link = Shell("echo no >&2; exit 255", ECHO)
    assert echoes(dial_of(link)) and link.logins == 1
    with pytest.raises(ConnectionFailed, match="on node.*: no$"):
        dial_of(Shell("echo no >&2; exit 255")).dial(5)


def test_what_the_command_says_is_the_reason() -> None:
    dial = dial_of(Shell("echo sh: docker: not found >&2; exit 127"))
    with pytest.raises(ConnectionFailed, match="docker: not found") as raised:
        dial.dial(5)
    assert dial.why(raised.value) == "docker system dial-stdio says: sh: docker: not found"


def test_what_never_begins_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    link = Shell("echo hm >&2; exec sleep 100")
    link.patience = -1.5
    dial = dial_of(link)
    with pytest.raises(ConnectionFailed, match="node begins no command within 0.5 seconds. hm"):
        dial.dial(5)
    dial.close()


def test_an_unreachable_host_is_the_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise AnsibleConnectionFailure("no route")

    link = Shell("exit 255")
    monkeypatch.setattr(link, "log_in", fail)
    with pytest.raises(ConnectionFailed, match="no route") as raised:
        dial_of(link).dial(5)
    assert isinstance(raised.value.__cause__, AnsibleConnectionFailure)


def test_a_prompt_is_answered() -> None:
    assert echoes(dial_of(Shell(ASK + '[ "$word" = secret ] && ' + ECHO, become=Become(), password="secret")))


def test_a_password_that_nobody_asks_for_is_not_sent() -> None:
    assert echoes(dial_of(Shell(ECHO, become=Become(), password="secret")))


@pytest.mark.parametrize(
    ("script", "password", "words"),
    [
        (ASK + "echo Sorry, try again >&2; read word", "wrong", "Incorrect sudo password"),
        (ASK + ASK + "exit 1", "wrong", "Incorrect sudo password"),
        (ASK + "exit 1", "", "Missing sudo password"),
        ("echo a password is required >&2; exit 1", "", "Missing sudo password"),
        ("echo a password is required; sleep 100", "", "Missing sudo password"),
    ],
)
def test_passwords_that_do_not_serve(script: str, password: str, words: str) -> None:
    dial = dial_of(Shell(script, become=Become(), password=password))
    with pytest.raises(BecomeFailed, match=words + ": node asks.*as root") as raised:
        dial.dial(5)
    assert "wrong" not in str(raised.value)
    dial.close()


@pytest.mark.parametrize(("end", "cut"), [("exit 0", False), ("exit 1", False), ("exit 255", True), ("kill $$", True)])
def test_a_lost_connection_is_told_from_one_that_has_ended(end: str, cut: bool) -> None:
    dial = dial_of(Shell("echo BEGUN; read word; echo half; " + end))
    with dial.duplex(5) as connection:
        connection.send(b"said\n")
        assert connection.makefile("rb").read() == b"half\n"
        assert connection.was_cut() is cut


def test_one_that_ends_with_something_left_unread_has_ended() -> None:
    """What it has said is there, and there is no reset to be told of."""
    dial = dial_of(Shell("echo BEGUN; read word; echo said"))
    with dial.duplex(5) as connection:
        with pytest.raises(ConnectionFailed):
            connection.send(b"word\n" * 1000000)
        assert connection.makefile("rb").read() == b"said\n"
        assert not connection.was_cut()
    dial = dial_of(Shell("echo BEGUN; sleep 0.1; echo said"))
    with dial.duplex(5) as connection:
        connection.send(b"word\n")
        assert connection.makefile("rb").read() == b"said\n"
