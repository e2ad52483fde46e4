# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Of which image a container is expected to have what it does not get from the task."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import EngineError
from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import carry_out, planned, task, world_of
from ansible_collections.longshore.docker.tests.unit.resource.container.world import World

STRICT = {"env": {"A": "1"}, "labels": {}, "exposed_ports": [], "volumes": [], "comparisons": {"*": "strict"}}
IMAGE_ASIDE = {**STRICT, "comparisons": {"*": "strict", "image": "ignore"}}


def moved() -> World:
    """An Engine with a container of app:1, which is the name of another image by now."""
    world = world_of((1, 41)).copy()
    carry_out(world, planned(world, task(image="app:1", state="present", **STRICT))[1])
    old = world.images["app:1"]
    config = {"Env": ["NEW=1"], "Labels": {"new": "1"}, "ExposedPorts": {"1/tcp": {}}, "Volumes": {"/new": {}}}
    new = dict(copy.deepcopy(old), Id="sha256:" + "9" * 64, Config=dict(old["Config"], **config))
    world.images = {**world.images, "old": dict(old, RepoTags=[]), "app:1": new}
    return world


@pytest.mark.parametrize(
    ("options", "reasons"),
    [
        ({"image_comparison": "current-image"}, {"image"}),
        ({"image_comparison": "current-image", **STRICT}, {"image"}),
        ({"image_comparison": "current-image", **IMAGE_ASIDE}, set()),
        ({"image_comparison": "desired-image", **STRICT}, {"image", "env", "labels", "exposed_ports", "volumes"}),
        ({"image_comparison": "desired-image", **IMAGE_ASIDE}, {"env", "labels", "exposed_ports", "volumes"}),
    ],
)
def test_the_image_that_values_are_compared_with(options: dict[str, Any], reasons: set[str]) -> None:
    world = moved()
    given = task(image="app:1", state="present", **options)
    plan = planned(world, given)[1]
    assert set(plan.reasons) == reasons
    carry_out(world, plan)
    assert planned(world, given)[1].steps == ()


@pytest.mark.parametrize(
    ("options", "reasons"),
    [
        ({}, {"env", "exposed_ports", "volumes"}),
        ({"env": {"A": "1"}, "labels": {}}, {"env", "labels", "exposed_ports", "volumes"}),
        ({"labels": {}, "image_label_mismatch": "fail"}, {"env", "exposed_ports", "volumes"}),
        ({"comparisons": {"image": "ignore", "env": "ignore"}}, {"exposed_ports", "volumes"}),
        ({"comparisons": {"*": "ignore"}}, set()),
        ({"comparisons": {"*": "ignore", "env": "allow_more_present"}}, {"env"}),
        ({"image_comparison": "current-image"}, set()),
        ({"image": None, "state": "stopped"}, set()),
    ],
)
def test_an_image_that_may_differ_and_what_it_brings(options: dict[str, Any], reasons: set[str]) -> None:
    world = moved()
    given = {**task(image="app:1", state="present", comparisons={"image": "ignore"}), **options}
    plan = planned(world, given)[1]
    assert set(plan.reasons) == reasons
    assert plan.drift in ((), ("image",))
    carry_out(world, plan)
    assert planned(world, given)[1].steps == ()


def test_labels_that_the_image_brings_and_no_task_names() -> None:
    world = moved()
    options = {"comparisons": {"*": "strict"}, "image_label_mismatch": "fail"}
    plan = planned(world, task(image="app:1", state="present", **options))[1]
    assert "image" in plan.reasons


def test_labels_that_the_present_image_brings() -> None:
    options = {**IMAGE_ASIDE, "labels": {"from.image": "1"}, "image_label_mismatch": "fail"}
    world = moved()
    assert planned(world, task(image="app:1", image_comparison="current-image", state="present", **options))
    with pytest.raises(EngineError, match='"new"'):
        planned(world, task(image="app:1", state="present", **options))


def of_moved(old: dict[str, Any], new: dict[str, Any], **options: Any) -> World:
    """An Engine with a container made with these options of an image with `old` in its Config; app:1 has `new`."""
    world = world_of((1, 41)).copy()
    world.images["app:1"]["Config"].update(old)
    carry_out(world, planned(world, task(image="app:1", **options))[1])
    image = world.images["app:1"]
    newer = dict(copy.deepcopy(image), Id="sha256:" + "9" * 64)
    newer["Config"].update(new)
    world.images = {**world.images, "old": dict(image, RepoTags=[]), "app:1": newer}
    return world


IGNORED = {"image": "ignore"}
DATA: dict[str, Any] = {"Volumes": {"/data": {}}}


@pytest.mark.parametrize(
    "mounted",
    [
        {"volumes": ["pgdata:/data"]},
        {"mounts": [{"type": "volume", "source": "pgdata", "target": "/data"}]},
        {"volumes": ["/data"]},
    ],
)
@pytest.mark.parametrize("state", ["started", "stopped"])
def test_what_is_mounted_stays_where_the_image_wants_a_volume(mounted: dict[str, Any], state: str) -> None:
    world = of_moved(DATA, {}, **mounted)
    assert planned(world, task(image="app:1", state=state, comparisons=IGNORED))[1].reasons == ()


def test_a_bind_is_a_mount_though_the_image_brings_a_volume() -> None:
    world = of_moved(DATA, {}, volumes=["/srv:/srv"])
    mounts = [{"type": "bind", "source": "/srv", "target": "/srv"}]
    assert planned(world, task(image="app:1", mounts=mounts, comparisons=IGNORED))[1].steps == ()


def test_what_the_image_brings_is_not_in_the_request() -> None:
    """Beside another container's network, the Engine would refuse the ports."""
    world = of_moved({}, {"ExposedPorts": {"8080/tcp": {}}, "Env": ["V=2"]}, network_mode="container:peer")
    given = task(image="app:1", network_mode="container:peer", env={"A": "1"}, comparisons=IGNORED)
    plan = planned(world, given)[1]
    body = next(step.call.body for step in plan.steps if step.call.path == "/containers/create")
    assert body["Env"] == ["A=1"] and "ExposedPorts" not in body
    carry_out(world, plan)
    assert planned(world, given)[1].steps == ()


def test_an_interrupted_replacement_goes_on_by_the_same_rules() -> None:
    world = moved()
    container = world.find("web")
    assert container is not None
    container["Name"] = "/web.replaced"
    given = task(image="app:1", state="present", comparisons=IGNORED)
    carry_out(world, planned(world, given)[1])
    assert planned(world, given)[1].steps == ()
