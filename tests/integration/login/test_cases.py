# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logins, on both hosts and over ssh (cases/*.yml)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.engines.registry import PASSWORD, USER, Registry
from ansible_collections.longshore.docker.tests.integration.login.conftest import FOLDER
from ansible_collections.longshore.docker.tests.integration.scenarios import over_ssh
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import Case, Subject, read_cases
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import Everywhere
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import Results

FILL = {"FOLDER": str(FOLDER), "LOGIN_REGISTRY": "127.0.0.1:5001", "PASSWORD": PASSWORD}
CLEANUP = {"ansible.builtin.command": "rm -rf %s/@NAME@ %s/@NAME@.kept" % (FOLDER, FOLDER)}
CASES = read_cases(Path(__file__).parent / "cases", FILL, Subject("login", named_by="", cleanup=(CLEANUP,)))


@pytest.fixture(scope="module")
def results(everywhere: Everywhere, login_registry: Registry, login_folder: Path) -> Results:
    """What the tasks of all cases gave; they run once."""
    assert login_registry.address == FILL["LOGIN_REGISTRY"]
    defaults = {"registry_url": login_registry.address, "username": USER, "password": PASSWORD}
    env = {"PATH": "%s:%s" % (login_folder / "bin", os.environ["PATH"])}
    return everywhere.run(CASES, defaults, env)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, results: Results) -> None:
    assert not over_ssh.problems(case, results)
