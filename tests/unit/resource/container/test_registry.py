# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether to pull: what the registry says of a tag, and what is made of an answer that says nothing."""

from __future__ import annotations

from typing import Any, cast

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.resource.container import registry
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.context import (
    NO,
    UNSURE,
    YES,
    Context,
)
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.resource import CONTAINER
from ansible_collections.longshore.docker.plugins.module_utils.state.plan import Plan
from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import carry_out, planned, task, world_of
from ansible_collections.longshore.docker.tests.unit.resource.container.world import World

HERE, ELSEWHERE = "sha256:" + "a" * 64, "sha256:" + "b" * 64


class Asked:
    """An Engine that answers GET /distribution/{name}/json."""

    read_only = False

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def send(self, _call: Any) -> Any:
        return self.answer


class Moving(World):
    """An Engine whose registry has another digest under the name. A pull brings that, and the image `brings`."""

    def __init__(self, world: World, brings: str) -> None:
        super().__init__({}, world.api_version)
        self.__dict__.update(world.copy().__dict__)
        self.images["app:2"]["RepoDigests"] = ["app@" + HERE]
        self.brings = brings

    def send(self, call: Any, timeout: float | None = None) -> Any:
        if call.path.startswith("/distribution/"):
            return {"Descriptor": {"digest": ELSEWHERE}}
        if call.path == "/images/create":
            self.images["app:2"].update(Id=self.brings, RepoDigests=["app@" + ELSEWHERE])
        return super().send(call, timeout)


@pytest.mark.parametrize("another", [False, True])
def test_only_another_image_replaces_the_container(another: bool, tmp_path: Any, monkeypatch: Any) -> None:
    """A tag of several platforms moves when any of them does."""
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    options = task(image="app:2", state="present", pull="always")
    world = Moving(world_of((1, 41)), "sha256:" + ("9" if another else "2") * 64)
    carry_out(world, planned(world, task(image="app:2", state="present"))[1])
    context, foretold = planned(world, options)
    assert foretold.reasons == ("image",) and len(foretold.prelude) == 1
    carry_out(world, Plan(foretold.prelude))
    plan = CONTAINER.plan(CONTAINER.observe(cast(Engine, world), options, context))
    assert plan.reasons == (("image",) if another else ()) and plan.changed is another and not plan.prelude
    assert not another or (plan.before, plan.after) == (foretold.before, foretold.after)


@pytest.mark.parametrize(
    ("answer", "pull"),
    [
        ({"Descriptor": {"digest": HERE}}, NO),
        ({"Descriptor": {"digest": ELSEWHERE}}, YES),
        ({"Descriptor": None}, UNSURE),
        ({"Descriptor": []}, UNSURE),
        ([], UNSURE),
        (None, UNSURE),
    ],
)
def test_what_the_registry_says(answer: Any, pull: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    context = Context({"name": "web", "pull": "always"}, (1, 41))
    context.image = {"Id": "sha256:0", "RepoDigests": ["registry.example/app@" + HERE]}
    engine: Any = Asked(answer)
    registry.ask(engine, context, "registry.example/app:1")
    assert context.pull == pull
