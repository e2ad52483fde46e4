# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long work, shown while it goes on: a line every few seconds, nothing when it is short.

Records have the form that the Engine's own streams have (pull, push, build, load): `status`, `id` of a layer,
`progressDetail` with `current` and `total` bytes, `stream` for a build's output. Whoever counts bytes itself makes such
records, without `id`.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

FIRST_AFTER, THEN_EVERY = 3.0, 5.0
_DONE = ("Pull complete", "Already exists", "Pushed", "Layer already exists", "Mounted from")
_TO_COME = ("Pulling fs layer", "Waiting", "Verifying Checksum", "Download complete", "Extracting", "Preparing")
_TRANSFERS = ("Downloading", "Pushing", "Loading layer")
_STEP = re.compile(r"Step \d+/\d+ : .+")
_LONGEST = 100


class Summary:
    """What the records so far come to, in one line."""

    def __init__(self) -> None:
        self._layers: dict[str, bool] = {}
        self._bytes: dict[str, tuple[int, int]] = {}
        self._step = ""

    def add(self, record: Mapping[str, Any]) -> None:
        status, layer = str(record.get("status") or ""), str(record.get("id") or "")
        text = str(record.get("stream") or "").strip()
        if _STEP.match(text) or (text and not self._step.startswith("Step ")):
            self._step = text.splitlines()[0]
        if layer and status.startswith((*_DONE, *_TO_COME, *_TRANSFERS)):
            self._layers[layer] = self._layers.get(layer, False) or status.startswith(_DONE)
        detail = record.get("progressDetail")
        if isinstance(detail, Mapping) and detail.get("current") and (not layer or status in _TRANSFERS):
            current, total = int(detail["current"]), int(detail.get("total") or 0)
            self._bytes[layer] = (current, max(current, total) if total > 0 else 0)
        elif layer in self._bytes and status not in _TRANSFERS:
            self._bytes[layer] = (max(self._bytes[layer]), max(self._bytes[layer]))

    def line(self) -> str:
        parts = []
        if self._layers:
            parts.append("%d of %d layers" % (sum(self._layers.values()), len(self._layers)))
        if self._bytes:
            current, total = (sum(pair) for pair in zip(*self._bytes.values(), strict=True))
            known = all(of for _done, of in self._bytes.values())
            parts.append("%s of %s" % (_size(current), _size(total)) if known else _size(current))
        if self._step:
            parts.append(self._step if len(self._step) <= _LONGEST else self._step[: _LONGEST - 3] + "...")
        return ", ".join(parts)


def _size(number: int) -> str:
    return "%.1f MB" % (number / 1e6)


class Progress:
    """Takes the records of a task's work, and has lines shown now and then. The parts of the work are told apart by
    what is being done. Threads may share one: a build's context is sent by one while another reads its log."""

    def __init__(self, show: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._show, self._clock = show, clock
        self._doing, self._summary, self._next, self._shown = "", Summary(), 0.0, ""
        self._one_at_a_time = threading.Lock()

    def __call__(self, doing: str, record: Mapping[str, Any]) -> None:
        with self._one_at_a_time:
            self._take(doing, record)

    def _take(self, doing: str, record: Mapping[str, Any]) -> None:
        now = self._clock()
        if doing != self._doing:
            self._doing, self._summary, self._next = doing, Summary(), now + FIRST_AFTER
        self._summary.add(record)
        if now < self._next:
            return
        line = "%s: %s" % (doing, self._summary.line() or "under way")
        if line != self._shown:
            self._show(line)
            self._shown = line
        self._next = now + THEN_EVERY
