# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A network that is missing is no reason to stop the old container; one of a swarm may come with the container."""

from __future__ import annotations

from typing import Any, cast

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import networks
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import NotFound
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.new_networks import _look
from ansible_collections.longshore.docker.plugins.module_utils.state.step import Step
from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import (
    carry_out,
    planned,
    task,
    world_of,
)
from ansible_collections.longshore.docker.tests.unit.task.script import Script

MISSING = NotFound("GET", "/networks/backend", 404, "network backend not found")


def steps_of(runs: bool, **options: Any) -> list[Step]:
    """What is planned for a container that is to be replaced, and whether the old one runs."""
    world = world_of((1, 41))
    carry_out(world, planned(world, task(image="app:2", state="started" if runs else "present"))[1])
    return list(planned(world, task(image="app:2", env={"A": "1"}, **options))[1].steps)


def looked_for(steps: list[Step]) -> list[str]:
    """The paths of the networks that are looked for, which is done before all else."""
    looks = [step.call.path for step in steps if step.how is _look]
    assert [step.call.path for step in steps[: len(looks)]] == looks
    return looks


@pytest.mark.parametrize(
    "options, found",
    [
        ({"networks": [{"name": "backend"}, {"name": "db"}]}, ["/networks/backend", "/networks/db"]),
        ({"network_mode": "backend"}, ["/networks/backend"]),
        ({"network_mode": "host"}, []),
        ({}, []),
    ],
)
def test_networks_that_are_new_to_a_container(options: dict[str, Any], found: list[str]) -> None:
    assert looked_for(steps_of(True, **options)) == found
    assert looked_for(steps_of(False, **options)) == []


@pytest.mark.parametrize("state, found", [("present", ["/networks/backend"]), ("started", [])])
def test_a_new_container_that_is_not_started(state: str, found: list[str]) -> None:
    options = task(image="app:2", networks=[{"name": "backend"}], state=state)
    assert looked_for(list(planned(world_of((1, 41)), options)[1].steps)) == found


@pytest.mark.parametrize(
    "swarm, refused", [({}, True), ({"LocalNodeState": "inactive"}, True), ({"LocalNodeState": "active"}, False)]
)
def test_a_node_of_a_swarm_need_not_know_a_network_yet(swarm: dict[str, Any], refused: bool) -> None:
    engine = cast(Engine, Script({"/networks/backend": [MISSING], "/info": [{"Swarm": swarm}]}))
    step = Step("looking for network backend", networks.inspect("backend"))
    if refused:
        with pytest.raises(NotFound, match="backend"):
            _look(engine, step, None)
    else:
        _look(engine, step, None)
