# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes how long each task took, as one JSON document a line, to the file that DURATIONS_TO names."""

from __future__ import annotations

import json
import os
import time
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: durations
type: aggregate
short_description: Writes how long tasks took
description: [For benchmarks. From the start of a task to its result, all items of a loop included.]
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "durations"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._began = 0.0

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        self._began = time.perf_counter()

    def _end(self, result: Any) -> None:
        seconds = time.perf_counter() - self._began
        task = getattr(result, "task", None) or result._task
        failed = bool(result.is_failed())
        with open(os.environ["DURATIONS_TO"], "a", encoding="utf-8") as stream:
            stream.write(json.dumps({"task": task.get_name(), "seconds": seconds, "failed": failed}) + "\n")

    v2_runner_on_ok = _end
    v2_runner_on_skipped = _end
    v2_runner_on_unreachable = _end

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._end(result)
