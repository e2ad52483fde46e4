# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever version of the API is forced, tasks give the results that they give with the Engine's newest (tasks.yml).

An older version knows less: what its documents do not have is not compared, nor is what they say of the moment. What a
task says by itself (changed, diff, messages, warnings, output) is compared in full.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import ApiVersion
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.tests.integration.container.service import run
from ansible_collections.longshore.docker.tests.integration.examples.plain import ask
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import without_accidents

MODULES = "ansible_collections.longshore.docker.plugins.modules."
TASKS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "tasks.yml").read_text())
# The oldest that is supported is 1.41; with one before it there is something to compare on the oldest Engine, too.
OLDEST = (1, 40)
# What is no document of the Engine's, and has to be the same in full.
OWN = ("changed", "failed", "msg", "diff", "warnings", "replaced_because", "drift", "rc", "stdout", "stderr", "status")
# Measurements, what the Engine draws by chance, what earlier runs leave, and aliases, among which 1.44 has the ID.
VARYING = {
    "stats",
    "memory_usage",
    "network_received",
    "processes",
    "Pid",
    "MacAddress",
    "Created",
    "events",
    "Aliases",
}


def versions(socket: str) -> list[ApiVersion]:
    """Those that may be forced, newest first."""
    newest = json.loads(ask(socket, "GET", "/version"))["ApiVersion"]
    return [(1, minor) for minor in range(int(newest.split(".")[1]), OLDEST[1] - 1, -1)]


def results(socket: str, version: ApiVersion) -> dict[str, dict[str, Any]]:
    """What each task gives, by a title."""
    found = {}
    for number, one in enumerate(TASKS, 1):
        ((module, options),) = [item for item in one.items() if item[0] not in ("times", "fails")]
        task = importlib.import_module(MODULES + module).TASK
        forced = {**options, "api_version": "%d.%d" % version, "timeout": 60}
        for title in ("for real",) if "times" in one else ("in check mode", "for real", "again"):
            result = run(socket, forced, title == "in check mode", task=task)
            assert result.get("failed", False) is one.get("fails", False), (options, result)
            found["%d %s %s" % (number, module, title)] = constant(result)
    return found


def constant(value: Any) -> Any:
    """Without IDs, addresses and times, and an image's size: containerd's store has that of what is compressed."""
    if isinstance(value, dict):
        by_chance = ("Size", "VirtualSize") if "RepoTags" in value else ()
        found = {constant(key): constant(item) for key, item in value.items() if key not in by_chance}
        if "Mounts" in found:  # in no order
            found["Mounts"].sort(key=lambda one: one.get("Destination", ""))
        return found
    if isinstance(value, (list, tuple)):
        return [constant(item) for item in value]
    return without_accidents(value) if isinstance(value, str) else value


def differences(here: Any, there: Any, path: str = "") -> Iterator[str]:
    """Where two results do not agree, as far as both say something."""
    if isinstance(here, dict) and isinstance(there, dict):
        for key in sorted(here.keys() & there.keys() - VARYING):
            yield from differences(here[key], there[key], "%s.%s" % (path, key))
    elif isinstance(here, list) and isinstance(there, list) and len(here) == len(there):
        for number, (one, other) in enumerate(zip(here, there, strict=True)):
            yield from differences(one, other, "%s.%d" % (path, number))
    elif here != there and (here or there):  # [] in one version is null in another
        yield "%s: %r, %r" % (path, here, there)


@pytest.fixture(scope="module")
def newest(engine_socket: str, busybox_image: str) -> dict[str, dict[str, Any]]:
    """The results with the newest version."""
    return results(engine_socket, versions(engine_socket)[0])


def test_forced_versions_give_the_same_results(engine_socket: str, newest: dict[str, dict[str, Any]]) -> None:
    wrong = []
    for version in versions(engine_socket)[1:]:
        found = results(engine_socket, version)
        assert found.keys() == newest.keys()
        for title, result in found.items():
            own = [{key: one.get(key) for key in OWN} for one in (result, newest[title])]
            if own[0] != own[1]:
                wrong.append("%s: %s: %s, %s" % (version, title, *own))
            if "host_info" not in title:
                wrong += ["%s: %s: %s" % (version, title, one) for one in differences(result, newest[title])]
    assert not wrong, "\n".join(["", *wrong])


def test_each_version_is_spoken(engine_socket: str) -> None:
    for version in versions(engine_socket):
        options = {"docker_host": "unix://" + engine_socket, "api_version": "%d.%d" % version}
        with open_engine(options, {}) as engine:
            assert engine.api_version == version
