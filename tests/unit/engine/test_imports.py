# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simplest request loads, and what happens where requests is not installed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PACKAGE = "ansible_collections.longshore.docker.plugins.module_utils."
# 0.34 ms of a task on the managed node for each KB.
BUDGET = 25_500

PROBE = """
import json, sys
from {package}engine.call import Call
from {package}engine.errors import EngineError
from {package}engine.open import open_engine
assert "urllib3" not in sys.modules and "ssl" not in sys.modules
{before}
try:
    open_engine({{"docker_host": "unix:///none/such", "api_version": "1.41"}}, {{}}).get(Call("GET", "/info"))
except EngineError as error:
    print(json.dumps([type(error).__name__, str(error), sorted(
        getattr(module, "__file__", None) or "" for name, module in sys.modules.items() if name.startswith("{package}")
    )]))
"""


def probe(before: str) -> list[object]:
    code = PROBE.format(package=PACKAGE, before=before)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    answer: list[object] = json.loads(done.stdout)
    return answer


def test_plain_get_loads_nothing_that_it_does_not_need() -> None:
    kind, _message, files = probe("")
    assert kind == "ConnectionFailed" and isinstance(files, list)
    loaded = {Path(file) for file in files if file}
    names = {path.stem for path in loaded} - {"__init__"}
    # The failure itself, which this probe cannot avoid, is what loads `failures`.
    assert names == {"call", "client", "dial", "dial_unix", "endpoint", "errors", "failures", "open", "session"}
    assert sum(path.stat().st_size for path in loaded if path.stem != "failures") < BUDGET


def test_requests_is_missing() -> None:
    kind, message, _files = probe('sys.modules["urllib3"] = sys.modules["urllib3.connection"] = None')
    assert kind == "RequestsMissing"
    assert "%s -m pip install requests" % sys.executable in str(message)
