# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/engine-client.md names what there is."""

from __future__ import annotations

import importlib
import inspect
import re

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.tests.unit.engine.test_contract import functions
from ansible_collections.longshore.docker.tests.unit.repository.sources import ROOT, python_files

UTILS = "ansible_collections.longshore.docker.plugins.module_utils."
TEXT = (ROOT / "docs" / "engine-client.md").read_text()
ROWS = re.findall(r"^\| (\w+) \| `(\w+)\.(\w+)` \| (.*\w.*) \|$", TEXT, re.MULTILINE)
OPERATIONS = """
attach build commit containers connect_container_to_network copy create_container create_network create_volume
diff disconnect_container_from_network events execute exec_inspect exec_resize exec_start export get_archive
get_image history images import_image import_image_from_data import_image_from_file import_image_from_image
import_image_from_url info inspect_container inspect_image inspect_network inspect_volume kill load_image
login logs networks pause ping port pull push put_archive remove_container remove_image remove_network
remove_volume rename resize restart search start stats stop tag top unpause update_container version volumes
wait
"""


def test_every_operation_has_its_row() -> None:
    assert [row[0] for row in ROWS] == OPERATIONS.split()


@pytest.mark.parametrize("operation, module, function, tasks", ROWS)
def test_functions_and_tasks_exist(operation: str, module: str, function: str, tasks: str) -> None:
    place = "values." if module == "published" else "engine.api."
    assert inspect.isfunction(getattr(importlib.import_module(UTILS + place + module), function))
    named = set(re.findall(r"`(\w+)`", tasks))
    assert named
    assert named <= {path.stem for path in python_files("plugins/modules")}
    # Where there are words, they say why no task makes the call.
    assert tasks.startswith("none: ") or re.sub(r"`\w+`(, )?", "", tasks) == ""


def test_every_call_is_named() -> None:
    assert [name for name in functions() if "`%s`" % name not in TEXT] == []


def test_every_way_of_sending_is_named() -> None:
    named = set(re.findall(r"^\| `(\w+)\(call", TEXT, re.MULTILINE))
    ways = {
        name
        for name, one in inspect.getmembers(Engine, inspect.isfunction)
        if not name.startswith("_") and list(inspect.signature(one).parameters)[1:2] == ["call"]
    }
    assert named == ways - {"prepare", "address"}
