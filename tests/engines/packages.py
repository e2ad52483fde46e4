# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian packages that the tests need, and how to act as root."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import os
import subprocess
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

AS_ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]
LOCK = Path(tempfile.gettempdir(), "longshore-tests-apt-%d.lock" % os.geteuid())


def installed(name: str) -> bool:
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", name]
    return subprocess.run(query, capture_output=True, text=True, check=False).stdout == "installed"


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """apt refuses to be run twice at once, and tests run side by side."""
    with open(LOCK, "w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def ensure_packages(names: Collection[str]) -> None:
    """Install what is missing; no request leaves when nothing is. Raises RuntimeError with apt's own words."""
    if all(map(installed, names)):
        return
    with _alone():
        _install([name for name in names if not installed(name)])


def _install(missing: list[str]) -> None:
    if not missing:
        return
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *missing]):
        done = subprocess.run([*AS_ROOT, *environment, *command], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError("%s failed:\n%s%s" % (" ".join(command), done.stdout[-2000:], done.stderr[-2000:]))


@functools.cache
def unpacked(name: str) -> Path:
    """Where a package's files are: / where it is installed, else a folder, with what it needs and is missing here.

    For servers and programs that become root: to install them would have an effect on the machine. The folder lasts as
    long as this process. Raises RuntimeError with apt's own words.
    """
    if installed(name):
        return Path("/")
    folder = Path(tempfile.mkdtemp(prefix="ls-package-", dir="/tmp"))
    atexit.register(subprocess.run, [*AS_ROOT, "rm", "-rf", str(folder)], check=False)
    folder.chmod(0o755)
    archives = folder / "archives"
    (archives / "partial").mkdir(parents=True)
    download = [*AS_ROOT, "apt-get", "install", "--download-only", "-y", "--no-install-recommends"]
    download += ["-o", "Dir::Cache::archives=%s" % archives, name]
    with _alone():
        done = subprocess.run(download, capture_output=True, text=True, check=False)
        if done.returncode:  # the lists of packages may be absent or old
            subprocess.run([*AS_ROOT, "apt-get", "update"], capture_output=True, check=False)
            done = subprocess.run(download, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError("%s failed:\n%s%s" % (" ".join(download), done.stdout[-2000:], done.stderr[-2000:]))
    for archive in archives.glob("*.deb"):
        subprocess.run([*AS_ROOT, "dpkg-deb", "-x", str(archive), str(folder / "files")], check=True)
    return folder / "files"
