# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A private Engine: its own data, socket, network and mount namespace. It never meets the machine user's own."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from .packages import AS_ROOT, ensure_packages

START_SECONDS = 60


def process_behind(socket_path: str) -> int:
    """The process that listens on a Unix socket."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.connect(socket_path)
        peer = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", peer)[0])


def inside(socket_path: str, command: Sequence[str]) -> list[str]:
    """The command, to be run in the network namespace of the Engine behind this socket: published ports are there."""
    return [*AS_ROOT, "nsenter", "--net", "--target", str(process_behind(socket_path)), *command]


def stop(process: subprocess.Popen[bytes], number: int) -> None:
    """End a process that runs as root, and wait for it; `process` is what was started (sudo, or the process itself)."""
    for sent in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            # The shell's own kill: the program is missing on small systems.
            words = "kill -%d %d" % (sent, number)
            subprocess.run([*AS_ROOT, "sh", "-c", words], capture_output=True, check=False)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                continue
    process.wait(10)


class PrivateEngine:
    """A dockerd of its own under a short path in /tmp (a Unix socket's path may have 107 bytes)."""

    def __init__(self) -> None:
        ensure_packages(["docker.io", "iptables", "iproute2", "util-linux"])
        self.folder = Path(tempfile.mkdtemp(prefix="ls-", dir="/tmp"))
        self.socket = str(self.folder / "docker.sock")
        (self.folder / "daemon.json").write_text("{}")
        self._keeper: subprocess.Popen[bytes] | None = None
        self._daemon = [
            "dockerd", "--config-file", self.folder / "daemon.json", "--data-root", self.folder / "data",
            "--exec-root", self.folder / "exec", "--pidfile", self.folder / "pid",
            "-H", "unix://" + self.socket, "--group", str(os.getgid()),
        ]  # fmt: skip
        self._launch(["unshare", "-m", "-n"])

    def _launch(self, within: Sequence[str]) -> None:
        script = "ip link set lo up && exec setpriv --pdeathsig TERM " + shlex.join(map(str, self._daemon))
        with open(self.folder / "log", "ab") as log:
            before = log.tell()
            self._process = subprocess.Popen(
                [*AS_ROOT, *within, "sh", "-c", script],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the one who started it, who ends it when all is cleaned up
            )
        try:
            self._wait(before)
        except BaseException:  # Ctrl-C too: nobody else knows this process yet
            self.close()
            raise

    def kill(self) -> None:
        """SIGKILL for the daemon, as where memory runs out. Its containers, networks and data stay as they are."""
        number = (self.folder / "pid").read_text()
        if self._keeper is None:  # what has no process is no namespace any more
            within = ["nsenter", "--mount", "--net", "--target", number, "setpriv", "--pdeathsig", "TERM", "sh", "-c"]
            self._keeper = subprocess.Popen(
                [*AS_ROOT, *within, "echo $$; exec sleep infinity"], stdout=subprocess.PIPE, start_new_session=True
            )
            assert self._keeper.stdout is not None
            self._keeper_number = int(self._keeper.stdout.readline())
        subprocess.run([*AS_ROOT, "sh", "-c", "kill -9 " + number], check=True)
        self._process.wait(START_SECONDS)
        # The kernel kills its containerd after it; a new daemon would mistake a zombie for one that works.
        pid_file = self.folder / "exec" / "containerd" / "containerd.pid"
        status = Path("/proc", pid_file.read_text(), "stat")
        while status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z":
            time.sleep(0.01)
        subprocess.run([*AS_ROOT, "rm", str(pid_file)], check=True)

    def start_again(self) -> None:
        """Start a killed daemon over what it left."""
        self._launch(["nsenter", "--mount", "--net", "--target", str(self._keeper_number)])

    def _wait(self, start: int = 0) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            if "API listen on" in self.log()[start:]:
                return
            time.sleep(0.1)
        raise RuntimeError("dockerd did not start; it said:\n" + self.log()[-3000:])

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def close(self) -> None:
        pid_file = self.folder / "pid"
        number = int(pid_file.read_text()) if pid_file.exists() else self._process.pid
        stop(self._process, number)
        if self._keeper is not None:
            stop(self._keeper, self._keeper_number)
        subprocess.run([*AS_ROOT, "rm", "-rf", str(self.folder)], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
