# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks that name no image, or name one by its ID."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption
from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import carry_out, planned, task, world_of
from ansible_collections.longshore.docker.tests.unit.resource.container.world import World

ONE, TWO = "sha256:" + "1" * 64, "sha256:" + "2" * 64


def world_with(image: str = "app:1") -> World:
    world = world_of((1, 41))
    carry_out(world, planned(world, task(image=image))[1])
    world.images = {name: dict(one) for name, one in world.images.items()}
    return world


def image_of(world: World) -> tuple[str, str]:
    there = world.find("web")
    assert there is not None
    return there["Image"], there["Config"]["Image"]


CHANGES: list[dict[str, Any]] = [{"labels": {"a": "b"}}, {"recreate": True}]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_replacement_keeps_image_and_name(change: dict[str, Any]) -> None:
    world = world_with()
    plan = planned(world, task(**change))[1]
    assert "image" not in plan.reasons and "id" in plan.after
    carry_out(world, plan)
    assert image_of(world) == (ONE, "app:1")


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_tag_that_has_moved_is_not_followed(change: dict[str, Any]) -> None:
    world = world_with()
    world.images["app:1"]["RepoTags"], world.images["app:2"]["RepoTags"] = [], ["app:1", "app:2"]
    carry_out(world, planned(world, task(**change))[1])
    assert image_of(world) == (ONE, ONE)
    assert planned(world, task(**dict(change, recreate=False)))[1].steps == ()


def test_an_image_that_is_gone_cannot_be_used() -> None:
    world = world_with()
    world.images = {"app:2": world.images["app:2"]}
    assert planned(world, task(memory="64m"))[1].reasons == ()
    with pytest.raises(InvalidOption, match="image of container web is not on the Engine any more"):
        planned(world, task(labels={"a": "b"}))


@pytest.mark.parametrize("name", [ONE, "1" * 64, "1" * 12, ONE[:19]])
@pytest.mark.parametrize("pull", ["missing", "always"])
def test_an_id_is_another_name_of_the_image(name: str, pull: str) -> None:
    """As playbooks for the incumbent have it, image_name_mismatch speaks of IDs, too."""
    world = world_with()
    assert planned(world, task(image=name, pull=pull, image_name_mismatch="ignore"))[1].steps == ()
    assert planned(world, task(image=name, pull=pull))[1].reasons == ("image",)
    world = world_with(name)
    assert image_of(world) == (ONE, name)
    for same in (name, ONE, ONE[:19]):
        assert planned(world, task(image=same, pull=pull))[1].steps == ()
    assert planned(world, task(image="app:1", image_name_mismatch="ignore"))[1].steps == ()
    assert planned(world, task(image="app:1"))[1].reasons == ("image",)
    assert planned(world, task(image="app:2"))[1].reasons == ("image",)
    assert planned(world, task(image=TWO[: len(name)] if ":" in name else "2" * len(name)))[1].reasons == ("image",)


def test_an_id_that_is_not_there() -> None:
    with pytest.raises(InvalidOption, match="^Cannot find image with ID sha256:3{64}$"):
        planned(world_with(), task(image="sha256:" + "3" * 64))


@pytest.mark.parametrize(("name", "told"), [("app:3", "app:3"), ("app", "app:latest"), ("a@" + ONE, "a@" + ONE)])
def test_what_must_not_be_pulled(name: str, told: str) -> None:
    with pytest.raises(InvalidOption) as error:
        planned(world_with(), task(image=name, pull="never"))
    assert str(error.value) == "Cannot find image with name %s, and pull=never" % told
