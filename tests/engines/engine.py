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
        daemon = [
            "dockerd", "--config-file", self.folder / "daemon.json", "--data-root", self.folder / "data",
            "--exec-root", self.folder / "exec", "--pidfile", self.folder / "pid",
            "-H", "unix://" + self.socket, "--group", str(os.getgid()),
        ]  # fmt: skip
        script = "ip link set lo up && exec setpriv --pdeathsig TERM " + shlex.join(map(str, daemon))
        with open(self.folder / "log", "wb") as log:
            self._process = subprocess.Popen(
                [*AS_ROOT, "unshare", "-m", "-n", "sh", "-c", script],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the one who started it, who ends it when all is cleaned up
            )
        try:
            self._wait()
        except BaseException:  # Ctrl-C too: nobody else knows this process yet
            self.close()
            raise

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            if "API listen on" in self.log():
                return
            time.sleep(0.1)
        raise RuntimeError("dockerd did not start; it said:\n" + self.log()[-3000:])

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def close(self) -> None:
        pid_file = self.folder / "pid"
        number = int(pid_file.read_text()) if pid_file.exists() else self._process.pid
        stop(self._process, number)
        subprocess.run([*AS_ROOT, "rm", "-rf", str(self.folder)], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
