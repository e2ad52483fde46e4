# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Playbooks for community.docker.docker_container run unchanged: no option, alias, choice or default is missing.

incumbent_container.json lists facts of that module (version 5.4.0): names, types, defaults. More is allowed here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.longshore.docker.plugins.module_utils.task.options import specification
from ansible_collections.longshore.docker.plugins.modules import container

THEIRS = json.loads((Path(__file__).parent / "incumbent_container.json").read_text())
OURS: dict[str, dict[str, Any]] = specification(container.TASK)["argument_spec"]
Rows = list[tuple[str, dict[str, Any], dict[str, Any] | None]]


def _rows(theirs: dict[str, Any], ours: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any, Any]]:
    for name, option in theirs.items():
        mine = ours.get(name)
        yield prefix + name, option, mine
        yield from _rows(option.get("options", {}), (mine or {}).get("options") or {}, prefix + name + ".")


ROWS: Rows = list(_rows(THEIRS["options"], OURS))


def test_the_list_is_whole() -> None:
    assert len(THEIRS["options"]) > 100
    assert len(ROWS) > 140


@pytest.mark.parametrize(("name", "theirs", "ours"), ROWS, ids=[name for name, _theirs, _ours in ROWS])
def test_option(name: str, theirs: dict[str, Any], ours: dict[str, Any] | None) -> None:
    assert ours is not None, "there is no such option here"
    assert ours.get("type", "str") == theirs["type"]
    assert ours.get("elements") == theirs.get("elements")
    assert bool(ours.get("required")) == bool(theirs.get("required"))
    assert set(theirs.get("aliases", ())) <= set(ours.get("aliases", ()))
    assert _texts(theirs.get("choices")) <= _texts(ours.get("choices"))
    # Their documentation says nothing of a bool's default where it is False.
    given = theirs.get("default", False if theirs["type"] == "bool" and ours.get("default") is False else None)
    assert ours.get("default") == given


def _texts(choices: list[Any] | None) -> set[str]:
    return {str(one).lower() for one in choices or ()}


def test_return_values() -> None:
    documented = yaml.safe_load(container.RETURN)
    assert {name: documented[name]["type"] for name in THEIRS["returns"]} == THEIRS["returns"]
