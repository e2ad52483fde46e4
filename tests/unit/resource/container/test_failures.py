# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever call of a plan fails, and however: the container that was there is never lost."""

from __future__ import annotations

import copy
from typing import Any, cast

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import containers
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ApiError, ConnectionFailed
from ansible_collections.longshore.docker.plugins.module_utils.state.plan import Plan
from ansible_collections.longshore.docker.plugins.module_utils.task import perform as performing
from ansible_collections.longshore.docker.plugins.module_utils.task.task import TaskFailed
from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import planned, task, world_of
from ansible_collections.longshore.docker.tests.unit.resource.container.world import World
from ansible_collections.longshore.docker.tests.unit.task.conftest import Clock

# What was there, and what the task makes of it.
NETWORKS = [{"name": "front", "aliases": ["www"]}, {"name": "back"}]
TASKS: dict[str, tuple[dict[str, Any] | None, dict[str, Any]]] = {
    "create": (None, {"networks": NETWORKS}),
    "replace a running one": ({}, {"env": {"A": "1"}}),
    "replace a stopped one": ({"state": "stopped"}, {"state": "present", "env": {"A": "1"}}),
    "replace a paused one": ({"paused": True}, {"env": {"A": "1"}}),
    "replace, in two networks": ({"networks": NETWORKS}, {"networks": NETWORKS, "labels": {"a": "1"}}),
    "replace and wait until it is healthy": ({}, {"state": "healthy", "user": "other"}),
    "replace one that removes itself": ({"auto_remove": True}, {"env": {"A": "1"}}),
    "update": ({"memory": "64m"}, {"memory": "32m", "cpu_shares": 512}),
    "move to another network": (
        {"networks": [{"name": "front"}]},
        {"networks": [{"name": "back"}], "network_mode": "front", "comparisons": {"networks": "strict"}},
    ),
    "remove": ({}, {"state": "absent"}),
    "stop": ({}, {"state": "stopped"}),
}
LOST = ConnectionFailed("the connection broke")
FAILED = ApiError("POST", "/x", 500, "the disk is full")
HOW = {"refused": (FAILED, False), "never arrived": (LOST, False), "reply lost": (LOST, True)}
VERSIONS = [(1, 41), (1, 51)]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(performing, "time", Clock())


def options(given: dict[str, Any]) -> dict[str, Any]:
    return task(**dict({"image": "app:2", "state": "started"}, **given))


def carry_out(world: World, plan: Plan) -> None:
    performing.perform(cast(Engine, world), plan.steps)


def beginning(name: str, version: Any) -> World:
    """The Engine before the task."""
    world, before = world_of(version), TASKS[name][0]
    if before is not None:
        running = dict(before, state="started")
        for given in [running, before] if before.get("state") else [running]:
            carry_out(world, planned(world, options(given))[1])
    world.done.clear()
    return world


def positions(name: str, version: Any) -> int:
    """How many calls that change something the task makes when nothing fails."""
    world = beginning(name, version)
    carry_out(world, planned(world, options(TASKS[name][1]))[1])
    return len(world.done)


FAILURES = [
    pytest.param(name, version, number, how, id="%s %d.%d: call %d %s" % ((name, *version, number, how)))
    for name in TASKS
    for version in VERSIONS
    for number in range(positions(name, version))
    for how in HOW
]


def state_of(container: Any) -> Any:
    """What a user would miss."""
    networks = sorted(container["NetworkSettings"]["Networks"])
    running = {key: container["State"][key] for key in ("Running", "Paused")}
    found = container["Config"]["Env"], container["Config"]["Labels"], container["HostConfig"], networks, running
    return copy.deepcopy(found)


def failure_of(world: World, plan: Plan) -> TaskFailed | None:
    """What the task fails with, where what went wrong is not made up for by trying again."""
    try:
        carry_out(world, plan)
    except TaskFailed as error:
        return error
    return None


@pytest.mark.parametrize("name, version, number, how", FAILURES)
def test_a_failure_anywhere(name: str, version: Any, number: int, how: str) -> None:
    world = beginning(name, version)
    old = world.find("web")
    before = state_of(old) if old else None
    world.failing = {number: HOW[how]}
    error = failure_of(world, planned(world, options(TASKS[name][1]))[1])
    there = world.find("web")
    if error is not None:
        assert str(error).startswith("Failed while ") and str(HOW[how][0]) in str(error)
        # Where the reply to the one call is lost, nobody knows: only what can be taken back is as it was.
        if not error.values["changed"] and (name.startswith("replace") or how != "reply lost"):
            assert (there and state_of(there)) == before
            assert world.find("web.replaced") is None
    if name.startswith("replace"):
        assert there is not None and there["State"]["Running"] == (name != "replace a stopped one")
    assert world.find("peer") and world.find("other")
    world.failing = {}
    carry_out(world, planned(world, options(TASKS[name][1]))[1])
    again = planned(world, options(TASKS[name][1]))[1]
    assert not again.changed and again.before == again.after == {}
    assert world.find("web.replaced") is None


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("before", [{}, {"auto_remove": True}, {"networks": NETWORKS}, {"paused": True}], ids=repr)
@pytest.mark.parametrize("state", ["started", "healthy"])
def test_a_successor_that_ends_at_once(version: Any, before: dict[str, Any], state: str) -> None:
    world = world_of(version)
    carry_out(world, planned(world, options(before))[1])
    old = state_of(world.find("web"))
    world.exits = {"app:1": 3}
    with pytest.raises(TaskFailed, match="ended with status 3") as caught:
        carry_out(world, planned(world, options(dict(before, image="app:1", state=state)))[1])
    assert caught.value.values == {"changed": False}
    assert state_of(world.find("web")) == old
    assert world.find("web.replaced") is None
    assert [one["Config"]["Image"] for one in world.containers].count("app:1") == 0


