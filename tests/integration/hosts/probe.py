# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module that exists in tests only: it asks the Engine for something and shows what its host gave to it."""

from __future__ import annotations

import os
from typing import Any, Dict

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target
from ansible_collections.longshore.docker.plugins.module_utils.task.task import Result, Task, TaskFailed
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption


def check(options: Dict[str, Any]) -> None:
    if options["text"] == "bad":
        raise InvalidOption("text", "bad is not good")


def run(options: Dict[str, Any], engine: Engine, check_mode: bool) -> Result:
    if options["end"] == "fail":
        raise TaskFailed("failed with %s" % options["secret"], changed=True, step=2)
    if options["end"] == "bug":
        raise RuntimeError("a bug")
    if options["end"] == "write":
        engine.send(Call("POST", "/volumes/prune"))
    version = engine.get(Call("GET", "/version"))
    found = {
        "version": version["Version"],
        "read_only": engine.read_only,
        "options": options,
        "types": {name: type(value).__name__ for name, value in options.items()},
        "inner": [type(one).__name__ for one in (options["items"] or [])],
        "word": os.environ.get("PROBE_WORD"),
        "directory": os.getcwd(),
        "template": "{{ 1 + 1 }}",
        "stdout": "one\ntwo",
    }
    if options["show_calls"]:
        found["calls"], found["pid"] = list(engine.history), os.getpid()
    warnings = ("a warning about %s" % options["secret"],) if options["warn"] else ()
    changed = options["text"] == "new"
    return Result(changed, found, {"text": "old"}, {"text": "new" if changed else "old"}, warnings)


TASK = Task(
    "probe",
    {
        "text": {"type": "str", "default": "same", "aliases": ["words"]},
        "secret": {"type": "str", "no_log": True},
        "items": {"type": "list", "elements": "str"},
        "map": {"type": "dict"},
        "many": {
            "type": "list",
            "elements": "dict",
            "options": {
                "key": {"type": "str", "required": True, "no_log": False},
                "number": {"type": "int", "default": 7},
            },
        },
        "file": {"type": "path"},
        "count": {"type": "int"},
        "flag": {"type": "bool", "default": False},
        "old": {"type": "str", "removed_in_version": "9.0.0", "removed_from_collection": "longshore.docker"},
        "end": {"type": "str", "choices": ["well", "fail", "bug", "write"], "default": "well"},
        "warn": {"type": "bool", "default": False},
        "show_calls": {"type": "bool", "default": False},
    },
    run,
    {
        "mutually_exclusive": [("count", "file")],
        "required_together": [("map", "count")],
        "required_if": [("text", "needs", ["items"])],
    },
    check,
)


def main() -> None:
    run_on_target(TASK)


if __name__ == "__main__":
    main()
