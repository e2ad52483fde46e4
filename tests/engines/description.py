# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The official descriptions of the API that newer Debians have, for what is asked of their Engines."""

from __future__ import annotations

import subprocess
from pathlib import Path

from .packages import AS_ROOT
from .releases import ROOTS, root_of

PACKAGE = "golang-github-docker-docker-dev"
FOLDER = ROOTS / "descriptions"


def description_of(suite: str) -> Path:
    """A folder with that Debian's description, as LONGSHORE_API_DESCRIPTIONS names one; fetched once.

    Raises RuntimeError with apt's words.
    """
    folder = FOLDER / suite
    if not list(folder.glob("v*.yaml")):
        root = root_of(suite)
        folder.mkdir(parents=True, exist_ok=True)
        words = "cd /var/cache && rm -f %s_*.deb && apt-get download %s" % (PACKAGE, PACKAGE)
        _must([*AS_ROOT, "chroot", str(root), "sh", "-c", words])
        (file,) = (root / "var" / "cache").glob(PACKAGE + "_*.deb")
        _must(["dpkg", "-x", str(file), str(folder / "package")])
        (found,) = (folder / "package").rglob("api/swagger.yaml")
        found.rename(folder / "v.yaml")
    return folder


def _must(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError("%s failed:\n%s" % (" ".join(command), (done.stdout + done.stderr)[-2000:]))
