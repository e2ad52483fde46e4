# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carrying out steps, and taking them back: order, barriers, tolerance, patience and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import (
    ApiError,
    Conflict,
    ConnectionFailed,
    NotFound,
)
from ansible_collections.longshore.docker.plugins.module_utils.state.outcome import Outcome
from ansible_collections.longshore.docker.plugins.module_utils.state.step import Step
from ansible_collections.longshore.docker.plugins.module_utils.task import perform as performing
from ansible_collections.longshore.docker.plugins.module_utils.task.task import TaskFailed


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        """Seconds since the test began."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.now += seconds


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """No test waits."""
    made = Clock()
    monkeypatch.setattr(performing, "time", made)
    return made


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


def test_steps_are_made_in_order() -> None:
    script = Script()
    perform(script, step("a"), step("b", how="stream"), step("c"))
    assert script.paths == ["a", "b", "c"]


def test_what_was_made_is_taken_back_in_reverse() -> None:
    script = Script({"c": [refused()]})
    error = failure(script, step("a"), step("b"), step("c"), step("d"))
    assert script.paths == ["a", "b", "c", "undo-b", "undo-a"]
    assert str(error).startswith("Failed while doing c: the Engine's words (HTTP 400")
    assert str(error).endswith("What had been done was taken back")
    assert error.values == {"changed": False}


def test_undo_of_one_step_is_made_in_the_order_given() -> None:
    undo = tuple(Step("undoing", call("undo-" + name)) for name in ("first", "second"))
    script = Script({"b": [refused()]})
    failure(script, step("a", undo=undo), step("b"))
    assert script.paths == ["a", "b", "undo-first", "undo-second"]


def test_the_first_step_fails_and_nothing_was_changed() -> None:
    script = Script({"a": [refused()]})
    error = failure(script, step("a"))
    assert script.paths == ["a"]
    assert error.values == {"changed": False}
    assert "taken back" not in str(error)


def test_behind_a_barrier_nothing_is_taken_back() -> None:
    script = Script({"c": [refused()]})
    error = failure(script, step("a"), step("b", barrier=True), step("c", undo=()))
    assert script.paths == ["a", "b", "c", "undo-b"]
    assert error.values == {"changed": True}


def test_a_barrier_that_fails_is_behind_itself() -> None:
    script = Script({"b": [refused()]})
    assert failure(script, step("a"), step("b", barrier=True)).values == {"changed": True}
    assert script.paths == ["a", "b"]


def test_what_cannot_be_taken_back_is_a_change() -> None:
    script = Script({"b": [refused()]})
    assert failure(script, step("a", undo=()), step("b")).values == {"changed": True}


def test_looking_is_no_change() -> None:
    script = Script({"b": [refused()]})
    assert failure(script, step("a", undo=(), effect=False), step("b")).values == {"changed": False}


@pytest.mark.parametrize("status", [304, 404, 409])
def test_what_is_tolerated_is_done(status: int) -> None:
    script = Script({"a": [refused(status)]})
    perform(script, step("a", tolerate=(status,)), step("b"))
    assert script.paths == ["a", "b"]


def test_nothing_else_is_tolerated() -> None:
    assert "HTTP 500" in str(failure(Script({"a": [refused(500)]}), step("a", tolerate=(404,))))


def test_tolerance_in_undo() -> None:
    script = Script({"b": [refused()], "undo-a": [refused(404)]})
    undo = (Step("undoing a", call("undo-a"), tolerate=(404,)),)
    assert failure(script, step("a", undo=undo), step("b")).values == {"changed": False}


def test_a_lost_reply_of_our_own_step_is_taken_back_too() -> None:
    for ours, expected in ((True, ["a", "b", "undo-b", "undo-a"]), (False, ["a", "b", "undo-a"])):
        script = Script({"b": [ConnectionFailed("it broke")]})
        assert "it broke" in str(failure(script, step("a"), step("b", ours=ours)))
        assert script.paths == expected


def test_a_refused_step_was_not_made() -> None:
    script = Script({"b": [refused(409)]})
    failure(script, step("a"), step("b", ours=True))
    assert script.paths == ["a", "b", "undo-a"]


def test_taking_back_waits_for_an_engine_that_went_away(clock: Clock) -> None:
    script = Script({"b": [ConnectionFailed("gone")], "undo-a": [ConnectionFailed("gone")] * 5 + [None]})
    error = failure(script, step("a"), step("b"))
    assert error.values == {"changed": False}
    assert script.paths.count("undo-a") == 6
    assert 0 < clock.now < 10


def test_taking_back_gives_up_and_says_so(clock: Clock) -> None:
    script = Script({"b": [ConnectionFailed("gone")], "undo-a": [ConnectionFailed("still gone")]})
    error = failure(script, step("a", left="It is left as a.replaced"), step("b"))
    assert error.values == {"changed": True}
    assert "Taking back what had been done failed too: undoing a: still gone" in str(error)
    assert "It is left as a.replaced" in str(error)
    assert 50 < clock.now < 80


def test_one_undo_that_fails_does_not_keep_the_others_from_being_made() -> None:
    script = Script({"c": [refused()], "undo-b": [refused(500)]})
    error = failure(script, step("a"), step("b"), step("c"))
    assert script.paths == ["a", "b", "c", "undo-b", "undo-a"]
    assert "undoing b: the Engine's words" in str(error)
    assert "undoing a" not in str(error)


def test_patience_is_on_top_of_the_timeout() -> None:
    script = Script()
    perform(script, step("a", patience=30.0), step("b"))
    assert script.timeouts == [90.0, 60.0]


def test_each_warning_once() -> None:
    script = Script({"a": [{"Warnings": ["one", "two"]}], "b": [{"Warnings": ["two"]}], "c": [{"Warnings": None}]})
    assert perform(script, step("a"), step("b"), step("c")).warnings == ["Docker warning: one", "Docker warning: two"]


def test_warnings_before_a_failure() -> None:
    script = Script({"a": [{"Warnings": ["one"]}], "b": [refused()]})
    assert failure(script, step("a"), step("b")).values["warnings"] == ["Docker warning: one"]


def test_a_bug_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        perform(Script({"a": [ZeroDivisionError()]}), step("a"))


class TimeIsOver(BaseException):
    """As ansible-core's TaskTimeoutError, which no `except Exception` is to catch."""


