# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps that watch: what stays up, becomes healthy, ends or goes away."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.state.step import Step
from ansible_collections.longshore.docker.tests.unit.task.conftest import Clock
from ansible_collections.longshore.docker.tests.unit.task.script import Script, call, failure, perform, refused

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


def test_what_is_restarted_for_ever_is_said_to_be() -> None:
    again = dict(UP, Restarting=True, ExitCode=4)
    told = str(failure(looks(again), looking("healthy")))
    assert "it is restarted again and again; the last time it ended with status 4" in told


@pytest.mark.parametrize("how", ["stays_up", "healthy"])
def test_what_vanishes_while_it_is_watched(how: str) -> None:
    assert "Failed while watching it" in str(failure(Script({"look": [refused(404)]}), looking(how)))


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
