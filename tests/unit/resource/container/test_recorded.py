# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents of real Engines: nothing of them is a difference where the task says what is there."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.container.table import FIELDS
from ansible_collections.longshore.docker.plugins.module_utils.state.field import UNKNOWN
from ansible_collections.longshore.docker.tests.unit.resource.container.recordings import RECORDED, TASKS, world_of
from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import planned, task

every_version = pytest.mark.parametrize("recorded", RECORDED)
every_container = pytest.mark.parametrize("name", TASKS)


def test_there_are_recordings() -> None:
    assert RECORDED == ["1.41", "1.44", "1.51", "1.52", "1.56"]


@every_version
@every_container
@pytest.mark.parametrize("rule", ["", "strict"])
def test_a_task_that_says_what_is_there(recorded: str, name: str, rule: str) -> None:
    comparisons = {"*": rule} if rule else {}
    plan = planned(world_of(recorded), task(name=name, comparisons=comparisons, **TASKS[name]))[1]
    assert (plan.reasons, plan.drift, plan.steps) == ((), (), ())
    assert plan.before == plan.after == {}


@every_version
@every_container
def test_every_row_reads_every_document(recorded: str, name: str) -> None:
    context, _plan = planned(world_of(recorded), task(name=name, **TASKS[name]))
    for field in FIELDS:
        value = field.observed(context.container, context)
        assert value is not None and value is not UNKNOWN, field.name


@every_version
@every_container
def test_what_was_given_no_option_is_what_a_new_container_gets(recorded: str, name: str) -> None:
    _context, plan = planned(world_of(recorded), task(name=name, recreate=True, **TASKS[name]))
    assert plan.reasons == ("recreate",)
    assert set(plan.after) <= {"id"}


CHANGES: list[tuple[dict[str, Any], str]] = [
    ({"env": {"A": "2"}}, "env"),
    ({"labels": {"app": "other"}}, "labels"),
    ({"hostname": "other"}, "hostname"),
    ({"published_ports": ["53/udp", "127.0.0.1:18081:80"]}, "published_ports"),
    ({"mac_address": "02:42:0a:63:00:83"}, "mac_address"),
    ({"security_opts": ["seccomp=unconfined"]}, "security_opts"),
    ({"healthcheck": {"test": ["true"], "interval": "2s"}}, "healthcheck"),
    ({"tmpfs": ["/run:size=65k"]}, "tmpfs"),
]


@every_version
@pytest.mark.parametrize(("change", "name"), CHANGES, ids=[name for _change, name in CHANGES])
def test_one_change_is_one_reason(recorded: str, change: Any, name: str) -> None:
    plan = planned(world_of(recorded), task(name="web", **dict(TASKS["web"], **change)))[1]
    assert plan.reasons == (name,)
    assert set(plan.before) == set(plan.after) == {"id", name}


UPDATES: list[tuple[dict[str, Any], set[str], dict[str, Any]]] = [
    ({"cpu_shares": 256}, {"cpu_shares"}, {"CpuShares": 256}),
    ({"cpus": 1.5}, {"cpus"}, {"NanoCpus": 1500000000}),
    ({"memory": "32m", "memory_swap": None}, {"memory", "memory_swap"}, {"Memory": 2**25, "MemorySwap": 2**26}),
    ({"pids_limit": 0}, {"pids_limit"}, {"PidsLimit": 0}),
    (
        {"restart_policy": "always", "restart_retries": None},
        {"restart_policy", "restart_retries"},
        {"RestartPolicy": {"Name": "always", "MaximumRetryCount": 0}},
    ),
]


@every_version
@pytest.mark.parametrize(("change", "shown", "body"), UPDATES, ids=[min(shown) for _c, shown, _b in UPDATES])
def test_limits_are_changed_in_place(recorded: str, change: Any, shown: set[str], body: Any) -> None:
    plan = planned(world_of(recorded), task(name="web", **dict(TASKS["web"], **change)))[1]
    assert plan.reasons == ()
    assert set(plan.before) == set(plan.after) == shown
    assert [(step.call.path, step.call.body) for step in plan.steps] == [("/containers/web/update", body)]
