# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Playbooks for community.docker run unchanged: no option, alias, choice, default or returned value is missing.

incumbent/*.json list facts of its modules (version 5.4.0): names, types, defaults. More is allowed here.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.longshore.docker.plugins.module_utils.engine.endpoint import DEFAULT_HOST
from ansible_collections.longshore.docker.plugins.module_utils.task.options import specification
from ansible_collections.longshore.docker.tests.unit.repository.sources import COLLECTION, ROOT, python_files

RUNTIME = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())
MODULES = {path.stem for path in python_files("plugins/modules")}
THEIRS = {path.stem: json.loads(path.read_text()) for path in (Path(__file__).parent / "incumbent").glob("*.json")}
SHARED = sorted(MODULES & set(THEIRS))
Rows = list[tuple[str, dict[str, Any], dict[str, Any] | None]]


def _ours(name: str) -> Any:
    return importlib.import_module("%s.plugins.modules.%s" % (COLLECTION, name))


def _rows(theirs: dict[str, Any], ours: dict[str, Any], prefix: str) -> Iterator[tuple[str, Any, Any]]:
    for name, option in theirs.items():
        mine = ours.get(name)
        yield prefix + name, option, mine
        yield from _rows(option.get("options", {}), (mine or {}).get("options") or {}, prefix + name + ".")


ROWS: Rows = [
    row
    for name in SHARED
    for row in _rows(THEIRS[name]["options"], specification(_ours(name).TASK)["argument_spec"], name + ".")
]


def test_the_lists_are_whole() -> None:
    assert len(THEIRS["container"]["options"]) > 100
    assert "container" in SHARED


@pytest.mark.parametrize(("name", "theirs", "ours"), ROWS, ids=[name for name, _theirs, _ours in ROWS])
def test_option(name: str, theirs: dict[str, Any], ours: dict[str, Any] | None) -> None:
    assert ours is not None, "there is no such option here"
    assert ours.get("type", "str") == theirs["type"]
    assert ours.get("elements") == theirs.get("elements")
    # What they insist on may be left out here, where there is more to choose from.
    assert theirs.get("required") or not ours.get("required")
    assert set(theirs.get("aliases", ())) <= set(ours.get("aliases", ()))
    assert _texts(theirs.get("choices")) <= _texts(ours.get("choices"))
    # Their documentation says nothing of a bool's default where it is False.
    given = theirs.get("default", False if theirs["type"] == "bool" and ours.get("default") is False else None)
    if name.endswith(".docker_host"):  # where it has none, their module leaves it to the docker CLI, whose own this is
        given = given or DEFAULT_HOST
    assert ours.get("default") == given


def _texts(choices: list[Any] | None) -> set[str]:
    return {str(one).lower() for one in choices or ()}


@pytest.mark.parametrize("name", SHARED)
def test_return_values(name: str) -> None:
    documented = yaml.safe_load(_ours(name).RETURN) or {}
    theirs = THEIRS[name]["returns"]
    assert {one: (documented.get(one) or {}).get("type") for one in theirs} == theirs


@pytest.mark.parametrize("name", SHARED)
def test_its_name_leads_to_ours(name: str) -> None:
    if THEIRS[name]["name"] != name:
        assert RUNTIME["plugin_routing"]["modules"][THEIRS[name]["name"]]["redirect"] == "longshore.docker." + name
