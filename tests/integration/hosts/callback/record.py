# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes each task's result, an item's of a loop as one of its own, to the file that RECORD_TO names."""

from __future__ import annotations

import json
import os
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: record
type: aggregate
short_description: Records results
description: For tests only.
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "record"
    CALLBACK_NEEDS_ENABLED = True

    def _record(self, result: Any, failed: bool, **more: bool) -> None:
        values = getattr(result, "result", None) or result._result
        if "results" not in values:  # else it is a loop, whose items have been recorded
            with open(os.environ["RECORD_TO"], "a") as stream:
                stream.write(json.dumps({**values, "failed": failed, **more}, default=str, sort_keys=True) + "\n")

    def v2_runner_on_ok(self, result: Any) -> None:
        self._record(result, False)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._record(result, True)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._record(result, False)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._record(result, False, skipped=True)

    v2_runner_item_on_ok = v2_runner_on_ok
    v2_runner_item_on_failed = v2_runner_on_failed
