# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task's result, and what becomes of its errors."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import EngineError
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.plugins.module_utils.task.result import run_task
from ansible_collections.longshore.docker.plugins.module_utils.task.task import Result, Task, TaskFailed
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption


def never() -> Engine:
    raise AssertionError("the Engine was opened")


def task(end: Any) -> Task:
    def run(options: dict[str, Any], engine: Engine, check_mode: bool) -> Result:
        if isinstance(end, BaseException):
            raise end
        assert isinstance(end, Result)
        return end

    return Task("t", {}, run)


def result(end: Any, diff_mode: bool = False) -> dict[str, Any]:
    return run_task(task(end), {}, lambda: open_engine({}, {}), False, diff_mode)


FOUND = Result(True, {"one": 1}, {"a": 1}, {"a": 2}, ("careful",))


def test_found() -> None:
    assert result(FOUND) == {"changed": True, "one": 1, "warnings": ["careful"]}
    assert result(FOUND, diff_mode=True)["diff"] == {"before": {"a": 1}, "after": {"a": 2}}


def test_a_diff_that_nobody_asked_for() -> None:
    said = {"before": {"a": 1}, "after": {"a": 2}}
    same = FOUND._replace(changed=False, before={}, after={})
    for found, check_mode, always, shown in (
        (FOUND, True, False, None),
        (same._replace(titles={"differences": []}), True, True, {"before": {}, "after": {}, "differences": []}),
        (FOUND._replace(titles={"before_header": "/a/file"}), True, False, None),  # nobody asked to see what is in it
        (FOUND, False, True, said),
        (FOUND, False, False, None),
    ):
        asked = task(found)._replace(always_diff=always)
        assert run_task(asked, {}, lambda: open_engine({}, {}), check_mode, False).get("diff") == shown


def test_names_that_are_no_utf_8_are_written_so_that_they_can_be_printed() -> None:
    """ansible-core refuses a module's output that has them, though all that was asked for is done (since 2.19)."""
    found = FOUND._replace(
        before={"/a/\udcff": None, "/a/\u00fc": ["to \udcfe", 1]},
        after={"/a/\udcff": "file", "/a/\u00fc": ("x",)},
        titles={"before_header": "/\udcff"},
        warnings=("odd: \udcff",),
    )
    said = result(found, diff_mode=True)
    assert said["diff"] == {
        "before": {"/a/\\udcff": None, "/a/\u00fc": ["to \\udcfe", 1]},
        "after": {"/a/\\udcff": "file", "/a/\u00fc": ["x"]},
        "before_header": "/\\udcff",
    }
    assert said["warnings"] == ["odd: \\udcff"]
    for error in (EngineError("no \udcff"), TaskFailed("no \udcff")):
        assert result(error)["msg"] == "no \\udcff"


def test_what_an_engine_that_cannot_be_opened_means() -> None:
    def nowhere() -> Engine:
        raise EngineError("no such context")

    asked = task(FOUND)._replace(on_failure=lambda error: {"why": str(error)})
    expected = {"failed": True, "msg": "no such context", "why": "no such context"}
    assert run_task(asked, {}, nowhere, False, False) == expected


def test_what_the_engine_noticed_is_a_warning_once() -> None:
    engine = open_engine({}, {})
    for end, warnings in ((FOUND, ["careful", "odd file"]), (TaskFailed("no"), ["odd file"]), (FOUND, ["careful"])):
        if "odd file" in warnings:
            engine.notices.append("odd file")
            engine.notices.append("odd file")
        assert run_task(task(end), {}, lambda: engine, False, False)["warnings"] == warnings


def test_text_comes_in_lines_too() -> None:
    found = result(Result(False, {"stdout": "a\nb\n", "stderr": ""}))
    assert (found["stdout_lines"], found["stderr_lines"]) == (["a", "b"], [])
    failed = result(TaskFailed("no", stdout=None))
    assert failed["stdout_lines"] == []


@pytest.mark.parametrize(
    ("error", "message"),
    [(EngineError("gone"), "gone"), (InvalidOption("o", "odd"), "o: odd"), (TaskFailed("no"), "no")],
)
def test_failures(error: Exception, message: str) -> None:
    assert result(error) == {"failed": True, "msg": message}


def test_a_failure_has_its_values() -> None:
    assert result(TaskFailed("no", changed=True, rc=3)) == {"failed": True, "msg": "no", "changed": True, "rc": 3}


def test_a_bug_is_no_failure() -> None:
    with pytest.raises(ZeroDivisionError):
        result(ZeroDivisionError())


def test_bad_options_are_found_before_the_engine() -> None:
    def check(options: dict[str, Any]) -> None:
        raise InvalidOption("o", "odd")

    assert run_task(task(FOUND)._replace(check=check), {}, never, False, False) == {"failed": True, "msg": "o: odd"}


def test_a_timeout_below_nothing_is_refused_before_the_engine_is_looked_for() -> None:
    """As bad input, and not as a bug: sockets would raise ValueError."""
    result = run_task(task(FOUND), {"timeout": -1}, never, False, False)
    assert result == {"failed": True, "msg": "timeout: -1 is no number of seconds; 0 stands for no limit"}
