# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module ships to the managed node, and what it imports there when nothing has to be done."""

from __future__ import annotations

import ast
import base64
import functools
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.tests.benchmarks.payload import payload
from ansible_collections.longshore.docker.tests.unit.repository.sources import ROOT, is_text, python_files

KIB = 1024
PREFIX = "ansible_collections.longshore.docker."
# What a module adds to the payload of an empty one (112 KiB with ansible-core 2.17, 155 with 2.21). The incumbent's
# container module adds 170. `image` is six modules in one, `image_build` has three builders.
BUDGETS = {"container": 195 * KIB, "containers": 209 * KIB, "image": 177 * KIB, "image_build": 140 * KIB}
BUDGET = 130 * KIB
IMPORTED = 80 * KIB
# What a container and many of them need besides, and a task that shows the content of a file that it leaves alone.
IMPORTED_BY = {"container": 81 * KIB, "containers": 99 * KIB, "container_copy_into": 83 * KIB}
MODULES = [path.stem for path in python_files("plugins/modules") if path.stem != "__init__"]
# Used by a few tasks only; they are imported where such a task asks for them.
ONLY_WHERE_USED = ("archive", "contexts", "credentials", "dial_ssh", "dial_tcp", "dial_tls", "duplex", "streams")
# A program that runs a task which changes nothing.
IDLE = ROOT / "tests" / "unit" / "repository" / "idle.py"
# An inspect of the object, and one of what it is made from or belongs to.
REQUESTS = 2

every_module = pytest.mark.parametrize("name", MODULES)


@functools.cache
def built(name: str) -> bytes:
    """The file that ansible-core sends for this module."""
    return payload("longshore.docker." + name, {"name": "x"}, Path("/tmp"))


def entries(content: bytes) -> list[zipfile.ZipInfo]:
    """What is in the archive that the payload carries."""
    literals = re.findall(rb"""['"]([A-Za-z0-9+/=\n]{2000,})['"]""", content)
    assert len(literals) == 1, "the payload does not carry exactly one archive"
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(literals[0]))) as archive:
        return archive.infolist()


@every_module
def test_size_of_the_payload(name: str) -> None:
    own = [entry for entry in entries(built(name)) if "/longshore/docker/" in entry.filename]
    # Each entry has a header beside its content and another in the directory, both with its name; base64 adds a third.
    size = sum(entry.compress_size + 76 + 2 * len(entry.filename) for entry in own) * 4 // 3
    assert size <= BUDGETS.get(name, BUDGET)


@every_module
def test_payload_holds_the_module_and_nothing_of_the_controller(name: str) -> None:
    own = [entry.filename for entry in entries(built(name)) if "/longshore/docker/" in entry.filename]
    assert "ansible_collections/longshore/docker/plugins/modules/%s.py" % name in own
    strangers = [file for file in own if "/modules/" not in file and "/module_utils/" not in file]
    assert [file for file in strangers if not file.endswith("__init__.py")] == []


def idle(name: str) -> dict[str, Any]:
    """What a task of this module that changes nothing gave, requested and imported."""
    done = subprocess.run([sys.executable, str(IDLE), name], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def code_size(path: Path) -> int:
    """Bytes of a file's code. Comments, docstrings and documentation blocks are left out: to compile 1 KB of them takes
    0.006 ms, 1 KB of code 0.3 ms."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            node.body = [one for one in node.body if not _is_text(one)] or [ast.Pass()]
    return len(ast.unparse(tree).encode())


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr | ast.Assign) and is_text(node)


@every_module
def test_a_task_that_changes_nothing(name: str) -> None:
    found = idle(name)
    assert found["result"].get("changed") is found["acts"], found["result"]
    assert found["requests"] <= REQUESTS
    files = {module: Path(file) for module, file in found["files"].items() if module.startswith(PREFIX)}
    assert sum(code_size(file) for file in files.values()) <= IMPORTED_BY.get(name, IMPORTED)
    engine = PREFIX + "plugins.module_utils.engine."
    assert [short for short in ONLY_WHERE_USED if engine + short in files] == found["uses"]


def test_there_are_modules() -> None:
    assert MODULES
