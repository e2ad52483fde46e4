# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds, on both hosts and over ssh, each foretold by check mode (cases/*.yml, contexts.yml)."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from ansible_collections.longshore.docker.tests.integration.scenarios import over_ssh
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX, Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import Everywhere
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import Results

# Known before the first test runs, and this process's own.
FOLDER = Path(f"/tmp/longshore-builds-{os.getpid()}")
FILL = {"FOLDER": str(FOLDER), "ARCH": "arm64" if platform.machine() in ("aarch64", "arm64") else "amd64"}
SUBJECT = Subject(
    "image_build",
    document="image",
    cleanup=tuple({PREFIX + "image_remove": {"name": "@NAME@:" + tag, "force": True}} for tag in ("latest", "1", "2")),
    accidents=("stdout", "stdout_lines", "stderr", "stderr_lines", "image"),
    keeps_id=False,
)
CASES = read_cases(Path(__file__).parent / "cases", FILL, SUBJECT)
# Stands for the docker CLI: notes its words, and the secret that it was given.
DOCKER = """#!/bin/sh
test "$*" != "buildx version" || exit 0
case "$*" in *"--target fail"*) echo "#1 [1/1] RUN false"; exit 7;; esac
echo "$@" >> "$0.called"
echo "$LONGSHORE_BUILD_SECRET_0" > "$0.given"
"""


def write(path: Path, text: str, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)


@pytest.fixture(scope="session")
def build_runs(everywhere: Everywhere) -> Iterator[Results]:
    """The results of the selected cases."""
    contexts = yaml.safe_load(Path(__file__).with_name("contexts.yml").read_text())
    for context, files in contexts.items():
        for name, text in files.items():
            write(FOLDER / context / name, text)
    for program in ("docker", "docker-secrets", "docker-options"):  # each case has its own
        write(FOLDER / "bin" / program, DOCKER, 0o755)
    write(FOLDER / "bin" / "false", "#!/bin/sh\nexit 1\n", 0o755)
    try:
        yield everywhere.run(CASES)
    finally:
        shutil.rmtree(FOLDER)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, build_runs: Results) -> None:
    assert not over_ssh.problems(case, build_runs)
