# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each option is documented as it behaves, is in a scenario, and its module is found under every name it goes by."""

from __future__ import annotations

import functools
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.longshore.docker.plugins.module_utils.resource.container.image import IMAGE
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.isolation import ISOLATION
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.limits import LIMITS
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.networking import NETWORKING
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.process import PROCESS
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.storage import STORAGE
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.table import FIELDS
from ansible_collections.longshore.docker.plugins.module_utils.state.field import REPLACE, Field
from ansible_collections.longshore.docker.plugins.module_utils.task.options import ENGINE_OPTIONS, specification
from ansible_collections.longshore.docker.tests.unit.repository.sources import COLLECTION, ROOT, python_files

MODULES = [path.stem for path in python_files("plugins/modules") if path.stem != "__init__"]
ACTIONS = [path.stem for path in python_files("plugins/action") if path.stem != "__init__"]
TABLES = {
    "image": IMAGE,
    "isolation": ISOLATION,
    "limits": LIMITS,
    "networking": NETWORKING,
    "process": PROCESS,
    "storage": STORAGE,
}
OLDEST = (1, 41)  # the API of the oldest Engine supported
RUNTIME = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())

every_module = pytest.mark.parametrize("name", MODULES)


@functools.cache
def documented(name: str) -> Any:
    """What ansible-doc says of a module, fragments merged."""
    program = Path(sys.executable).with_name("ansible-doc")
    command = [str(program), "--type", "module", "--json", "longshore.docker." + name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["longshore.docker." + name]


def task_of(name: str) -> Any:
    return importlib.import_module("%s.plugins.modules.%s" % (COLLECTION, name)).TASK


def as_specified(spec: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The facts that documentation and specification must agree on, from the specification."""
    return {
        name: {
            "type": row.get("type", "str"),
            "elements": row.get("elements"),
            "required": row.get("required", False),
            "default": row.get("default"),
            "choices": sorted(row["choices"], key=str) if row.get("choices") else None,
            "aliases": sorted(row.get("aliases", ())),
            "options": as_specified(row.get("options") or {}),
        }
        for name, row in spec.items()
    }


def as_documented(options: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The same facts from the documentation."""
    return {
        name: {
            "type": row.get("type", "str"),
            "elements": row.get("elements"),
            "required": row.get("required", False),
            "default": row.get("default"),
            "choices": sorted(row["choices"], key=str) if row.get("choices") else None,
            "aliases": sorted(row.get("aliases", ())),
            "options": as_documented(row.get("suboptions") or {}),
        }
        for name, row in options.items()
    }


def words(options: Mapping[str, Mapping[str, Any]], above: str = "") -> Iterator[tuple[str, Any]]:
    """Each option's description, by the path of its name."""
    for name, row in options.items():
        yield above + name, row.get("description")
        yield from words(row.get("suboptions") or {}, above + name + ".")


@every_module
def test_options_are_documented_as_they_are(name: str) -> None:
    specified = as_specified(specification(task_of(name))["argument_spec"])
    found = as_documented(documented(name)["doc"]["options"])
    assert sorted(found) == sorted(specified)
    assert {one: found[one] for one in found if found[one] != specified[one]} == {
        one: specified[one] for one in found if found[one] != specified[one]
    }


@every_module
def test_options_are_described(name: str) -> None:
    assert [path for path, text in words(documented(name)["doc"]["options"]) if not text] == []


def promised(text: str) -> dict[str, Any]:
    """What the last sentence of an option's description says about how it compares and what a change costs."""
    said = re.match(r"Compared by V\((\w+)\)(.*)", text)
    assert said, "the description ends with %r" % text
    needs, refused = (re.search(words + r" API (\d+)\.(\d+)", text) for words in ("Needs", "Ignored from"))
    return {
        "rule": said[1],
        "in place": "in place" in said[2],
        "since": (int(needs[1]), int(needs[2])) if needs else OLDEST,
        "until": (int(refused[1]), int(refused[2])) if refused else None,
    }


@pytest.mark.parametrize("row", FIELDS, ids=lambda row: row.name)
def test_a_property_is_described_as_its_row_has_it(row: Field) -> None:
    description = documented("container")["doc"]["options"][row.name]["description"]
    assert promised(description[-1]) == {
        "rule": row.rule,
        "in place": row.change != REPLACE,
        "since": max(row.since, OLDEST),
        "until": row.until,
    }


@pytest.mark.parametrize("table", sorted(TABLES))
def test_rows_and_their_words_are_in_files_of_one_name(table: str) -> None:
    fragment = importlib.import_module("%s.plugins.doc_fragments.container_%s" % (COLLECTION, table))
    options = yaml.safe_load(fragment.ModuleDocFragment.DOCUMENTATION)["options"]
    assert sorted(options) == sorted(row.name for row in TABLES[table])


@every_module
def test_examples_name_known_options(name: str) -> None:
    known = documented(name)["doc"]["options"]
    allowed = set(known) | {alias for row in known.values() for alias in row.get("aliases", ())}
    used = [task["longshore.docker." + name] for task in yaml.safe_load(documented(name)["examples"])]
    assert used, "no example"
    assert {option for one in used for option in one} <= allowed


def keys(value: Any) -> Iterator[str]:
    """Every key at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


@every_module
def test_every_option_is_in_a_scenario(name: str) -> None:
    cases = sorted((ROOT / "tests" / "integration" / name / "cases").glob("*.yml"))
    used = {key for case in cases for document in yaml.safe_load_all(case.read_text()) for key in keys(document)}
    spec = task_of(name).argument_spec
    assert [one for one, row in spec.items() if used.isdisjoint({one, *row.get("aliases", ())})] == []


@every_module
def test_the_action_group_has_the_modules_that_take_its_defaults(name: str) -> None:
    takes_them = set(ENGINE_OPTIONS) <= set(specification(task_of(name))["argument_spec"])
    assert (name in RUNTIME["action_groups"]["docker"]) is takes_them
    described = documented(name)["doc"]["attributes"].get("action_group", {})
    assert described.get("membership", []) == ["longshore.docker.docker"] * takes_them


def test_the_action_group_has_nothing_else() -> None:
    assert set(RUNTIME["action_groups"]["docker"]) <= set(MODULES)


def test_every_name_of_a_module_leads_to_it_and_to_the_action_plugin() -> None:
    routed = RUNTIME["plugin_routing"]
    modules, actions = routed["modules"], routed["action"]
    assert {row["redirect"] for row in modules.values()} <= {"longshore.docker." + name for name in MODULES}
    assert {row["redirect"] for row in actions.values()} <= {"longshore.docker." + name for name in ACTIONS}
    assert set(actions) | set(ACTIONS) == set(modules) | set(MODULES)
