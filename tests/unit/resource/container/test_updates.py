# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits changed in place, one after another: what the Engine takes only together is sent together."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import carry_out, planned, task, world_of

M = 2**20
CASES: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ({}, {"memory": "64m"}, {"Memory": 64 * M, "MemorySwap": 128 * M}),
    ({"memory": "64m"}, {"memory": "256m"}, {"Memory": 256 * M, "MemorySwap": 512 * M}),
    ({"memory": "64m"}, {"memory": "32m"}, {"Memory": 32 * M, "MemorySwap": 64 * M}),
    ({"memory": "64m", "memory_swap": "256m"}, {"memory": "96m"}, {"Memory": 96 * M}),
    ({"memory": "64m", "memory_swap": "-1"}, {"memory": "128m"}, {"Memory": 128 * M, "MemorySwap": -1}),
    ({"memory": "64m", "memory_swap": "-1"}, {"memory": "32m"}, {"Memory": 32 * M, "MemorySwap": -1}),
    ({"memory": "64m"}, {"memory": "64m", "memory_swap": "-1"}, {"Memory": 64 * M, "MemorySwap": -1}),
    ({"restart_policy": "always"}, {"restart_policy": "no"}, {"RestartPolicy": {"Name": "no", "MaximumRetryCount": 0}}),
    (
        {"restart_policy": "on-failure", "restart_retries": 3},
        {"restart_policy": "on-failure", "restart_retries": 5},
        {"RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 5}},
    ),
    (
        {"restart_policy": "on-failure", "restart_retries": 3},
        {"restart_policy": "always"},
        {"RestartPolicy": {"Name": "always", "MaximumRetryCount": 0}},
    ),
    ({"cpus": 0.5}, {"cpus": 1.5}, {"NanoCpus": 1500000000}),
    ({"pids_limit": 5}, {"pids_limit": -1}, {"PidsLimit": 0}),
]


@pytest.mark.parametrize("first, then, body", CASES, ids=repr)
def test_one_update(first: dict[str, Any], then: dict[str, Any], body: dict[str, Any]) -> None:
    world = world_of((1, 41))
    options = {"image": "app:2", "state": "present"}
    carry_out(world, planned(world, task(**options, **first))[1])
    plan = planned(world, task(**options, **then))[1]
    assert plan.reasons == ()
    assert [step.call.body for step in plan.steps] == [body]
    carry_out(world, plan)
    assert planned(world, task(**options, **then))[1].steps == ()


@pytest.mark.parametrize(
    "first, then, reason",
    [
        ({"cpu_quota": 50000, "cpu_period": 100000}, {"cpus": 1.5}, "cpus"),
        ({"cpus": 1.5}, {"cpu_quota": 50000}, "cpu_quota"),
        ({"memory": "64m"}, {"memory": "0"}, "memory"),
        ({"cpu_shares": 512}, {"cpu_shares": 0}, "cpu_shares"),
        ({"auto_remove": True}, {"auto_remove": False, "restart_policy": "always"}, "auto_remove"),
    ],
    ids=repr,
)
def test_what_no_update_can_do(first: dict[str, Any], then: dict[str, Any], reason: str) -> None:
    world = world_of((1, 41))
    options = {"image": "app:2", "state": "present"}
    carry_out(world, planned(world, task(**options, **first))[1])
    plan = planned(world, task(**options, **then))[1]
    assert reason in plan.reasons
    carry_out(world, plan)
    assert planned(world, task(**options, **then))[1].steps == ()


def test_a_replacement_shows_what_a_mount_loses() -> None:
    world = world_of((1, 41))
    mount = {"type": "bind", "source": "/srv", "target": "/data"}
    options = {"image": "app:2", "state": "present"}
    carry_out(world, planned(world, task(**options, mounts=[dict(mount, propagation="rslave")]))[1])
    assert planned(world, task(**options, mounts=[mount]))[1].steps == ()
    plan = planned(world, task(**options, mounts=[mount], hostname="other"))[1]
    assert plan.reasons == ("hostname",)
    assert plan.before["mounts"][0]["BindOptions.Propagation"] == "rslave"
    assert "BindOptions.Propagation" not in plan.after["mounts"][0]
    carry_out(world, plan)
    assert "mounts" not in planned(world, task(**options, mounts=[mount], hostname="third"))[1].after


@pytest.mark.parametrize("paused", [None, False, True])
def test_a_replacement_says_what_becomes_of_a_pause(paused: bool | None) -> None:
    world = world_of((1, 41))
    options = {"image": "app:2", "state": "started"}
    for _run in range(2):
        carry_out(world, planned(world, task(**options, paused=True))[1])
    plan = planned(world, task(**options, paused=paused, hostname="other"))[1]
    shown = {name: (plan.before[name], plan.after[name]) for name in plan.after if name not in ("id", "hostname")}
    assert shown == ({} if paused else {"paused": (True, False)})
    carry_out(world, plan)
    container = world.find("web")
    assert container is not None and container["State"]["Paused"] is bool(paused)
