# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/migrating.md names what there is beyond community.docker, leads its names to ours, and gives its reasons."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from ansible_collections.longshore.docker.plugins.module_utils.task.options import specification
from ansible_collections.longshore.docker.tests.unit.repository.sources import COLLECTION, ROOT
from ansible_collections.longshore.docker.tests.unit.repository.test_incumbent import MODULES, RUNTIME, SHARED, THEIRS

TEXT = (ROOT / "docs" / "migrating.md").read_text()
# Has a row of its own, for all modules.
EVERYWHERE = {"cli_context"}
REDIRECTS = {name: row["redirect"].rpartition(".")[2] for name, row in RUNTIME["plugin_routing"]["modules"].items()}


def rows(begins: str) -> list[list[str]]:
    """The cells of the table whose first line begins so."""
    lines = TEXT[TEXT.index("\n" + begins) + 1 :].split("\n\n", 1)[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def names(cell: str) -> set[str]:
    return set(re.findall(r"`([\w.]+)`", cell))


def beyond(theirs: Mapping[str, Any], ours: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Options that they do not have, under any name."""
    known = {one for name, row in theirs.items() for one in (name, *row.get("aliases", ()))}
    for name, row in ours.items():
        if name not in known:
            yield above + name
        elif name in theirs:
            inner = theirs[name].get("options") or {}, row.get("options") or {}
            yield from beyond(*inner, above + name + ".")


def new_in(module: str) -> tuple[set[str], set[str]]:
    """Options and returned values."""
    ours = importlib.import_module("%s.plugins.modules.%s" % (COLLECTION, module))
    options = set(beyond(THEIRS[module]["options"], specification(ours.TASK)["argument_spec"])) - EVERYWHERE
    return options, set(yaml.safe_load(ours.RETURN) or {}) - set(THEIRS[module]["returns"])


def test_what_is_new_is_on_the_page() -> None:
    told = {module.strip("`"): (names(options), names(values)) for module, options, values in rows("| module | new")}
    found = {module: new_in(module) for module in SHARED}
    assert told == {module: new for module, new in found.items() if any(new)}


def test_old_names_are_on_the_page() -> None:
    told = {old.strip("`"): new.strip("`") for old, new in rows("| community.docker | here |")}
    same = {THEIRS[name]["name"]: name for name in SHARED}
    assert told == {**REDIRECTS, **same}


def test_what_is_not_here_is_not_here() -> None:
    (paragraph,) = re.findall(r"^These have no counterpart here\..*?\n\n", TEXT, re.DOTALL | re.MULTILINE)
    modules, _semicolon, others = paragraph.partition("; the connection plugins ")
    assert names(modules) - {"community.docker"}
    assert names(modules) & {*REDIRECTS, *MODULES} == set(), "there is such a module now: the page may say so"
    plugins = {path.stem for kind in ("connection", "inventory") for path in (ROOT / "plugins" / kind).glob("*.py")}
    assert names(others)
    assert names(others) & plugins == set(), "there is such a plugin now: the page may say so"


def test_the_command_replaces_what_is_here_and_nothing_else() -> None:
    (pattern,) = re.findall(r"-e 's/(community.*?\\b)/longshore", TEXT)
    here = {THEIRS[name]["name"] for name in SHARED} | set(REDIRECTS)
    away = names(TEXT[TEXT.index("These have no counterpart") : TEXT.index("; the connection plugins ")])
    assert [name for name in here if not re.search(pattern, "  community.docker.%s:" % name)] == []
    assert [name for name in away if re.search(pattern, "  community.docker.%s:" % name)] == []


@pytest.mark.parametrize("row", re.findall(r"^\| .* \|$", TEXT, re.MULTILINE))
def test_no_reason_is_missing(row: str) -> None:
    assert not row.endswith("| |")


def test_every_table_of_differences_has_reasons() -> None:
    heads = re.findall(r"^(\| .*\bcommunity\.docker\b.*\bhere\b.*\|)\n\| ---", TEXT, re.MULTILINE)
    # The names need none, and of spellings one reason is told for all.
    without = [head for head in heads if not head.endswith("| why |")]
    assert without == [
        "| community.docker | here |",
        "| option | community.docker replaces the container for | here |",
    ]
