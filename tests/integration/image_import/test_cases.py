# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images made of file systems, on both hosts and over ssh (cases/*.yml)."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.integration.scenarios import over_ssh
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import Everywhere
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import Results

# Known before the first test runs, and this process's own.
FOLDER = Path(f"/tmp/longshore-imports-{os.getpid()}")
PORT = 5017
CLEANUP = "docker rm -f @NAME@; docker rmi -f @NAME@:latest @NAME@:2; rm -f %s/@NAME@*" % FOLDER
SUBJECT = Subject("image_import", document="image", cleanup=({"ansible.builtin.shell": CLEANUP},))
FILL = {"FOLDER": str(FOLDER), "URL": "http://127.0.0.1:%d" % PORT}
CASES = read_cases(Path(__file__).parent / "cases", FILL, SUBJECT)


@pytest.fixture(scope="module")
def folder(in_engine_network: Callable[[Sequence[str]], list[str]]) -> Iterator[Path]:
    """Files, and a server beside the Engine that gives them out."""
    FOLDER.mkdir()
    for name in ("one", "two"):
        (FOLDER / name).write_text(name + "\n")
        subprocess.run(["tar", "cf", FOLDER / (name + ".tar"), "-C", FOLDER, name], check=True)
    serve = ["setpriv", "--pdeathsig", "TERM", "busybox", "httpd", "-f", "-p", "127.0.0.1:%d" % PORT, "-h", str(FOLDER)]
    server = subprocess.Popen(in_engine_network(serve))
    try:
        yield FOLDER
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(FOLDER)


@pytest.fixture(scope="module")
def results(everywhere: Everywhere, folder: Path) -> Results:
    """What the tasks of all cases gave; they run once."""
    return everywhere.run(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, results: Results) -> None:
    assert not over_ssh.problems(case, results)
