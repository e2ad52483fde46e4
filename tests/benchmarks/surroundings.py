# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a benchmark runs on, and the rivals that are there (CONTRIBUTING.md says how they get there)."""

from __future__ import annotations

import datetime
import json
import os
import platform
from importlib.metadata import distributions, version
from pathlib import Path

from ansible_collections.longshore.docker.tests.engines.image import UnixConnection

ROOT = Path(__file__).resolve().parents[2]
RIVALS = ROOT / ".work" / "rivals"
COMMUNITY = RIVALS / "ansible_collections" / "community" / "docker"
COLLECTIONS = "%s:%s" % (ROOT / ".work" / "collections", RIVALS)


def has_community() -> bool:
    return COMMUNITY.exists()


def has_mitogen() -> bool:
    """And what it would run."""
    return has_community() and (RIVALS / "ansible_mitogen").exists()


def ask(socket: str, path: str) -> str:
    """The text of the answer to a plain GET."""
    connection = UnixConnection(socket)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def ran_on(socket: str = "") -> dict[str, str]:
    """Words, by name. `socket` is that of the Engine, where one took part."""
    found = {
        "date": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
        "CPUs": str(os.cpu_count()),
        "load before": "%.1f" % os.getloadavg()[0],
        "Python": platform.python_version(),
        "ansible-core": version("ansible-core"),
    }
    if socket:
        found["Engine"] = json.loads(ask(socket, "/version"))["Version"]
    if has_community():
        found["community.docker"] = json.loads((COMMUNITY / "MANIFEST.json").read_text())["collection_info"]["version"]
    for one in distributions(name="mitogen", path=[str(RIVALS)]):
        found["Mitogen"] = one.version
    return found
