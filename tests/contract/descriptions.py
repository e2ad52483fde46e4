# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the descriptions come from: the distribution's package, and a folder if one is named.

LONGSHORE_API_DESCRIPTIONS may name a folder of files v1.41.yaml, v1.52.yaml, ...: the more there are, the more exactly
`since` is checked.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import ApiVersion
from ansible_collections.longshore.docker.tests.contract.description import Description

PACKAGE = "golang-github-docker-docker-dev"
STORE = Path(__file__).resolve().parents[2] / ".work" / "api-description" / "swagger.yaml"


@functools.cache
def packaged() -> Description:
    """The description of the distribution's own Engine. Fetched once, and unpacked instead of installed."""
    if not STORE.exists():
        STORE.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=STORE.parent) as folder:
            # Without a root's lists there is nothing to download from; fresh ones need root, and are only then fetched.
            if _run(["apt-get", "download", PACKAGE], folder):
                from ansible_collections.longshore.docker.tests.engines.packages import AS_ROOT

                _must([*AS_ROOT, "apt-get", "update"], folder)
                _must(["apt-get", "download", PACKAGE], folder)
            _must(["dpkg", "-x", str(next(Path(folder).glob("*.deb"))), "."], folder)
            found = next(Path(folder).rglob("api/swagger.yaml"))
            shutil.move(found, STORE)
    return Description(STORE)


@functools.cache
def descriptions() -> dict[ApiVersion, Description]:
    """All that are at hand, oldest first."""
    found = {packaged().version: packaged()}
    folder = os.environ.get("LONGSHORE_API_DESCRIPTIONS")
    for path in sorted(Path(folder).glob("v*.yaml")) if folder else ():
        one = Description(path)
        found[one.version] = one
    return dict(sorted(found.items()))


def _run(command: list[str], folder: str) -> str:
    """What it said, when it failed."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return "%s\n%s%s" % (" ".join(command), done.stdout[-2000:], done.stderr[-2000:]) if done.returncode else ""


def _must(command: list[str], folder: str) -> None:
    words = _run(command, folder)
    if words:
        raise RuntimeError("failed: " + words)