def test_a_task_whose_time_is_over_is_taken_back() -> None:
    for ours, expected in ((True, ["a", "b", "undo-b", "undo-a"]), (False, ["a", "b", "undo-a"])):
        script = Script({"b": [TimeIsOver()]})
        with pytest.raises(TimeIsOver):
            perform(script, step("a"), step("b", ours=ours))
        assert script.paths == expected


def test_nobody_waits_for_undo_steps_who_interrupts_a_task() -> None:
    script = Script({"b": [KeyboardInterrupt()]})
    with pytest.raises(KeyboardInterrupt):
        perform(script, step("a"), step("b"))
    assert script.paths == ["a", "b"]


UP, DOWN = {"Running": True}, {"Running": False, "ExitCode": 0}
BROKEN = {"Running": False, "ExitCode": 3, "Error": "no such file"}


def looking(how: str, limit: float = 10.0) -> Step:
    return Step("watching it", call("look"), how=how, limit=limit, effect=False)


def looks(*states: Any) -> Script:
    return Script({"look": [{"State": state} for state in states]})


@pytest.mark.parametrize(
    ("how", "states"),
    [
        ("stays_up", [UP]),
        ("stays_up", [UP, DOWN]),
        ("healthy", [UP]),
        ("healthy", [dict(UP, Health={"Status": "starting"})] * 5 + [dict(UP, Health={"Status": "healthy"})]),
    ],
)
def test_what_is_good_enough(how: str, states: Any) -> None:
    perform(looks(*states), looking(how))


