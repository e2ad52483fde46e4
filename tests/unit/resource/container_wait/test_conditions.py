# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a container is as it is waited for, when it may still become so, and when it cannot any more."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.container_wait.conditions import (
    CONDITIONS,
    Wanted,
    judge,
    last_probe,
)
from ansible_collections.longshore.docker.plugins.module_utils.resource.container_wait.watching import matching

MET, FAILED, COMING = True, False, None


def state(status: str, health: str = "", code: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = {"Status": status, "ExitCode": code}
    if health:
        found["Health"] = {"Status": health, "Log": [{"ExitCode": 1, "Output": "poorly\n"}]}
    return {"State": found}


# A row for each state, a column for each condition, in the order of CONDITIONS.
TABLE: list[tuple[dict[str, Any] | None, list[bool | None]]] = [
    (None, [COMING, COMING, COMING, MET, COMING]),
    (state("created"), [COMING] * 5),
    (state("running"), [MET, MET, COMING, COMING, COMING]),
    (state("running", "starting"), [MET, COMING, COMING, COMING, COMING]),
    (state("running", "unhealthy"), [MET, COMING, COMING, COMING, COMING]),
    (state("running", "healthy"), [MET, MET, COMING, COMING, COMING]),
    (state("running", "none"), [MET, MET, COMING, COMING, COMING]),
    (state("paused", "healthy"), [COMING] * 5),
    (state("restarting", code=1), [COMING] * 5),
    (state("removing"), [COMING] * 5),
    # Whether the line was in the log, is still being read.
    (state("exited", "unhealthy", 3), [FAILED, FAILED, MET, COMING, COMING]),
    (state("dead"), [FAILED, FAILED, MET, COMING, COMING]),
]


@pytest.mark.parametrize(("document", "verdicts"), TABLE)
def test_states(document: dict[str, Any] | None, verdicts: list[bool | None]) -> None:
    found = [judge(Wanted("web", condition, None, None), document, None).met for condition in CONDITIONS]
    assert found == verdicts


@pytest.mark.parametrize(("codes", "met"), [(None, True), ((0,), False), ((0, 3), True), ((), False)])
def test_statuses(codes: tuple[int, ...] | None, met: bool) -> None:
    wanted = Wanted("web", "exited", codes, None)
    assert judge(wanted, state("exited", code=3), None).met is met
    # It is gone, but the Engine has said how it ended.
    assert judge(wanted, None, 3).met is met


def test_the_last_probe() -> None:
    assert last_probe(state("running", "unhealthy")) == "the last probe ended with status 1: poorly"
    assert last_probe(state("running")) == last_probe(None) == ""


def test_lines_may_come_in_pieces_and_without_an_end() -> None:
    frames = [(1, b"al"), (2, b"ready on stderr\nother\n"), (1, b"ready 1\r\nnot"), (1, b" ready")]
    assert list(matching(frames, re.compile("ready"))) == ["ready on stderr", "already 1", "not ready"]
