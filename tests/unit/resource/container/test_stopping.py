# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a container is stopped, restarted or killed, and how long that may take."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.state.step import Step
from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import carry_out, planned, task, world_of


def steps(before: dict[str, Any], then: dict[str, Any]) -> tuple[Step, ...]:
    """What the second task does with the container of the first."""
    world = world_of((1, 41))
    carry_out(world, planned(world, task(image="app:2", **before))[1])
    return planned(world, task(**then))[1].steps


ENDS: list[dict[str, Any]] = [
    {"state": "stopped"},
    {"state": "absent"},
    {"restart": True},
    {"image": "app:2", "recreate": True},
]


@pytest.mark.parametrize("then", ENDS, ids=str)
@pytest.mark.parametrize(
    ("declared", "given", "seconds"), [(None, None, 10), (120, None, 120), (120, 3, 3), (None, -1, -1)]
)
def test_the_engine_has_the_time_that_the_container_is_given(
    then: dict[str, Any], declared: int | None, given: int | None, seconds: float
) -> None:
    plan = steps({"stop_timeout": declared}, {"stop_timeout": given, **then})
    (step,) = [one for one in plan if one.call.path.rpartition("/")[2] in ("stop", "restart")]
    assert (step.call.query["t"], step.patience) == (given, seconds)


@pytest.mark.parametrize("then", [ENDS[0], ENDS[1], ENDS[3]], ids=str)
@pytest.mark.parametrize("signal", [None, "KILL", "SIGKILL", "9"])
def test_the_engine_waits_for_what_it_kills(then: dict[str, Any], signal: str | None) -> None:
    plan = steps({}, {"force_kill": True, "kill_signal": signal, **then})
    assert [one.how for one in plan if one.how == "ended"] == []


@pytest.mark.parametrize("then", [ENDS[0], ENDS[1], ENDS[3]], ids=str)
def test_what_gets_another_signal_is_given_its_time_to_end(then: dict[str, Any]) -> None:
    plan = steps({"stop_timeout": 3}, {"force_kill": True, "kill_signal": "HUP", **then})
    (number,) = [number for number, one in enumerate(plan) if one.call.path.endswith("/kill")]
    wait = plan[number + 1]
    assert (wait.how, wait.limit, wait.effect) == ("ended", 3, False)
    assert "SIGHUP" in wait.doing and "it still runs after 3 s (stop_timeout)" in wait.data


@pytest.mark.parametrize(("detach", "starts"), [(None, 1), (True, 1), (False, 0)])
def test_a_job_is_started_once_however_long_the_old_one_takes_to_go(detach: bool | None, starts: int) -> None:
    """Where a removal has to be asked for again, a service is seen to run first."""
    plan = steps({"hostname": "a"}, {"image": "app:2", "hostname": "b", "detach": detach})
    (removal,) = [one for one in plan if one.doing.startswith("removing the old container")]
    assert len(removal.revive) == starts
