# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases about containers, what they need, and their results in each way that a test asks for."""

from __future__ import annotations

import base64
import json
import os
import platform
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ansible_collections.longshore.docker.tests.engines.registry import Registry
from ansible_collections.longshore.docker.tests.integration.container.prepared import prepare
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import Case, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import Way, run_cases

# Known before the first test runs, and this process's own: two of them may be under way on a machine.
FOLDER = Path(f"/tmp/longshore-cases-{os.getpid()}")
ARCHITECTURES = ["amd64", "arm64"]
if platform.machine() in ("aarch64", "arm64"):
    ARCHITECTURES.reverse()
FILL = {
    "FOLDER": str(FOLDER),
    "ARCH": ARCHITECTURES[0],
    "OTHER_ARCH": ARCHITECTURES[1],
    "REGISTRY": "127.0.0.1:5000",
    "LOGIN_REGISTRY": "127.0.0.1:5001",
}
CASES = read_cases(Path(__file__).parent / "cases", FILL)


class CaseRuns:
    """Every way runs once, all the cases together, when the first test asks for it."""

    def __init__(self, wanted: Sequence[Case], folder: Path, socket: str, image: str, login: Registry) -> None:
        self._wanted, self._folder, self._socket, self._image = wanted, folder, socket, image
        self._found: dict[str, dict[str, list[dict[str, Any]]]] = {}
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / "one.env").write_text("# a comment\nCOLOUR=red\nSHAPE=round\n")
        (FOLDER / "two.env").write_text("COLOUR=green\nSHAPE=round\n")
        (FOLDER / "blanks.env").write_bytes(b"\xef\xbb\xbfCOLOUR=red \r\n  SHAPE= round\t\n  # a comment\n\nA=b=c\n")
        (FOLDER / "alone.env").write_text("COLOUR=red\nSHAPE\n")
        credentials = base64.b64encode(f"{login.user}:{login.password}".encode()).decode()
        (FOLDER / "config.json").write_text(json.dumps({"auths": {login.address: {"auth": credentials}}}))
        prepare(socket, image)

    def results(self, way: Way, case: Case, among: Sequence[Case] | None = None) -> list[dict[str, Any]]:
        """The results of the case's tasks, in order; `among` are the cases that are run in this way, all
        where it is not given."""
        if way.name not in self._found:
            cases = [one for one in self._wanted if one in (CASES if among is None else among)]
            defaults = {"image": self._image, "force_kill": True}
            env = {"DOCKER_CONFIG": str(FOLDER)}
            self._found.update(run_cases(cases, self._folder, self._socket, defaults, env, [way]))
        return self._found[way.name][case.name]

    def close(self) -> None:
        shutil.rmtree(FOLDER)
