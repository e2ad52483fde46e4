# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Containers that are being removed, or that the Engine could not remove, when a task finds them."""

from __future__ import annotations

from typing import Any, cast

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import containers
from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import Conflict
from ansible_collections.longshore.docker.plugins.module_utils.task import perform as performing
from ansible_collections.longshore.docker.plugins.module_utils.task.task import TaskFailed
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption
from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import planned, task, world_of
from ansible_collections.longshore.docker.tests.unit.resource.container.world import World
from ansible_collections.longshore.docker.tests.unit.task.conftest import Clock


class Removing(World):
    """An Engine that takes so many looks to remove what is in state `removing`, and refuses any request for it."""

    looks = 3

    def _look(self, call: Call) -> Any:
        found = super()._look(call)
        if found.get("State", {}).get("Status") == "removing":
            self.looks -= 1
            if not self.looks:
                self.containers.remove(self._container(call, found["Id"]))
        return found

    def _delete(self, container: dict[str, Any], call: Call) -> None:
        if container["State"]["Status"] == "removing":
            message = "removal of container %s is already in progress" % container["Id"]
            raise Conflict(call.method, call.path, 409, message)
        super()._delete(container, call)

    def _rename(self, container: dict[str, Any], call: Call) -> None:
        if container["State"]["Status"] in ("removing", "dead"):
            raise Conflict(call.method, call.path, 409, "container is marked for removal")
        super()._rename(container, call)

    def _start(self, container: dict[str, Any], call: Call) -> None:
        if container["State"]["Status"] in ("removing", "dead"):
            raise Conflict(call.method, call.path, 409, "container is marked for removal and cannot be started")
        super()._start(container, call)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(performing, "time", Clock())


def carry_out(world: World, **options: Any) -> Any:
    """The plan, carried out."""
    plan = planned(world, task(**options))[1]
    performing.perform(cast(Engine, world), plan.steps)
    return plan


def world_with(status: str, name: str = "web", **options: Any) -> Removing:
    """An Engine whose container of that name is in this state."""
    world = world_of((1, 41))
    world.__class__ = Removing
    carry_out(world, name="web", image="app:2", **options)
    there = world.find("web")
    assert there is not None
    there["State"].update(Running=False, Status=status)
    there["Name"] = "/" + name
    world.done.clear()
    return cast(Removing, world)


@pytest.mark.parametrize("status", ["removing", "dead"])
@pytest.mark.parametrize("state", ["started", "present", "stopped", "healthy"])
def test_a_new_one_is_made_when_it_is_gone(status: str, state: str) -> None:
    world = world_with(status)
    old = world.find("web")
    plan = carry_out(world, image="app:2", state=state)
    assert plan.before == dict(plan.before, exists=False) and plan.after["exists"] is True
    there = world.find("web")
    assert there is not None and there is not old
    assert there["State"]["Running"] == (state in ("started", "healthy"))
    assert not carry_out(world, image="app:2", state=state).changed


@pytest.mark.parametrize("status", ["removing", "dead"])
def test_absent_waits_until_it_is_gone(status: str) -> None:
    world = world_with(status)
    assert carry_out(world, state="absent").changed
    assert world.find("web") is None
    assert not carry_out(world, state="absent").changed


def test_no_longer_than_is_said() -> None:
    world = world_with("removing")
    world.looks = 1000
    with pytest.raises(TaskFailed, match="still there after 5 s .removal_wait_timeout."):
        carry_out(world, image="app:2", removal_wait_timeout=5)


def test_what_is_to_come_after_it_needs_an_image() -> None:
    with pytest.raises(
        InvalidOption, match="^Cannot create container when image is not specified! Container web is being removed"
    ):
        planned(world_with("removing"), task())


@pytest.mark.parametrize("status", ["removing", "dead"])
@pytest.mark.parametrize("successor", [True, False])
def test_one_that_was_left_aside(status: str, successor: bool) -> None:
    """It cannot come back, whatever became of its successor."""
    world = world_with(status, "web.replaced")
    if successor:
        world.__dict__["looks"] = 3
        world._create(containers.create("web", {"Image": "app:2"}))
        world.send(containers.start("web"))
    carry_out(world, image="app:2", state="started", env={"A": "1"})
    there = world.find("web")
    assert there is not None and there["State"]["Running"] and "A=1" in there["Config"]["Env"]
    assert world.find("web.replaced") is None
