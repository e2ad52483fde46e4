# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is taken from Ansible's ssh connection. A stand-in has the parts of it that are used, in both their forms."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_link import Link


class Connection:
    """`wrapped`: as ansible-core before 2.19 builds commands for a connection with a password."""

    control_path: str | None = "%(directory)s/0123"
    host = ""

    def __init__(self, folder: str = "/cp", wrapped: bool = False, host: str | None = "node") -> None:
        self._options = {"host": host, "ssh_executable": "/usr/bin/ssh", "timeout": 7, "control_path_dir": folder}
        self._play_context = SimpleNamespace(remote_addr="address", executable="/bin/sh")
        self._shell = SimpleNamespace()
        self._wrapped = wrapped
        self.sshpass_pipe: Any = None
        self.user = "mate"

    def get_option(self, name: str) -> Any:
        return self._options[name]

    def _build_command(self, executable: str, _subsystem: str) -> list[bytes]:
        command = [executable.encode(), b"-o", b"User=" + self.user.encode()]
        if self._wrapped:
            self.sshpass_pipe = os.pipe()
            command = [b"sshpass", b"-d%d" % self.sshpass_pipe[0], *command]
        return command


class Become:
    name, success = "sudo", ""

    def __init__(self, password: str | None = None) -> None:
        self.options = {"become_user": "root", "become_exe": None, "become_flags": "-H", "become_pass": password}
        self.built = 0

    def get_option(self, name: str, playcontext: Any = None) -> Any:
        return self.options[name]

    def build_become_command(self, command: str, shell: Any) -> str:
        self.built += 1
        self.success = f"BECOME-SUCCESS-{self.built}"
        return f"sudo sh -c 'echo {self.success} ; {command}'"


def test_commands_are_ansible_s_own() -> None:
    link = Link(Connection())
    assert link.command("-T", remote="true") == [b"/usr/bin/ssh", b"-o", b"User=mate", b"-T", b"node", b"true"]
    assert link.host == "node" and link.patience == 7
    assert Link(Connection(host=None)).host == "address"


def test_no_password_is_waited_for_and_its_pipe_is_closed() -> None:
    before = set(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else set()
    link = Link(Connection(wrapped=True))
    assert link.command()[0] == b"/usr/bin/ssh"
    assert not before or set(os.listdir("/proc/self/fd")) == before


def test_who_is_meant_makes_the_name() -> None:
    mate, other = Connection(), Connection()
    other.user = "other"
    names = [Link(one).identity(*more) for one in (mate, other) for more in ((), ("/run/a",), ("/run/b",))]
    assert len(set(names)) == 6 and all(len(name) == 16 for name in names)
    assert Link(Connection()).identity("/run/a") == Link(mate).identity("/run/a")


@pytest.mark.parametrize(
    ("pattern", "path"),
    [("%(directory)s/0123", "{}/0123"), (None, ""), ("%(directory)s/%%h-%%r", "")],
)
def test_the_control_socket(tmp_path: Path, pattern: str | None, path: str) -> None:
    connection = Connection(str(tmp_path))
    connection.control_path = pattern
    link = Link(connection)
    assert link.control_path() == path.format(tmp_path)
    assert link.is_open() is (False if path else None)
    (tmp_path / "0123").touch()
    assert link.is_open() is (True if path else None)


def test_a_command_without_become_has_a_marker_of_its_own() -> None:
    first, second = (Link(Connection()).remote("exec docker") for _number in range(2))
    assert first.command == f"/bin/sh -c 'echo {first.marker.decode()} ; exec docker'"
    assert first.marker != second.marker and first.become is None


def test_commands_under_become_do_not_disturb_each_other() -> None:
    become = Become()
    first, second = (Link(Connection(), become).remote("exec docker") for _number in range(2))
    assert first.become is not second.become and become.success == ""
    for one in (first, second):
        assert one.marker.decode() == one.become.success and one.marker.decode() in one.command


def test_what_tells_one_become_from_another() -> None:
    assert Link(Connection()).becoming() == ()
    assert Link(Connection(), Become("a")).becoming() != Link(Connection(), Become("b")).becoming()
    assert Link(Connection(), Become(None)).password() == ""
