# SPDX-License-Identifier: GPL-3.0-or-later
"""The Engine of another host, through the system's ssh client."""

from __future__ import annotations

import shlex
import socket
import subprocess
import tempfile
from typing import IO, Any, List, MutableMapping, Optional, Sequence, Tuple, Union
from weakref import WeakKeyDictionary

from .dial import Dial
from .errors import ConnectionFailed

# ssh's own status; that of `docker system dial-stdio` is another.
_LOST = 255
# How long a process may take to end after its end of the socket: a moment.
_PATIENCE = 2


class ProcessDial(Dial):
    """Connections that are the standard input and output of a process each. Keeps account of the processes."""

    ends_by_reset = True

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._running: List[Tuple[subprocess.Popen[bytes], IO[bytes]]] = []
        self._words = ""
        self._behind: MutableMapping[socket.socket, Any] = WeakKeyDictionary()

    def start(self, command: Sequence[Union[str, bytes]]) -> Tuple[socket.socket, subprocess.Popen[bytes], IO[bytes]]:
        """For subclasses: our end of a new process's stdin and stdout, the process, and the file of its stderr."""
        self._reap()
        ours, theirs = socket.socketpair()
        stderr = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        try:
            end = theirs.fileno()
            process = self.spawn(command, end, stderr)
        except OSError as error:
            ours.close()
            stderr.close()
            raise ConnectionFailed(
                "Error connecting to the Engine at %s: the ssh client cannot be started (%s)" % (self, error.strerror)
            ) from error
        finally:
            theirs.close()
        self._running.append((process, stderr))
        self._behind[ours] = process
        return ours, process, stderr

    def spawn(self, command: Sequence[Union[str, bytes]], end: int, stderr: IO[bytes]) -> subprocess.Popen[bytes]:
        """The process, with `end` as its stdin and stdout."""
        return subprocess.Popen(command, stdin=end, stdout=end, stderr=stderr)

    def remark(self) -> str:
        for process, _stderr in self._running[-1:]:
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                pass
        self._reap()
        return "ssh says: %s" % self._words if self._words else ""

    def was_cut(self, sock: socket.socket) -> bool:
        """By the status of the process behind it: one that ssh, or a signal, has ended."""
        process = self._behind.get(sock)
        try:
            status = 0 if process is None else process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            return False
        return bool(status < 0 or status == _LOST)

    def close(self) -> None:
        running = list(self._running)
        for process, _stderr in running:
            process.terminate()
        for process, _stderr in running:
            process.wait()
        self._reap()

    def _reap(self) -> None:
        """Take leave of those that have ended. Other threads may do the same, and start more."""
        for one in list(self._running):
            process, stderr = one
            if process.poll() is None:
                continue
            try:
                self._running.remove(one)
            except ValueError:
                continue
            stderr.seek(0)
            words = stderr.read(4096).decode("utf-8", "replace").split("\n")
            stderr.close()
            if process.returncode > 0:
                self._words = " ".join(line.strip() for line in words if line.strip())


class SshDial(ProcessDial):
    """One `ssh ... docker system dial-stdio` for each connection; its standard input and output are the socket.

    Each is a login of its own. Never asks for a password: BatchMode makes ssh fail with words instead of waiting for a
    terminal.
    """

    most_at_once = 8

    def __init__(self, host: str, user: str = "", port: Optional[int] = None, socket_path: str = "") -> None:
        target = "%s@%s" % (user, host) if user else host
        super().__init__("ssh://%s%s%s" % (target, ":%d" % port if port else "", socket_path))
        self._command = ["ssh", "-T", "-o", "BatchMode=yes"] + (["-p", str(port)] if port else [])
        remote = "docker %ssystem dial-stdio" % ("-H %s " % shlex.quote("unix://" + socket_path) if socket_path else "")
        self._tail = ["--", target, remote]

    def dial(self, timeout: Optional[float]) -> socket.socket:
        limit = ["-o", "ConnectTimeout=%d" % max(1, int(timeout))] if timeout else []
        ours, _process, _stderr = self.start(self._command + limit + self._tail)
        ours.settimeout(timeout)
        return ours
