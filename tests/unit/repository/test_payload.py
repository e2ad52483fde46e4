# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module ships to the managed node, and what it imports there when nothing has to be done."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from ansible.executor import module_common
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader
from ansible.template import Templar

from ansible_collections.longshore.docker.tests.unit.repository.sources import ROOT, python_files

KIB = 1024
PREFIX = "ansible_collections.longshore.docker."
BUDGETS = {"container": 180 * KIB}
BUDGET = 150 * KIB
IMPORTED = 80 * KIB
MODULES = [path.stem for path in python_files("plugins/modules") if path.stem != "__init__"]
# Used by a few tasks only; they are imported where such a task asks for them.
ONLY_WHERE_USED = ("archive", "contexts", "credentials", "dial_ssh", "dial_tcp", "dial_tls", "duplex", "streams")
# Imports the module, opens an Engine's client for a Unix socket, and names the files that were loaded for that.
LOOK = """
import json, sys
__import__("%s")
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
try:
    open_engine({"docker_host": "unix:///nonexistent/docker.sock"}, {})
except Exception as error:
    print(type(error), error, file=sys.stderr)
print(json.dumps({name: module.__file__ for name, module in sys.modules.items()
                  if name.startswith("ansible_collections.longshore") and getattr(module, "__file__", None)}))
"""

every_module = pytest.mark.parametrize("name", MODULES)


def built(name: str) -> bytes:
    """The file that ansible-core sends for this module, compressed as by default."""
    init_plugin_loader([str(Path(module_path).parent) for module_path in _collection_paths()])
    made: Any = module_common.modify_module(
        module_name="ansible_collections.longshore.docker.plugins.modules." + name,
        module_path=str(ROOT / "plugins" / "modules" / (name + ".py")),
        module_args={"name": "x"},
        templar=Templar(loader=DataLoader()),
        task_vars={"ansible_python_interpreter": sys.executable},
        module_compression="ZIP_DEFLATED",
    )
    data: bytes = made.b_module_data if hasattr(made, "b_module_data") else made[0]
    return data


def _collection_paths() -> list[str]:
    import ansible_collections

    return list(ansible_collections.__path__)


def files_in(payload: bytes) -> list[str]:
    """The names in the archive that the payload carries."""
    literals = re.findall(rb"""['"]([A-Za-z0-9+/=\n]{2000,})['"]""", payload)
    assert len(literals) == 1, "the payload does not carry exactly one archive"
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(literals[0]))) as archive:
        return archive.namelist()


@every_module
def test_size_of_the_payload(name: str) -> None:
    assert len(built(name)) <= BUDGETS.get(name, BUDGET)


@every_module
def test_payload_holds_the_module_and_nothing_of_the_controller(name: str) -> None:
    own = [file for file in files_in(built(name)) if "/longshore/docker/" in file]
    assert "ansible_collections/longshore/docker/plugins/modules/%s.py" % name in own
    strangers = [file for file in own if "/modules/" not in file and "/module_utils/" not in file]
    assert [file for file in strangers if not file.endswith("__init__.py")] == []


def imported(name: str) -> dict[str, Path]:
    """The collection's own files that a task of this module imports before its first request."""
    look = LOOK % (PREFIX + "plugins.modules." + name)
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    return {name: Path(file) for name, file in json.loads(done.stdout).items()}


@every_module
def test_imports_of_a_task_that_changes_nothing(name: str) -> None:
    files = imported(name)
    assert sum(file.stat().st_size for file in files.values()) <= IMPORTED
    engine = PREFIX + "plugins.module_utils.engine."
    assert [short for short in ONLY_WHERE_USED if engine + short in files] == []


def test_there_are_modules() -> None:
    assert MODULES
