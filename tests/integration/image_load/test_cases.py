# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives that are loaded, on both hosts and over ssh (cases/*.yml)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.engines.packages import ensure_packages
from ansible_collections.longshore.docker.tests.integration.scenarios import over_ssh
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import Everywhere
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import Results
from ansible_collections.longshore.docker.tests.unit.resource.image_archive.archives import classic, config

# Known before the first test runs, and this process's own.
FOLDER = Path(f"/tmp/longshore-loads-{os.getpid()}")
CLEANUP = "docker rmi -f @NAME@:1 @NAME@:2 @NAME@-b:1; rm -f %s/@NAME@*" % FOLDER
# `docker save` writes several images in no certain order, and each host has an archive of its own.
ACCIDENTS = ("image_names", "images", "stdout", "stdout_lines")
SUBJECT = Subject("image_load", named_by="", cleanup=({"ansible.builtin.shell": CLEANUP},), accidents=ACCIDENTS)
CASES = read_cases(Path(__file__).parent / "cases", {"FOLDER": str(FOLDER)}, SUBJECT)


@pytest.fixture(scope="module")
def results(everywhere: Everywhere) -> Iterator[Results]:
    """What the tasks of all cases gave; they run once."""
    ensure_packages(["xz-utils"])
    FOLDER.mkdir()
    (FOLDER / "one").write_text("one\n")
    (FOLDER / "two").write_text("two\n")
    (FOLDER / "broken.tar").write_bytes(classic({config(): ["ls-broken:1"]}))  # its layer is none
    try:
        yield everywhere.run(CASES)
    finally:
        shutil.rmtree(FOLDER)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, results: Results) -> None:
    assert not over_ssh.problems(case, results)