def calls_of(world: World, method: str) -> list[str]:
    return [call.path.rpartition("/")[2] for call in world.done if call.method == method]


@pytest.mark.parametrize("before", [{}, {"auto_remove": True}, {"networks": NETWORKS}], ids=repr)
@pytest.mark.parametrize("second", range(1, 9))
@pytest.mark.parametrize("arrived", [True, False])
def test_two_replies_are_lost(before: dict[str, Any], second: int, arrived: bool) -> None:
    """The reply to create, and another while that is taken back, which is done all over again then."""
    world = world_of((1, 41))
    carry_out(world, planned(world, options(before))[1])
    old = world.find("web")
    there, world.done[:] = state_of(old), []
    plan = planned(world, options(dict(before, env={"A": "1"})))[1]
    created = [step.call.path for step in plan.steps].index("/containers/create")
    world.failing = {created: (LOST, True), created + second: (LOST, arrived)}
    with pytest.raises(TaskFailed, match="the connection broke") as caught:
        carry_out(world, plan)
    assert world.find("web") is old and state_of(old) == there
    assert caught.value.values == {"changed": False}
    assert len(world.containers) == 3


def test_a_new_container_is_removed_by_its_id() -> None:
    """Its name may be another's by then."""
    world = world_of((1, 41))
    carry_out(world, planned(world, options({}))[1])
    old = world.find("web")
    assert old is not None
    for how in HOW.values():
        world.failing, world.done[:] = {1: how}, []
        failure_of(world, planned(world, options({"env": {"A": "1"}}))[1])
        assert "web" not in calls_of(world, "DELETE") and old["Id"] not in calls_of(world, "DELETE")
        assert world.find("web") is old
    world.failing, world.exits, world.done[:] = {}, {"app:1": 3}, []
    failure_of(world, planned(world, options({"image": "app:1"}))[1])
    (removed,) = calls_of(world, "DELETE")
    assert len(removed) == 64 and removed != old["Id"]


@pytest.mark.parametrize("theirs", [{"Image": "app:1"}, {"Image": "app:2", "started": True}], ids=repr)
def test_anothers_container_is_not_removed_for_a_lost_reply(theirs: dict[str, Any]) -> None:
    """The request did not arrive, and somebody else's container has the name by now."""
    world = world_of((1, 41))
    carry_out(world, planned(world, options({}))[1])
    plan = planned(world, options({"env": {"A": "1"}}))[1]

    def lost_and_taken(_call: Any) -> Any:
        world.__dict__.pop("_create")
        made = world._create(containers.create("web", {"Image": theirs["Image"]}))
        if theirs.get("started"):
            world.send(containers.start(made["Id"]))
        raise LOST

    world.__dict__["_create"] = lost_and_taken
    error = failure_of(world, plan)
    assert error is not None and "already in use" in str(error) and "left as web.replaced" in str(error)
    there, aside = world.find("web"), world.find("web.replaced")
    assert there is not None and there["Config"]["Image"] == theirs["Image"]
    assert aside is not None and aside["State"]["Running"]


class Slow(World):
    """An Engine that loses the reply to a stop, and goes on stopping for so many looks."""

    looks = 0
    stopping: dict[str, Any] | None = None

    def _stop(self, container: dict[str, Any], _call: Any) -> None:
        self.stopping, self.looks = container, 4
        raise LOST

    def _look(self, call: Any) -> Any:
        self.looks -= 1
        if not self.looks:
            self.let_go()
        return super()._look(call)

    def let_go(self) -> None:
        """The stop comes to its end."""
        if self.stopping is not None:
            super()._stop(self.stopping, containers.stop("web"))
            self.stopping = None


@pytest.mark.parametrize("before", [{}, {"auto_remove": True}, {"paused": True}], ids=repr)
def test_a_stop_under_way_is_over_before_the_old_one_is_started_again(before: dict[str, Any]) -> None:
    world = world_of((1, 41))
    carry_out(world, planned(world, options(before))[1])
    there, plan = state_of(world.find("web")), planned(world, options(dict(before, env={"A": "1"})))[1]
    world.__class__ = Slow
    error = failure_of(world, plan)
    assert error is not None and error.values == {"changed": False}
    cast(Slow, world).let_go()
    assert state_of(world.find("web")) == there
    assert world.find("web.replaced") is None
