# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Unix socket of this machine that the ssh connection forwards to the Engine's socket on the managed node.

OpenSSH's master process listens on it (ssh -O forward), for as long as the connection lives: across tasks, workers and
playbooks. No process of ours is needed, and once it is there, no ssh either.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import socket
import subprocess
from collections.abc import Iterator, MutableMapping
from weakref import WeakKeyDictionary

from ansible.errors import AnsibleError

from ansible_collections.longshore.docker.plugins.module_utils.engine.dial import Dial
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ConnectionFailed, EngineError
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_link import Link, make_private
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_memory import connection_at

# What ssh takes in -L as it is: it would expand % and $, and colons part its fields.
_PLAIN = re.compile(r"[\w/.+@=,~-]+\Z", re.ASCII)
# sockaddr_un has room for this much on every system that controllers run on (macOS: 104 with the final zero).
_LONGEST = 103
# sshd closes the channel without a word for us; OpenSSH's master process gets to hear the reason.
_CLOSED = (
    "a forwarded socket is closed at once (its user may not open the socket, no Engine runs there, or sshd has "
    "AllowStreamLocalForwarding no)"
)


class ForwardedDial(Dial):
    """Connects to the forwarded socket; has it made where it is missing or its master is gone."""

    def __init__(self, link: Link, remote: str) -> None:
        super().__init__(f"unix://{remote} on {link.host}, through ssh")
        self._link, self._remote = link, remote
        self.path = os.path.join(link.folder(), "longshore", link.identity(remote))
        self._through: MutableMapping[socket.socket, str] = WeakKeyDictionary()

    def dial(self, timeout: float | None) -> socket.socket:
        try:
            if not _PLAIN.match(self.path + self._remote) or len(os.fsencode(self.path)) > _LONGEST:
                raise _NotForwarded(f"{self.path} for {self._remote} cannot be the name of a forwarded socket")
            make_private(os.path.dirname(self.path))  # or another user could listen there
            sock = self._connected(timeout)
            if sock is None:
                with self._alone():
                    sock = self._connected(timeout) or self._renewed(timeout)
            self._through[sock] = connection_at(self.path)
            return sock
        except (OSError, AnsibleError, _NotForwarded) as error:
            raise ConnectionFailed(f"Error connecting to the Engine at {self}: {error}") from error

    def remark(self) -> str:
        return "See whether the host, its sshd and its Engine are up, and run the playbook again"

    def was_cut(self, sock: socket.socket) -> bool:
        """A master that has ended took it along. Once something was asked of the Engine, another one has the socket."""
        return self._through.get(sock, "") != connection_at(self.path)

    def why(self, error: EngineError) -> str:
        """In short, why the Engine was not reached."""
        dialling = isinstance(error.__cause__, (OSError, AnsibleError, _NotForwarded))
        return str(error.__cause__) if dialling else _CLOSED

    def _connected(self, timeout: float | None) -> socket.socket | None:
        """A connection to the master's socket; None when there is no such socket, or nobody behind it."""
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            sock.settimeout(timeout)
            sock.connect(self.path)
        except (FileNotFoundError, ConnectionRefusedError):
            sock.close()
            return None
        except BaseException:
            sock.close()
            raise
        return sock

    def _renewed(self, timeout: float | None) -> socket.socket:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path)  # of a master that has ended; ssh would not bind over it
        if self._link.is_open() is False:
            self._link.log_in()
        said = self._ask("forward")
        if said is not None and "Control socket connect" in said:
            self._link.log_in()
            said = self._ask("forward")
        if said is not None:
            raise _NotForwarded(f"ssh does not forward a socket: {said}")
        sock = self._connected(timeout)
        if sock is None:
            # The master believes that it has the socket still: somebody has removed the file.
            self._ask("cancel")
            self._ask("forward")
            sock = self._connected(timeout)
        if sock is None:
            raise _NotForwarded("ssh does not listen on the socket that it forwards")
        self._sweep()
        return sock

    def _sweep(self) -> None:
        from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_sweep import sweep

        sweep(os.path.dirname(self.path))

    def _ask(self, request: str) -> str | None:
        """Have the master forward, or cancel that. Returns what ssh says when it does not work."""
        if self._link.forward(request, self.path, self._remote):
            return None
        command = self._link.command("-O", request, "-L", f"{self.path}:{self._remote}")
        try:
            ended = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, timeout=self._link.patience + 2, check=False
            )
        except subprocess.TimeoutExpired:
            return "the master process does not answer"
        words = " ".join(ended.stderr.decode("utf-8", "replace").split())
        return None if ended.returncode == 0 else words or f"it ended with status {ended.returncode}"

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One worker makes the socket, the others wait for it."""
        lock = os.open(self.path + ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


class _NotForwarded(Exception):
    """ssh cannot, or will not."""
