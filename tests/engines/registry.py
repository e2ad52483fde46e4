# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A registry of its own beside the Engine, on a loopback port: the Engine talks plain HTTP to those by itself."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from .engine import START_SECONDS, inside, stop
from .packages import ensure_packages

USER = "sailor"
PASSWORD = "anchor-s3cret"
CONFIG = """\
version: 0.1
storage:
  filesystem:
    rootdirectory: %(folder)s/data
  delete:
    enabled: true
http:
  addr: 127.0.0.1:%(port)d
%(auth)s"""
AUTH = """\
auth:
  htpasswd:
    realm: longshore
    path: %(folder)s/htpasswd
"""


class Registry:
    """Debian's docker-registry. `address` is host:port as in image names; `user` is empty where none is asked, since no
    `password` was given. A context manager."""

    def __init__(self, engine_socket: str, port: int, password: str = "") -> None:
        ensure_packages(["docker-registry", "apache2-utils"])
        self.address = "127.0.0.1:%d" % port
        self.user, self.password = USER if password else "", password
        self.folder = Path(tempfile.mkdtemp(prefix="ls-registry-", dir="/tmp"))
        if password:
            made = subprocess.run(["htpasswd", "-Bin", USER], input=password.encode(), check=True, capture_output=True)
            (self.folder / "htpasswd").write_bytes(made.stdout)
        values = {"folder": self.folder, "port": port}
        (self.folder / "config.yml").write_text(CONFIG % dict(values, auth=AUTH % values if password else ""))
        serve = ["setpriv", "--pdeathsig", "TERM", "docker-registry", "serve", str(self.folder / "config.yml")]
        with open(self.folder / "log", "wb") as log:
            self._process = subprocess.Popen(
                inside(engine_socket, serve),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            self._wait()
        except BaseException:  # Ctrl-C too: nobody else knows this process yet
            self.close()
            raise

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            if "listening on" in self.log():
                return
            time.sleep(0.05)
        raise RuntimeError("docker-registry did not start; it said:\n" + self.log()[-3000:])

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def __enter__(self) -> Registry:
        return self

    def __exit__(self, *_exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        stop(self._process, self._process.pid)
        shutil.rmtree(self.folder, ignore_errors=True)