UNWELL = dict(UP, Health={"Status": "unhealthy", "Log": [{"ExitCode": 7, "Output": " no answer\n"}]})


@pytest.mark.parametrize(
    ("how", "states", "words"),
    [
        ("stays_up", [BROKEN], "it ended with status 3: no such file"),
        ("stays_up", [UP, BROKEN], "it ended with status 3: no such file"),
        ("stays_up", [dict(UP, Restarting=True, ExitCode=1)], "it ended with status 1"),
        ("healthy", [dict(UP, Health={"Status": "starting"}), BROKEN], "it ended with status 3: no such file"),
        ("healthy", [UNWELL], "it is unhealthy; the last probe ended with status 7"),
        ("healthy", [UNWELL], ": no answer"),
        ("healthy", [UNWELL], "Timeout of 10.0 seconds exceeded while waiting for container "),
    ],
)
def test_what_is_not(how: str, states: Any, words: str) -> None:
    assert words in str(failure(looks(*states), looking(how)))


def test_what_does_not_become_healthy_is_named_and_returned() -> None:
    document = {"Id": "1234", "Name": "/web", "State": UNWELL}
    error = failure(Script({"look": [document]}), looking("healthy")._replace(data=True))
    assert str(error).startswith('Timeout of 10.0 seconds exceeded while waiting for container "1234" to be healthy')
    assert "web is unhealthy" in str(error)
    assert error.values["container"] == document
    other = failure(Script({"look": [document]}), looking("healthy"))
    assert str(other).startswith("Failed while watching it: ") and "container" not in other.values


ENDED = {"State": {"Running": False, "ExitCode": 3}}


@pytest.mark.parametrize("how", ["stays_up", "healthy"])
@pytest.mark.parametrize(
    ("said", "words"),
    [(b"one\ntwo\n", "status 3: one\ntwo"), (b"", "status 3"), (refused(501), "status 3"), (b"x" * 9999, "x" * 2000)],
)
def test_what_it_wrote_last_is_told(how: str, said: Any, words: str, clock: Clock) -> None:
    script = Script({"/c/it/json": [ENDED], "/c/it/logs": [said]})
    error = failure(script, Step("watching it", Call("GET", "/c/it/json"), how=how, limit=300, effect=False))
    assert str(error).endswith(words) and len(str(error)) < 2100
    assert clock.now < 100  # nobody waits for what has ended


def test_what_ends_well_without_a_health_check() -> None:
    step = looking("healthy")
    perform(looks(UP, DOWN), step._replace(data=True))
    for states in ([DOWN], [dict(DOWN, Health={"Status": "starting"})]):
        assert "ended with status 0" in str(failure(looks(*states), step._replace(data=states[0] is not DOWN)))


def test_what_is_being_restarted_is_not_healthy_yet() -> None:
    again = dict(UP, Restarting=True, ExitCode=1)
    script = looks(again, again, UP)
    perform(script, looking("healthy"))
    assert script.paths == ["look"] * 3


@pytest.mark.parametrize("how", ["stays_up", "healthy"])
def test_what_vanishes_while_it_is_watched(how: str) -> None:
    assert "Failed while watching it" in str(failure(Script({"look": [refused(404)]}), looking(how)))


MAKE = Step(
    "making it",
    call("/x/create"),
    how="create",
    ours=True,
    undo=(Step("removing the new one", Call("DELETE", "/x/name"), how="remove_new", tolerate=(404,), data="image"),),
)
OURS = {"Id": "abc", "Config": {"Image": "image"}, "State": {"Status": "created"}}


def test_what_was_made_is_removed_by_its_id() -> None:
    script = Script({"/x/create": [{"Id": "abc", "Warnings": []}], "b": [refused()]})
    failure(script, MAKE, step("b"))
    assert script.paths == ["/x/create", "b", "/x/abc"]


