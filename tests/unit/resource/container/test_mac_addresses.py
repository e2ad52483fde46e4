# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MAC addresses: which are seen, and when an endpoint that is connected anew keeps its own."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import ApiVersion
from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import carry_out, planned, task, world_of
from ansible_collections.longshore.docker.tests.unit.resource.container.world import World

MAC, OTHER = "02:42:0a:57:01:77", "02:42:0a:57:01:78"


def options(top: bool, mac: str = MAC, **more: Any) -> dict[str, Any]:
    """A task with the address at the top, or in the network."""
    words: dict[str, Any] = {"image": "app:2", **more}
    network = {"name": "front", **words.pop("network", {})}
    if top:
        return task(**words, networks=[network], mac_address=mac)
    return task(**words, networks=[{**network, "mac_address": mac}])


STOPPED = {"Running": False, "Status": "exited"}
# What ended and waits to be started again by its restart policy still counts as running.
RESTARTING = {"Running": True, "Restarting": True, "Status": "restarting"}


def ended(version: ApiVersion, given: dict[str, Any], state: dict[str, Any]) -> World:
    """After this task, and its end: the Engine clears what an endpoint had while it was up."""
    world = world_of(version).copy()
    carry_out(world, planned(world, given)[1])
    container = world.find("web")
    assert container is not None
    container["State"].update(state)
    for endpoint in container["NetworkSettings"]["Networks"].values():
        endpoint["MacAddress"] = ""
    return world


every_way = pytest.mark.parametrize(
    ("version", "top"), [((1, 44), False), ((1, 51), False), ((1, 52), False), ((1, 52), True), ((1, 56), True)]
)


@every_way
def test_a_container_that_is_stopped_keeps_its_address(version: ApiVersion, top: bool) -> None:
    world = ended(version, options(top, state="started"), STOPPED)
    assert planned(world, options(top, state="stopped"))[1].steps == ()
    plan = planned(world, options(top, state="started"))[1]
    assert [step.call.path for step in plan.steps] == ["/containers/web/start"]


@every_way
def test_a_container_that_is_being_restarted_is_not_replaced(version: ApiVersion, top: bool) -> None:
    """Its policy starts it time and again, each time with the address, which is not shown in between."""
    world = ended(version, options(top, state="started"), RESTARTING)
    plan = planned(world, options(top, state="started"))[1]
    assert (plan.reasons, plan.steps) == ((), ())


@pytest.mark.parametrize("top", [False, True])
def test_one_that_runs_with_another_is_replaced(top: bool) -> None:
    world = world_of((1, 52)).copy()
    carry_out(world, planned(world, options(top))[1])
    assert planned(world, options(top, OTHER))[1].reasons == (("mac_address",) if top else ("networks",))


@pytest.mark.parametrize("top", [False, True])
@pytest.mark.parametrize(
    ("version", "in_place"), [((1, 44), False), ((1, 51), False), ((1, 52), False), ((1, 56), True)]
)
def test_another_alias_does_not_cost_the_address(version: ApiVersion, in_place: bool, top: bool) -> None:
    """Connected anew before API 1.54, it would get another one."""
    world = world_of(version).copy()
    carry_out(world, planned(world, options(top, network={"aliases": ["a"]}))[1])
    plan = planned(world, options(top, network={"aliases": ["b"]}))[1]
    assert plan.reasons == (() if in_place else ("networks",))
    if in_place:
        body = next(step.call.body for step in plan.steps if step.call.path.endswith("/connect"))
        assert body["EndpointConfig"]["MacAddress"] == MAC
