# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible's own ssh connection to a managed node, as what further channels are opened through.

Ansible builds the commands, so that ports, keys, jump hosts, control paths and host key rules hold; and Ansible logs
in, so that passwords, retries and unreachable hosts are what they are for every other task. What is started here goes
through the connection that is then there (ControlMaster, ControlPersist), and never asks for anything.
"""

from __future__ import annotations

import contextlib
import copy
import hashlib
import os
import shlex
import stat
from typing import IO, Any, NamedTuple

from ansible.utils.path import unfrackpath

from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_mux import MuxError, Session, forward, run


class Remote(NamedTuple):
    """What a login shell of the node is given to run, what it writes into a line before the command begins, and what
    knows its prompts: a become plugin, or None."""

    command: str
    marker: bytes
    become: Any


class Link:
    """One managed node. `connection` is ansible.builtin.ssh's, `become` the plugin of a task that becomes someone."""

    def __init__(self, connection: Any, become: Any = None) -> None:
        self.connection, self.become = connection, become
        # As exec_command does; the control path depends on it.
        connection.host = connection.get_option("host") or connection._play_context.remote_addr
        self.host = str(connection.host)
        self._base = self._build()
        self.patience = float(connection.get_option("timeout") or 10)

    def command(self, *options: str, remote: str = "") -> list[bytes]:
        """The ssh command with these options, and the command for the node."""
        tail = [option.encode() for option in options] + [self.host.encode()]
        return self._base + tail + ([remote.encode("utf-8", "surrogateescape")] if remote else [])

    def remote(self, command: str) -> Remote:
        """The command as the node has to run it, under the task's become."""
        # A become plugin knows the marker and the prompt of the last command that it has built: one for each.
        become = copy.copy(self.become)
        if become is None:
            marker = "LONGSHORE-" + os.urandom(12).hex()
            command = f"echo {marker} ; {command}"
        else:
            command = become.build_become_command(command, self.connection._shell)
            marker = str(become.success)
        executable = self.connection._play_context.executable
        return Remote(f"{executable} -c {shlex.quote(command)}" if executable else command, marker.encode(), become)

    def password(self) -> str:
        """What becomes the other user, empty when none was given."""
        return str(self.become.get_option("become_pass", playcontext=self.connection._play_context) or "")

    def identity(self, *more: str) -> str:
        """A short name for exactly this node, as this user, by this way, and for what else is given."""
        digest = hashlib.sha256(b"\0".join([*self.command(), *(one.encode() for one in more)]))
        return digest.hexdigest()[:16]

    def becoming(self) -> tuple[str, ...]:
        """What tells one become from another, its password included."""
        if self.become is None:
            return ()
        names = ("become_user", "become_exe", "become_flags", "become_pass")
        context = self.connection._play_context
        return (str(self.become.name), *(str(self.become.get_option(name, playcontext=context)) for name in names))

    def folder(self) -> str:
        """Where Ansible keeps its control sockets."""
        return str(unfrackpath(self.connection.get_option("control_path_dir")))

    def control_path(self) -> str:
        """The control socket, where it is Ansible that has named it; else empty."""
        pattern = self.connection.control_path
        path = pattern % {"directory": self.folder()} if pattern else ""
        return "" if "%" in path else str(path)

    def is_open(self) -> bool | None:
        """Whether a connection is there to be shared; None when that cannot be seen."""
        path = self.control_path()
        return os.path.exists(path) if path else None

    def session(self, remote: bytes, end: int, stderr: IO[bytes]) -> Session | None:
        """This command on the node, through the connection that is there, with `end` as its stdin and stdout. None
        where that cannot be had without a process of ssh."""
        try:
            return run(self.control_path(), remote, end, stderr.fileno(), self.patience)
        except MuxError:
            return None

    def forward(self, request: str, local: str, remote: str) -> bool:
        """`forward` a socket of this machine to one of the node, or `cancel` that, through the connection that is
        there. False where that cannot be had without a process of ssh, which then says why."""
        try:
            forward(self.control_path(), request, local, remote, self.patience)
        except MuxError:
            return False
        return True

    def log_in(self) -> None:
        """Have Ansible connect. Raises AnsibleConnectionFailure where the host is unreachable."""
        self.connection.exec_command("exit 0", sudoable=False)

    def _build(self) -> list[bytes]:
        executable = self.connection.get_option("ssh_executable")
        built: list[bytes] = self.connection._build_command(executable, "ssh")
        # Before ansible-core 2.19 this opens a pipe for a password and puts sshpass in front. Nobody logs in by it.
        if built[0] == b"sshpass":
            built = built[built.index(os.fsencode(executable)) :]
            for end in self.connection.sshpass_pipe or ():
                os.close(end)
            self.connection.sshpass_pipe = None
        return list(built)


def make_private(folder: str) -> None:
    """Have a folder that nobody else can look into, or put links into. Raises PermissionError."""
    with contextlib.suppress(FileExistsError):
        os.makedirs(folder, 0o700)
    found = os.lstat(folder)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise PermissionError(f"{folder} is not a folder that only {os.geteuid()} can use")
