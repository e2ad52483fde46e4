# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An Engine that answers as a test wrote it, for tests of carrying out steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import (
    ApiError,
    Conflict,
    NotFound,
)
from ansible_collections.longshore.docker.plugins.module_utils.state.outcome import Outcome
from ansible_collections.longshore.docker.plugins.module_utils.state.step import Step
from ansible_collections.longshore.docker.plugins.module_utils.task import perform as performing
from ansible_collections.longshore.docker.plugins.module_utils.task.task import TaskFailed


class Script:
    """An Engine that answers by path: with what stands there, in turn, and with the last of it from then on."""

    timeout = 60.0

    def __init__(self, answers: Mapping[str, Sequence[Any]] | None = None) -> None:
        self.answers = {path: list(given) for path, given in (answers or {}).items()}
        self.paths: list[str] = []
        self.timeouts: list[float | None] = []

    def send(self, call: Call, timeout: float | None = None) -> Any:
        """Note the call, answer or raise."""
        self.paths.append(call.path)
        self.timeouts.append(timeout)
        given = self.answers.get(call.path) or [None]
        answer = given.pop(0) if len(given) > 1 else given[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def inspect(self, call: Call) -> Any:
        """As send, but None for what is not there."""
        try:
            return self.send(call)
        except NotFound:
            return None

    get = inspect

    def frames(self, call: Call, tty: bool = False) -> Any:
        """Output, as one frame."""
        self.paths.append(call.path)
        given = self.answers.get(call.path) or [b""]
        if isinstance(given[0], Exception):
            raise given[0]
        return iter([(1, given[0])])

    def stream(self, call: Call) -> Any:
        """As send, record by record."""
        return iter(self.send(call) or ())


def call(path: str) -> Call:
    return Call("POST", path)


def step(name: str, **words: Any) -> Step:
    """A step and, but where undo is given, one that takes it back."""
    words.setdefault("undo", (Step("undoing " + name, call("undo-" + name)),))
    return Step("doing " + name, call(name), **words)


def refused(status: int = 400) -> ApiError:
    kind = {404: NotFound, 409: Conflict}.get(status, ApiError)
    return kind("POST", "/x", status, "the Engine's words")


def perform(script: Script, *steps: Step) -> Outcome:
    return performing.perform(cast(Engine, script), steps)


def failure(script: Script, *steps: Step) -> TaskFailed:
    with pytest.raises(TaskFailed) as caught:
        perform(script, *steps)
    return caught.value
