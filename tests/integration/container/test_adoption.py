# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A container that the docker CLI made is as the task that says the same wants it: nothing changes (adoption.yml)."""

from __future__ import annotations

import os
import shlex
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.longshore.docker.tests.integration.container.prepared import ask, prepare
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import NAME
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import playbooks_in

SPELLINGS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "adoption.yml").read_text())
# The one of the Engine's package: a newer one that may be on PATH refuses some words to an older Engine.
DOCKER = "/usr/bin/docker"
Adopted = list[tuple[str, dict[str, Any]]]


def _name(number: int) -> str:
    return f"ls-adopted-{number}"


def _runs(one: dict[str, Any]) -> bool:
    """Most run. Those whose ports would meet, or whose devices a machine may lack, are only created."""
    return "-p " not in one["run"] + " " and "/dev/" not in one["run"]


def _docker(socket: str, words: list[str]) -> str:
    environ = {**os.environ, "DOCKER_HOST": "unix://" + socket}
    done = subprocess.run([DOCKER, *words], env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"docker {shlex.join(words)}: {done.stderr}"
    return done.stdout.strip()


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory, engine_socket: str, busybox_image: str) -> Adopted:
    """For each spelling the ID of the container that the CLI made of it, and the result of its task."""
    prepare(engine_socket, busybox_image)

    def make(number: int) -> str:
        one = SPELLINGS[number]
        verb = ["run", "-d"] if _runs(one) else ["create"]
        words = [*verb, "--name", _name(number), *shlex.split(one["run"]), busybox_image]
        return _docker(engine_socket, [*words, *shlex.split(one.get("words", ""))])

    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(make, range(len(SPELLINGS))))
    tasks = []
    for number, one in enumerate(SPELLINGS):
        state = "started" if _runs(one) else "present"
        tasks.append({NAME: {"name": _name(number), "image": busybox_image, "state": state, **one["task"]}})
    try:
        run = playbooks_in(tmp_path_factory.mktemp("adoption"), engine_socket).run(tasks, "controller", ("--diff",))
    finally:
        for ident in ids:
            ask(engine_socket, "DELETE", f"/containers/{ident}", force=1, v=1)
    assert len(run.results) == len(SPELLINGS), run.output[-3000:]
    return list(zip(ids, run.results, strict=True))


@pytest.mark.parametrize("number", range(len(SPELLINGS)), ids=lambda number: SPELLINGS[number]["run"] or "plain")
def test_what_docker_run_made_is_adopted(number: int, adopted: Adopted) -> None:
    ident, result = adopted[number]
    assert not result["failed"], result["msg"]
    assert not result["changed"], (result.get("replaced_because"), result["diff"])
    assert result["container"]["Id"] == ident and "drift" not in result
