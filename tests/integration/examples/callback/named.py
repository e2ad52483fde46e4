# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes down which tasks, and items of loops, have changed something, one line of JSON for each."""

from __future__ import annotations

import json
import os
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: named
type: aggregate
short_description: Records what changed, by the tasks' names
description: For tests only.
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "named"
    CALLBACK_NEEDS_ENABLED = True

    def _record(self, result: Any, **_how: Any) -> None:
        values = getattr(result, "result", None) or result._result
        task = getattr(result, "task", None) or result._task
        if "results" not in values:  # else it is a loop, whose items have been recorded
            with open(os.environ["RECORD_TO"], "a") as stream:
                stream.write(json.dumps({"name": task.get_name(), "changed": values.get("changed", False)}) + "\n")

    v2_runner_on_ok = v2_runner_on_failed = v2_runner_item_on_ok = v2_runner_item_on_failed = _record
