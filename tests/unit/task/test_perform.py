# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carrying out steps, and taking them back: order, barriers, tolerance, patience and words."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import (
    Conflict,
    ConnectionFailed,
)
from ansible_collections.longshore.docker.plugins.module_utils.state.step import Step
from ansible_collections.longshore.docker.tests.unit.task.conftest import Clock
from ansible_collections.longshore.docker.tests.unit.task.script import Script, call, failure, perform, refused, step


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
