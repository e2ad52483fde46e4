# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""state: absent is about a name: the options that describe a container are left as they are, right or wrong."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.container.resource import CONTAINER
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption
from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import carry_out, planned, task, world_of

LEFT: list[dict[str, Any]] = [
    {"image": "NO image"},
    {"image": "registry.example.com/none:1", "pull": "always"},
    {"memory": "much"},
    {"env": {"A": True}},
    {"env_file": "/none/such"},
    {"volumes": ["./here:/srv"]},
    {"published_ports": ["80-81:80"]},
    {"comparisons": {"nonsense": "strict"}},
    {"networks": [{"name": "a"}, {"name": "a"}]},
    {"annotations": {"a": "b"}},
    {"cpus": 1.0, "cpu_quota": 1000},
    {"auto_remove": True, "restart_policy": "always"},
]


@pytest.mark.parametrize("given", LEFT, ids=str)
def test_nothing_else_is_looked_at(given: dict[str, Any]) -> None:
    world = world_of((1, 41))
    carry_out(world, planned(world, task(image="app:2"))[1])
    options = task(state="absent", **given)
    assert CONTAINER.needs_node(options) == ""
    plan = planned(world, options)[1]
    assert [step.call.method for step in plan.steps][-1] == "DELETE"
    carry_out(world, plan)
    assert world.find("web") is None
    assert planned(world, options)[1].steps == ()


@pytest.mark.parametrize("name", ["", "a b", "/", "."])
def test_a_name_is_needed(name: str) -> None:
    with pytest.raises(InvalidOption, match="no name of a container"):
        task(name=name, state="absent")