@pytest.mark.parametrize("answer", [ConnectionFailed("it broke"), None, ["what"], {"Id": ""}])
@pytest.mark.parametrize(
    ("there", "removed"),
    [
        (OURS, ["/x/abc"]),
        (refused(404), []),
        ({**OURS, "Config": {"Image": "another"}}, []),
        ({**OURS, "State": {"Status": "running"}}, []),
    ],
)
def test_what_may_have_been_made_is_removed_where_it_is_ours(answer: Any, there: Any, removed: list[str]) -> None:
    script = Script({"/x/create": [answer], "/x/name/json": [there]})
    failure(script, MAKE)
    assert script.paths == ["/x/create", "/x/name/json", *removed]


def test_an_undo_that_is_made_again_removes_nothing_else() -> None:
    """The first one's name has been given back by then."""
    another = {**OURS, "Id": "old", "State": {"Status": "created"}}
    gone = [ConnectionFailed("gone"), None]
    script = Script({"/x/create": [ConnectionFailed("it broke")], "/x/name/json": [OURS, another], "undo-a": gone})
    failure(script, step("a"), MAKE)
    assert script.paths == ["a", "/x/create", "/x/name/json", "/x/abc", "undo-a", "/x/abc", "undo-a"]


@pytest.mark.parametrize(("timeout", "patience", "limit"), [(60, 10, 70), (0, 10, 0), (60, -1, 0), (0, 0, 0)])
def test_no_limit_stays_none(timeout: float, patience: float, limit: float) -> None:
    script = Script()
    script.timeout = timeout
    perform(script, step("a", patience=patience))
    assert script.timeouts == [limit]


def ends(words: str | None) -> Step:
    return Step("waiting", call("look"), how="ended", limit=10, effect=False, data=words)


def test_the_end_is_waited_for(clock: Clock) -> None:
    for last in ({"State": {"Running": False}}, refused(404)):
        script = Script({"look": [{"State": UP}, {"State": UP}, last]})
        perform(script, ends("it goes on"))
        assert len(script.paths) == 3
    assert clock.now < 1
    perform(Script({"look": [{"State": UP}]}), ends(None))
    assert "waiting: it goes on" in str(failure(Script({"look": [{"State": UP}]}), ends("it goes on")))


@pytest.mark.parametrize("last", [{"State": {"Running": True}}, refused(404)])
def test_what_is_to_go_is_gone_or_runs(last: Any) -> None:
    script = Script({"look": [{"State": {"Running": False}}] * 2 + [last]})
    perform(script, Step("waiting", call("look"), how="gone", limit=10))
    assert len(script.paths) == 3


REMOVE = Step("removing it", Call("DELETE", "it"), how="remove", tolerate=(404,), limit=10)
IN_PROGRESS = Conflict("DELETE", "it", 409, "removal of container it is already in progress")


def test_removal_that_is_under_way_is_waited_for() -> None:
    perform(Script({"it": [IN_PROGRESS], "it/json": [{}, {}, refused(404)]}), REMOVE)
    assert "still there after 10 s" in str(failure(Script({"it": [IN_PROGRESS], "it/json": [{}]}), REMOVE))


def test_a_removal_that_takes_long_is_asked_for_again(clock: Clock) -> None:
    """The Engine goes on with it when nobody listens any more."""

    class Long(Script):
        def send(self, call: Call, timeout: float | None = None) -> Any:
            clock.now += 60 if call.method == "DELETE" else 0
            return super().send(call, timeout)

    perform(Long({"it": [ConnectionFailed("silent"), IN_PROGRESS], "it/json": [{}, refused(404)]}), REMOVE)


@pytest.mark.parametrize("first", [refused(500), ConnectionFailed("it broke")])
def test_removal_is_tried_again(first: Exception) -> None:
    script = Script({"it": [first, None]})
    perform(script, REMOVE)
    assert script.paths == ["it", "it"]


@pytest.mark.parametrize("answers", [[refused(404)], [ConnectionFailed("it broke"), refused(404)]])
def test_what_is_gone_is_removed(answers: list[Exception]) -> None:
    perform(Script({"it": answers}), REMOVE)
