# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long work is shown while it goes on: a line every few seconds, none for short work."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.plugin_utils.progress import (
    FIRST_AFTER,
    THEN_EVERY,
    Progress,
    Summary,
)


def layer(name: str, status: str, current: int = 0, total: int = 0) -> dict[str, Any]:
    detail = {"current": current, "total": total} if current else {}
    return {"id": name, "status": status, "progressDetail": detail}


MB = 1_000_000
PULL = [
    {"status": "Pulling from library/app", "id": "1.27"},
    layer("aaa", "Already exists"),
    layer("bbb", "Pulling fs layer"),
    layer("ccc", "Waiting"),
    layer("bbb", "Downloading", 5 * MB, 20 * MB),
]
BUILD = [
    {"stream": "Step 1/2 : FROM busybox"},
    {"stream": "\n"},
    {"stream": " ---> 0123456789ab\n"},
    {"stream": "Step 2/2 : RUN make"},
    {"stream": "cc -o a a.c\n"},
]


@pytest.mark.parametrize(
    ("records", "line"),
    [
        ([], ""),
        ([{"status": "Digest: sha256:0"}], ""),
        (PULL, "1 of 3 layers, 5.0 MB of 20.0 MB"),
        ([*PULL, layer("bbb", "Download complete")], "1 of 3 layers, 20.0 MB of 20.0 MB"),
        ([*PULL, layer("bbb", "Extracting", MB, 20 * MB)], "1 of 3 layers, 20.0 MB of 20.0 MB"),
        ([*PULL, layer("bbb", "Pull complete")], "2 of 3 layers, 20.0 MB of 20.0 MB"),
        ([layer("aaa", "Pushing", 3 * MB, -1), layer("bbb", "Pushed")], "1 of 2 layers, 3.0 MB"),
        ([layer("aaa", "Mounted from base"), layer("bbb", "Layer already exists")], "2 of 2 layers"),
        ([{"progressDetail": {"current": 7 * MB}}], "7.0 MB"),
        ([{"progressDetail": {"current": n * MB, "total": 9 * MB}} for n in (1, 2)], "2.0 MB of 9.0 MB"),
        (BUILD, "Step 2/2 : RUN make"),
        ([{"stream": "a line of BuildKit\n"}, {"stream": "[2/3] RUN make\n"}], "[2/3] RUN make"),
        ([{"stream": "Step 1/1 : RUN " + "x" * 200}], "Step 1/1 : RUN " + "x" * 82 + "..."),
    ],
)
def test_a_line(records: list[dict[str, Any]], line: str) -> None:
    summary = Summary()
    for record in records:
        summary.add(record)
    assert summary.line() == line


class Watch:
    def __init__(self) -> None:
        self.now, self.lines = 100.0, list[str]()
        self.progress = Progress(self.lines.append, lambda: self.now)

    def tell(self, seconds: float, doing: str, number: int) -> None:
        self.now = 100.0 + seconds
        self.progress(doing, {"progressDetail": {"current": number * MB}})


def test_short_work_shows_nothing() -> None:
    watch = Watch()
    for tenth in range(int(FIRST_AFTER * 10)):
        watch.tell(tenth / 10, "pulling", tenth)
    assert watch.lines == []


def test_long_work_shows_a_line_every_few_seconds() -> None:
    watch = Watch()
    for second in range(20):
        watch.tell(second, "pulling", second)
    times = [FIRST_AFTER + THEN_EVERY * turn for turn in range(4)]
    assert watch.lines == ["pulling: %.1f MB" % second for second in times]


def test_work_that_does_not_come_on_is_not_shown_again() -> None:
    watch = Watch()
    for second in range(20):
        watch.tell(second, "pulling", 1)
    assert len(watch.lines) == 1


def test_each_work_begins_anew() -> None:
    watch = Watch()
    for second in range(20):
        watch.tell(second, "pulling %d" % (second // 2), second)
    assert watch.lines == []


def test_one_thread_at_a_time() -> None:
    """Another thread's record waits while a line is made and shown."""
    held: list[bool] = []
    times = iter([0.0, 10.0])
    progress = Progress(lambda _line: held.append(progress._one_at_a_time.locked()), lambda: next(times))
    for text in ("first", "second"):
        progress("building", {"stream": text})
    assert held == [True]
    assert not progress._one_at_a_time.locked()
