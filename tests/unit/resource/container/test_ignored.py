# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that the Engine takes no notice of: a playbook that has them goes on, and its second run changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.resource.container import kernel
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption
from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import (
    carry_out,
    planned,
    task,
    world_of,
)
from ansible_collections.longshore.docker.tests.unit.resource.container.world import World


@pytest.mark.parametrize(
    ("option", "version"), [({"kernel_memory": "64m"}, (1, 44)), ({"kernel_memory_tcp": "64m"}, (1, 52))]
)
def test_what_newer_engines_ignore(option: dict[str, Any], version: tuple[int, int]) -> None:
    world = world_of(version)
    options = task(image="app:1", state="present", **option)
    _context, plan = planned(world, options)
    (name,) = option
    assert name in plan.warnings[0] and name not in plan.after
    carry_out(world, plan)
    again = planned(world, options)[1]
    assert (again.steps, again.drift) == ((), ()) and name in again.warnings[0]


def test_what_older_engines_heed() -> None:
    plan = planned(world_of((1, 41)), task(image="app:1", state="present", kernel_memory="64m"))[1]
    assert plan.warnings == () and plan.after["kernel_memory"] == 67108864


def test_what_only_windows_heeds() -> None:
    world = world_of((1, 51))
    world.images["app:1"]["Os"] = "linux"
    plan = planned(world, task(image="app:1", state="present", cpu_percent=10))[1]
    assert "cpu_percent" in plan.warnings[0] and "linux" in plan.warnings[0] and "cpu_percent" not in plan.after


@pytest.mark.parametrize(
    ("option", "info"),
    [
        ({"oom_killer": True}, {"OomKillDisable": False}),
        ({"memory_swappiness": 0}, {"CgroupVersion": "2"}),
        ({"memory_swap": "1g", "memory": "64m"}, {"SwapLimit": False}),
    ],
)
def test_what_the_kernel_does_not_know(option: dict[str, Any], info: dict[str, Any]) -> None:
    world = world_of((1, 51)).copy()
    world.info = info
    options = task(image="app:1", state="present", **option)
    name = next(iter(option))
    for _run in range(2):
        plan = planned(world, options)[1]
        assert name in plan.warnings[0] and name not in plan.reasons
        carry_out(world, plan)
    assert plan.steps == ()
    world.info = {}
    plan = planned(world, options)[1]
    assert plan.warnings == () and name in plan.after


LIMITS = [
    ({"memory": "512m"}, "MemoryLimit"),
    ({"memory_reservation": "64m"}, "MemoryLimit"),
    ({"pids_limit": 100}, "PidsLimit"),
    ({"cpu_shares": 512}, "CPUShares"),
    ({"cpu_quota": 50000}, "CpuCfsQuota"),
    ({"cpuset_cpus": "0"}, "CPUSet"),
]


class Bare(World):
    """An Engine whose host knows none of these limits."""

    def _drop(self, host: dict[str, Any]) -> None:
        for key in ("CpuShares", "MemoryReservation", "Memory", "MemorySwap", "CpuQuota", "CpuPeriod"):
            host[key] = 0
        host.update(PidsLimit=None, CpusetCpus="")

    def _update(self, container: dict[str, Any], call: Call) -> Any:
        reply = super()._update(container, call)
        self._drop(container["HostConfig"])
        return reply


@pytest.mark.parametrize(("option", "key"), LIMITS)
def test_a_limit_that_the_host_drops_is_no_change_for_ever(option: dict[str, Any], key: str) -> None:
    world = Bare({}, (1, 51))
    world.__dict__.update(world_of((1, 51)).copy().__dict__)
    options = task(image="app:1", state="present", **option)
    carry_out(world, planned(world, options)[1])
    for system, changed in (("windows", True), ("linux", False)):  # one for Windows says false of all, and heeds some
        world.info = {key: False, "OSType": system}
        plan = planned(world, options)[1]
        assert plan.changed is changed
        assert changed or next(iter(option)) in plan.warnings[0]


def test_a_limit_that_is_there_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that has one container's limit knows it."""
    world = world_of((1, 51)).copy()
    carry_out(world, planned(world, task(image="app:1", state="present", memory="64m", cpu_shares=512))[1])

    def mapping(*_arguments: Any) -> Any:
        raise AssertionError("GET /info")

    monkeypatch.setattr(kernel, "mapping", mapping)
    assert planned(world, task(image="app:1", state="present", memory="32m", cpu_shares=256))[1].changed


@pytest.mark.parametrize("option", [{"oom_killer": False}, {"memory_swappiness": -1}, {"memory_swap": 0}])
def test_what_every_kernel_has(option: dict[str, Any]) -> None:
    world = world_of((1, 51)).copy()
    world.info = {"OomKillDisable": False, "CgroupVersion": "2", "SwapLimit": False}
    options = task(image="app:1", state="present", **option)
    for _run in range(2):
        plan = planned(world, options)[1]
        assert plan.warnings == ()
        carry_out(world, plan)
    assert plan.steps == ()


def test_names_of_who_shares_a_network() -> None:
    world = world_of((1, 41)).copy()
    options = {"image": "app:2", "state": "present", "network_mode": "container:peer"}
    for _run in range(2):
        plan = planned(world, task(**options, domainname="example.test"))[1]
        assert "domainname" in plan.warnings[0] and "domainname" not in plan.after
        carry_out(world, plan)
    assert plan.steps == ()
    for name, value in {"hostname": "web", "published_ports": ["80"], "exposed_ports": ["80"], "links": ["db"]}.items():
        with pytest.raises(InvalidOption, match=name):
            task(**options, **{name: value})
    assert task(**options, hostname="", published_ports=[], publish_all_ports=False)


def test_no_network_at_all_is_what_strict_may_ask_for() -> None:
    world = world_of((1, 51))
    options = task(image="app:1", state="present", networks=[], comparisons={"networks": "strict"})
    carry_out(world, planned(world, options)[1])
    assert planned(world, options)[1].steps == ()
