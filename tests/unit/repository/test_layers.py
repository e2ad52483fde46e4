# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports point downwards only (docs/architecture.md)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.unit.repository.sources import dotted, imports, python_files, relative

UTILS = "plugins.module_utils."
PLUGIN_UTILS = "plugins.plugin_utils."
RESOURCE_ENGINE = tuple(
    UTILS + "engine." + name
    for name in (
        "api",
        "client",
        "errors",
        "credentials",
        "call",
        "files",
        "archive",
        "archive_end",
        "config_proxies",
        "logins",
        "streams",
        "contexts",
    )
)
LAYERS = tuple(UTILS + name for name in ("task", "resource", "state", "engine", "values"))

# What each place may import besides itself and the standard library.
ALLOWED: dict[str, tuple[str, ...]] = {
    UTILS + "values": (),
    UTILS + "engine": (UTILS + "values", "urllib3"),
    UTILS + "state": (UTILS + "values", UTILS + "engine.call"),
    UTILS + "resource": (UTILS + "state", UTILS + "values", *RESOURCE_ENGINE),
    UTILS + "task": (*LAYERS, "ansible.module_utils"),
    "plugins.modules": (UTILS + "task", UTILS + "resource", UTILS + "state"),
    "plugins.plugin_utils": (*LAYERS, "ansible"),
    "plugins.action": (*LAYERS, "plugins.plugin_utils", "ansible"),
    "plugins.doc_fragments": (),
}


def below(name: str, place: str) -> bool:
    return name == place or name.startswith(place + ".")


def forbidden(source: str, name: str, package: bool = False) -> list[str]:
    """What a file of this name imports although its layer may not."""
    places = [place for place in ALLOWED if below(name, place)]
    if name == "plugins.module_utils":
        places = [UTILS + "values"]
    assert places, "%s belongs to no layer: give it a row in ALLOWED" % name
    may = (places[0], *ALLOWED[places[0]])
    return [
        imported
        for imported in imports(source, name, package)
        if imported.split(".")[0] not in sys.stdlib_module_names and not any(below(imported, place) for place in may)
    ]


@pytest.mark.parametrize("path", python_files("plugins"), ids=relative)
def test_imports_point_downwards(path: Path) -> None:
    assert forbidden(path.read_text(), dotted(path), path.name == "__init__.py") == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        (UTILS + "values.x", "from ..engine.call import Call"),
        (UTILS + "values.x", "def f():\n    import requests"),
        (UTILS + "state.x", "from ..engine.client import Engine"),
        (UTILS + "engine.x", "import ansible"),
        (UTILS + "engine.x", "from ansible_collections.longshore.docker.plugins.module_utils.task.task import Task"),
        (UTILS + "resource.container.x", "from ...engine.dial import dial"),
        (UTILS + "resource.container.x", "from ...task.task import Task"),
        (UTILS + "task.x", "from ansible.plugins.action import ActionBase"),
        ("plugins.modules.x", "import docker"),
    ],
)
def test_the_rule_finds_what_it_forbids(name: str, source: str) -> None:
    assert forbidden(source, name)


@pytest.mark.parametrize("path", python_files("plugins/module_utils"), ids=relative)
def test_packages_export_nothing(path: Path) -> None:
    """A re-export would ship and import every file of the package for the sake of one."""
    if path.name == "__init__.py":
        assert list(imports(path.read_text(), dotted(path), package=True)) == []
    else:
        assert "import *" not in path.read_text()
