# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A replacement that was cut off where nobody could take it back: the next task goes on from there."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import carry_out, planned, task, world_of
from ansible_collections.longshore.docker.tests.unit.resource.container.world import World

OLD: dict[str, Any] = {"image": "app:2", "env": {"A": "1"}}
NEW: dict[str, Any] = {"image": "app:2", "env": {"A": "2"}}


def cut_off(after: str, **old: Any) -> World:
    """An Engine on which a replacement has ended after this request."""
    world = world_of((1, 41))
    carry_out(world, planned(world, task(**OLD, **old))[1])
    plan = planned(world, task(**NEW, state="present"))[1]
    made = [step.call.path.rpartition("/")[2] for step in plan.steps]
    carry_out(world, plan._replace(steps=plan.steps[: made.index(after) + 1]))
    left, successor = world.find("web.replaced"), world.find("web")
    if left is not None and successor is not None:
        successor["Created"] = "2026-01-01T10:00:05.5Z"
        left["State"]["FinishedAt"] = "2026-01-01T10:00:0%d.1Z" % (6 if after == "stop" else 0)
    return world


@pytest.mark.parametrize("after", ["rename", "create", "stop"])
@pytest.mark.parametrize("options", [OLD, NEW], ids=["as before", "as then"])
def test_what_ran_runs_again_though_the_state_is_present(after: str, options: dict[str, Any]) -> None:
    world = cut_off(after)
    plan = planned(world, task(**options, state="present"))[1]
    assert plan.after["left_aside"] == ""
    carry_out(world, plan)
    there = world.find("web")
    assert there is not None and there["State"]["Running"]
    assert there["Config"]["Env"][0] == "A=" + options["env"]["A"]
    assert world.find("web.replaced") is None
    assert planned(world, task(**options, state="present"))[1].steps == ()


@pytest.mark.parametrize("after", ["rename", "create"])
@pytest.mark.parametrize("state", ["present", "stopped"])
def test_what_did_not_run_does_not(after: str, state: str) -> None:
    world = cut_off(after, state="stopped")
    carry_out(world, planned(world, task(**NEW, state=state))[1])
    there = world.find("web")
    assert there is not None and not there["State"]["Running"] and there["Config"]["Env"][0] == "A=2"
    assert world.find("web.replaced") is None


def test_one_that_was_never_started_is_as_it_should_be() -> None:
    world = world_of((1, 41))
    for _turn in range(2):
        plan = planned(world, task(**OLD, state="present"))[1]
        carry_out(world, plan)
    assert plan.steps == ()
