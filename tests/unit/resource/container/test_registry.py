# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether to pull: what the registry says of a tag, and what is made of an answer that says nothing."""

from __future__ import annotations

from typing import Any, cast

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import EngineError
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
    """An Engine whose registry has another digest under the name. A pull brings that, and the image `brings`, whose
    Config has these variables."""

    def __init__(self, world: World, brings: str, *variables: str) -> None:
        super().__init__({}, world.api_version)
        self.__dict__.update(world.copy().__dict__)
        self.images["app:2"]["RepoDigests"] = ["app@" + HERE]
        self.brings, self.variables = brings, list(variables)

    def send(self, call: Any, timeout: float | None = None) -> Any:
        if call.path.startswith("/distribution/"):
            return {"Descriptor": {"digest": ELSEWHERE}}
        if call.path == "/images/create":
            config = dict(self.images["app:2"]["Config"], Env=self.variables)
            came = {"Id": self.brings, "RepoDigests": ["app@" + ELSEWHERE], "Config": config}
            self.images = {**self.images, "app:2": {**self.images["app:2"], **came}}
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


@pytest.mark.parametrize("env", [{}, {"env": {"A": "1"}}])
@pytest.mark.parametrize("rule", ["allow_more_present", "strict"])
def test_an_ignored_image_is_pulled_before_what_it_brings_is_compared(
    env: dict[str, Any], rule: str, tmp_path: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    comparisons = {"image": "ignore", "env": rule}
    options = task(image="app:2", state="present", pull="always", comparisons=comparisons, **env)
    world = Moving(world_of((1, 41)), "sha256:" + "9" * 64, "NEW=3")
    carry_out(world, planned(world, task(image="app:1", state="present"))[1])
    context, foretold = planned(world, options)
    assert foretold.changed and len(foretold.prelude) == 1
    carry_out(world, Plan(foretold.prelude))
    plan = CONTAINER.plan(CONTAINER.observe(cast(Engine, world), options, context))
    assert plan.reasons == ("env",) and not plan.prelude
    body = next(step.call.body for step in plan.steps if step.call.path == "/containers/create")
    assert body.get("Env", []) == ["%s=%s" % one for one in env.get("env", {}).items()]
    carry_out(world, plan)
    assert not planned(world, options)[1].changed


@pytest.mark.parametrize("labels", [{}, {"from.image": "1"}])
def test_labels_of_an_image_that_has_moved(labels: dict[str, str], tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    more = {"labels": labels, "comparisons": {"labels": "strict"}, "image_label_mismatch": "fail", "pull": "always"}
    options = task(image="app:2", state="present", **more)
    world = Moving(world_of((1, 41)), "sha256:" + "9" * 64)
    world.images["app:2"]["Config"]["Labels"] = {"from.image": "1"}
    context, foretold = planned(world, options)
    assert foretold.changed and len(foretold.prelude) == 1
    carry_out(world, Plan(foretold.prelude))
    again = CONTAINER.observe(cast(Engine, world), options, context)
    if labels:
        assert [step.doing.split()[0] for step in CONTAINER.plan(again).steps] == ["creating"]
    else:
        with pytest.raises(EngineError, match='Labels: "from.image"'):
            CONTAINER.plan(again)


@pytest.mark.parametrize("labels", [{}, {"from.image": "1"}])
def test_labels_of_an_image_that_has_to_be_pulled_first(labels: dict[str, str]) -> None:
    more = {"labels": labels, "comparisons": {"labels": "strict"}, "image_label_mismatch": "fail"}
    options = task(image="app:1", state="present", **more)
    world = world_of((1, 41)).copy()
    all_images, image = world.images, world.images["app:1"]
    world.images = {name: one for name, one in all_images.items() if name != "app:1"}
    context, foretold = planned(world, options)
    assert foretold.changed and [step.call.path for step in foretold.prelude] == ["/images/create"]
    world.images = all_images  # as if pulled
    again = CONTAINER.observe(cast(Engine, world), options, context)
    if labels == image["Config"]["Labels"]:
        assert CONTAINER.plan(again).changed
    else:
        with pytest.raises(EngineError, match='Labels: "from.image"'):
            CONTAINER.plan(again)


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
