# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A command on the managed node whose standard input and output are a connection: `docker system dial-stdio`.

One channel of the ssh connection each, under the task's become. The prompts of sudo and su are answered as Ansible's
own ssh connection does, with the methods of its become plugins.
"""

from __future__ import annotations

import contextlib
import os
import select
import shlex
import socket
import subprocess
import time
from collections.abc import Sequence
from typing import IO, Any

from ansible.errors import AnsibleError

from ansible_collections.longshore.docker.plugins.module_utils.engine.dial_ssh import ProcessDial
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ConnectionFailed, EngineError
from ansible_collections.longshore.docker.plugins.plugin_utils.placement import STDIO
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_link import Link, Remote

# How often to look for prompts on stderr, which is a file and cannot be waited for.
_LOOK = 0.005
# Beyond the time that ssh may take to connect, as Ansible's own connection waits for a prompt.
_GRACE = 2
_SSH_FAILED = 255


class BecomeFailed(ConnectionFailed):
    """The password is wrong or missing. Trying again in another way could lock the account."""


class Channels(ProcessDial):
    """Commands on a managed node, each with a channel of its own."""

    def __init__(self, link: Link, name: str) -> None:
        super().__init__(name)
        self._link = link

    def spawn(self, command: Sequence[str | bytes], end: int, stderr: IO[bytes]) -> Any:
        """A session of Ansible's connection. ssh is started for it where the connection cannot be asked."""
        *_ssh, remote = command
        return self._link.session(os.fsencode(remote), end, stderr) or super().spawn(command, end, stderr)

    def run(self, command: str) -> tuple[socket.socket, bytes]:
        """Start the command on the node: its standard input and output, and what of the output has been read already.

        Raises ConnectionFailed, and AnsibleError where Ansible cannot log in.
        """
        if self._link.is_open() is False:
            self._link.log_in()
        try:
            return self._run(command)
        except _NoSession:
            # There may be no connection to share after all, or it is one that needs a password.
            self._link.log_in()
        try:
            return self._run(command)
        except _NoSession as error:
            raise ConnectionFailed(f"Error connecting to the Engine at {self}: {error}") from error

    def _run(self, command: str) -> tuple[socket.socket, bytes]:
        remote = self._link.remote(command)
        sock, process, stderr = self.start(self._link.command("-T", "-o", "BatchMode=yes", remote=remote.command))
        try:
            rest = _Beginning(self._link, remote, sock, process, stderr).wait()
        except _Ended as error:
            sock.close()
            said = error.said or f"it ended with status {process.returncode}"
            if process.returncode == _SSH_FAILED:
                raise _NoSession(said) from error
            raise ConnectionFailed(f"Error connecting to the Engine at {self}: {said}") from error
        except BaseException:
            process.terminate()
            sock.close()
            raise
        return sock, rest


class StdioDial(Channels):
    """`docker system dial-stdio` (CLI 18.09 or newer) for each connection."""

    # sshd lets one connection have ten sessions (MaxSessions), and Ansible needs some. Beyond that ssh logs in anew.
    most_at_once = 6

    def __init__(self, link: Link, remote: str) -> None:
        super().__init__(link, f"unix://{remote} on {link.host}, through ssh and docker system dial-stdio")
        # Most of what a task costs there is the CLI's start, a fifth of that collecting garbage. Copying makes none.
        self._command = f"GOGC=400 exec docker -H {shlex.quote('unix://' + remote)} system dial-stdio"

    def dial(self, timeout: float | None) -> socket.socket:
        try:
            sock, _nothing = self.run(self._command)  # the Engine does not speak first
        except AnsibleError as error:
            raise ConnectionFailed(f"Error connecting to the Engine at {self}: {error}") from error
        sock.settimeout(timeout)
        return sock

    def remark(self) -> str:
        said = super().remark()
        advice = "See whether the host, its sshd and its Engine are up, and run the playbook again"
        return f"{said}. {advice}" if said else advice

    def why(self, error: EngineError) -> str:
        """In short, why the Engine was not reached."""
        self._reap()
        return f"{STDIO} says: {self._words}" if self._words else str(error)


class _Ended(Exception):
    """The process ended before the command began."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class _NoSession(Exception):
    """ssh itself failed: status 255."""


class _Beginning:
    """What comes before the command's own output: banners, prompts, and the line that says that it begins."""

    def __init__(
        self, link: Link, remote: Remote, sock: socket.socket, process: subprocess.Popen[bytes], stderr: IO[bytes]
    ) -> None:
        self._link, self._marker, self._become = link, remote.marker, remote.become
        self._sock, self._process, self._stderr = sock, process, stderr
        self._out, self._answered, self._read, self._seen = b"", False, (0, 0), (0, 0)

    def wait(self) -> bytes:
        """Return when the command has begun, with what it has written by then."""
        patience = self._link.patience + _GRACE
        end = time.monotonic() + patience
        while not self._begun():
            self._look_for_prompts()
            if time.monotonic() >= end:
                raise ConnectionFailed(
                    f"{self._link.host} begins no command within {patience:g} seconds. {self._words()}".rstrip()
                )
        return self._out.partition(self._marker)[2].partition(b"\n")[2]

    def _begun(self) -> bool:
        readable, _w, _x = select.select([self._sock], [], [], _LOOK)
        if readable:
            data = self._receive()
            if not data:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(self._link.patience)
                self._look_for_prompts()
                raise _Ended(self._words())
            self._out += data
        return b"\n" in self._out.partition(self._marker)[2]

    def _receive(self) -> bytes:
        try:
            return self._sock.recv(65536)
        except ConnectionError:
            return b""

    def _look_for_prompts(self) -> None:
        become = self._become
        if become is None:
            return
        err = os.pread(self._stderr.fileno(), 65536, 0)
        if (len(self._out), len(err)) == self._seen:
            return
        self._seen = (len(self._out), len(err))
        new = self._out[self._read[0] :] + b"\n" + err[self._read[1] :]
        if become.check_incorrect_password(new):
            raise self._failed("Incorrect")
        if become.check_missing_password(new):
            raise self._failed("Missing")
        # Line by line, as Ansible's connection asks: before 2.19, su's prompt counts at the very beginning only.
        if become.prompt and any(become.check_password_prompt(line) for line in new.splitlines()):
            password = self._link.password()
            if self._answered or not password:
                raise self._failed("Incorrect" if self._answered else "Missing")
            self._answered, self._read = True, (len(self._out), len(err))
            self._sock.sendall(password.encode("utf-8", "surrogateescape") + b"\n")

    def _failed(self, what: str) -> BecomeFailed:
        become, host = self._become, self._link.host
        return BecomeFailed(
            f"{what} {become.name} password: {host} asks for one before its Engine can be reached as "
            f"{become.get_option('become_user') or 'another user'}. Set ansible_become_password for it, give "
            f"--ask-become-pass, or have {become.name} ask for none"
        )

    def _words(self) -> str:
        return " ".join(os.pread(self._stderr.fileno(), 4096, 0).decode("utf-8", "replace").split())
