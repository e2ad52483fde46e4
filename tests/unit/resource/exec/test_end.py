# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a command ended, and what is said where nobody can know. The Engine is a script, and time passes by sleeping."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import execs
from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import (
    ConnectionFailed,
    NotFound,
)
from ansible_collections.longshore.docker.plugins.module_utils.resource.exec import deadline, run
from ansible_collections.longshore.docker.plugins.module_utils.state.outcome import Outcome
from ansible_collections.longshore.docker.plugins.module_utils.state.step import Step

RUNS, ENDED = {"Running": True, "ExitCode": None}, {"Running": False, "ExitCode": 0, "Pid": 7}
NOT_THERE = NotFound("GET", "/exec/1/json", 404, "No such exec instance: 1")
UNREACHABLE = ConnectionFailed("Error connecting to the Engine at unix:///s: nothing listens on the socket")
DOING = "Failed while running a command in container web: "
OPTIONS = {
    "command_timeout": None,
    "detach": False,
    "tty": False,
    "tty_rows": None,
    "tty_columns": None,
    "stdin": None,
    "stdin_add_newline": True,
    "strip_empty_ends": True,
}
Made = tuple[Outcome, "Script"]


class Clock:
    """Time that passes only by sleeping."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Script:
    """An Engine: says what became of a command, in turn, and the last of it from then on. Its own stream."""

    api_version, endpoint, history = (1, 41), "unix:///s", ("GET /exec/1/json",)

    def __init__(self, answers: list[Any], cut: bool, output: list[Any]) -> None:
        self._answers, self._cut, self._output = answers, cut, output
        self.signals: list[str] = []

    def send(self, call: Call, timeout: float | None = None) -> Any:
        if call.path.endswith("/exec"):
            if call.body["Cmd"][0] == "sh":
                self.signals.append(call.body["Cmd"][-1])
            return {"Id": "1"}
        if call.method == "POST":
            return None
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def hijack(self, _call: Call, tty: bool) -> Script:
        return self

    def alarm(self, _due: float, _ring: Callable[[], float]) -> None:
        pass

    def check_whole(self) -> None:
        if self._cut:
            raise ConnectionFailed("it was lost on the way")

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        for one in self._output:
            if isinstance(one, Exception):
                raise one
            yield one

    def __enter__(self) -> Script:
        return self

    def __exit__(self, *_exc_info: object) -> None:
        pass


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Made]:
    """Runs a command that writes half of what it would, or another output, and asks for its end."""
    clock = Clock()
    monkeypatch.setattr(run, "time", clock)
    monkeypatch.setattr(deadline, "time", clock)

    def runs(*answers: Any, cut: bool = False, output: list[Any] | None = None, **options: Any) -> Made:
        outcome, engine = Outcome(), Script(list(answers), cut, [(1, b"half\n")] if output is None else output)
        made: Any = engine
        create = execs.create("web", {"Cmd": ["work"], "Env": [], "User": "", "Privileged": False})
        run.run(made, Step("running a command in container web", create), {**OPTIONS, **options}, outcome)
        return outcome, engine

    return runs


def test_one_that_closes_its_output_and_goes_on_is_waited_for(runs: Callable[..., Made]) -> None:
    outcome, _engine = runs(RUNS, RUNS, dict(ENDED, ExitCode=4))
    assert outcome.values["rc"] == 4 and outcome.values["stdout"] == "half"


@pytest.mark.parametrize("answers", [[RUNS], [RUNS, ENDED], [ENDED]])
def test_a_lost_connection_is_no_success(runs: Callable[..., Made], answers: list[Any]) -> None:
    outcome, _engine = runs(*answers, cut=True)
    assert outcome.values.pop("failure").startswith(
        DOING + "The connection was lost while the command ran. It may go on"
    )
    assert outcome.values == {"stdout": "half", "stderr": ""}


def test_an_engine_that_is_gone_is_named_as_what_is_lost(runs: Callable[..., Made]) -> None:
    outcome, _engine = runs(RUNS, UNREACHABLE)
    assert re.search("lost while the command ran.*Error connecting .*nothing listens", outcome.values["failure"])


@pytest.mark.parametrize("answer", [NOT_THERE, {"Running": False, "ExitCode": None}, {}])
def test_an_end_that_nobody_knows_is_no_success(runs: Callable[..., Made], answer: Any) -> None:
    outcome, _engine = runs(RUNS, answer)
    assert outcome.values.pop("failure").startswith(DOING + "How the command ended is not known: ")
    assert outcome.values == {"stdout": "half", "stderr": ""}


def test_what_was_written_before_the_stream_broke_is_told(runs: Callable[..., Made]) -> None:
    outcome, _engine = runs(ENDED, output=[(1, b"one\n"), (2, b"two\n"), ConnectionFailed("it broke")])
    assert outcome.values.pop("failure").endswith("output may not be all: it broke")
    assert outcome.values == {"stdout": "one", "stderr": "two"}


def test_the_time_counts_after_the_end_of_the_output_too(runs: Callable[..., Made]) -> None:
    answers = [RUNS] * 12 + [dict(ENDED, ExitCode=143)]
    outcome, engine = runs(*answers, command_timeout=3.0)
    assert engine.signals == ["TERM"]
    assert outcome.values["failure"].endswith("longer than 3 s (command_timeout), and has been ended")
    assert outcome.values["rc"] == 143


def test_one_that_no_signal_ends_is_left(runs: Callable[..., Made]) -> None:
    outcome, engine = runs(RUNS, command_timeout=3.0)
    assert engine.signals == ["TERM", "KILL"]
    assert "goes on in the container: no signal has ended it" in outcome.values["failure"]
