# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian packages that the tests need, and how to act as root."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable

AS_ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]


def installed(name: str) -> bool:
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", name]
    return subprocess.run(query, capture_output=True, text=True, check=False).stdout == "installed"


def ensure_packages(names: Iterable[str]) -> None:
    """Install what is missing; no request leaves when nothing is. Raises RuntimeError with apt's own words."""
    missing = [name for name in names if not installed(name)]
    if not missing:
        return
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *missing]):
        done = subprocess.run([*AS_ROOT, *environment, *command], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError("%s failed:\n%s%s" % (" ".join(command), done.stdout[-2000:], done.stderr[-2000:]))
