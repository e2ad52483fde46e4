# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that happens between the first look and the moment from which the Engine tells its events is missed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.resource.container_wait.resource import WAIT
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converge
from ansible_collections.longshore.docker.plugins.module_utils.task.task import TaskFailed

SECOND = 10**9
# The Engine's clock, which is not ours.
PRESENT = 1_000_000 * SECOND
RUNNING = {"Id": "c" * 64, "Name": "/job", "State": {"Status": "running"}}


def died(moment: int, code: int) -> dict[str, Any]:
    attributes = {"name": "job", "exitCode": str(code)}
    return {"Action": "die", "Actor": {"ID": "c" * 64, "Attributes": attributes}, "timeNano": moment}


class Body:
    """The events since a moment, then silence until it is over."""

    def __init__(self, events: list[dict[str, Any]]) -> None:
        self.events, self.over = events, threading.Event()

    def records(self, _fail: bool) -> Iterator[dict[str, Any]]:
        yield from self.events
        self.over.wait()

    def hang_up(self) -> None:
        self.over.set()


class Engine:
    """One whose container `job` ran at the first look, and is gone since."""

    api_version, timeout, endpoint = (1, 51), 5, "here"

    def __init__(self, events: list[dict[str, Any]], looks: list[dict[str, Any] | None]) -> None:
        self.events, self.looks, self.asked = events, looks, ""

    def inspect(self, _call: Call) -> dict[str, Any] | None:
        return self.looks.pop(0) if self.looks else None

    def send(self, call: Call, timeout: float | None = None) -> Any:
        assert call.path == "/info"
        return {"SystemTime": "1970-01-12T13:46:40.000000000Z"}

    def chunks(self, call: Call) -> Body:
        self.asked = str(call.query["since"])
        seconds, _dot, rest = self.asked.partition(".")
        since = int(seconds) * SECOND + int(rest or 0)
        return Body([one for one in self.events if one["timeNano"] >= since])


def wait(engine: Any, **options: Any) -> dict[str, Any]:
    given = {"name": "job", "condition": "exited", "wait_timeout": 0.5, **options}
    validated = ArgumentSpecValidator(WAIT.argument_spec).validate(given).validated_parameters
    found: dict[str, Any] = converge(WAIT, engine, validated, False).values["containers"][0]
    return found


def test_an_end_between_the_first_look_and_the_events() -> None:
    engine = Engine([died(PRESENT, 3)], [RUNNING])
    assert wait(engine)["met"]
    assert PRESENT - SECOND < float(engine.asked) * SECOND < PRESENT


def test_an_end_long_before_is_none_of_the_container_that_is_to_come() -> None:
    engine = Engine([died(PRESENT - SECOND, 3)], [None])
    with pytest.raises(TaskFailed, match="job is not there after"):
        wait(engine)


def test_events_that_are_heard_twice() -> None:
    ended = {**RUNNING, "State": {"Status": "exited", "ExitCode": 3}}
    engine = Engine([died(PRESENT, 3)] * 2, [RUNNING, RUNNING, ended, ended])
    assert wait(engine, exit_codes=[3])["met"]
