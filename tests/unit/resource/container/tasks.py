# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks of the container module, as its hosts would hand them on, against a modelled Engine."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from hypothesis import assume
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import ApiVersion
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ApiError, ApiTooOld
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.context import Context
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.resource import CONTAINER
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.table import FIELDS, ROWS
from ansible_collections.longshore.docker.plugins.module_utils.state.plan import Plan
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption
from ansible_collections.longshore.docker.tests.unit.resource.container.values import IMAGES, VALUES, VERSIONS
from ansible_collections.longshore.docker.tests.unit.resource.container.world import World

_VALIDATOR = ArgumentSpecValidator(CONTAINER.argument_spec)


def task(**given: Any) -> dict[str, Any]:
    """All options of the task, as Ansible validates them. Raises InvalidOption."""
    result = _VALIDATOR.validate(dict({"name": "web"}, **copy.deepcopy(given)))
    assert not result.error_messages, result.error_messages
    options: dict[str, Any] = result.validated_parameters
    CONTAINER.check(options)
    return options


def planned(world: World, options: Mapping[str, Any]) -> tuple[Any, Plan]:
    """What the task sees, and its plan."""
    context: Any = CONTAINER.observe(world, options, None)
    plan = CONTAINER.plan(context)
    if CONTAINER.refine(world, context, plan):
        plan = CONTAINER.plan(context)
    return context, plan


def carry_out(world: World, plan: Plan) -> None:
    """Make the plan's calls; what waits or watches has nothing to wait for here."""
    for step in plan.steps:
        try:
            world.send(step.call)
        except ApiError as exc:
            if exc.status not in step.tolerate:
                raise


def seen(context: Context, world: World) -> dict[str, Any]:
    """What the container is like, in the words of the diff."""
    document = world.find(context.name)
    assert document is not None
    context.container = document
    return named(world, {field.name: field.show(field.observed(document, context)) for field in FIELDS})


def named(world: World, values: Mapping[str, Any]) -> dict[str, Any]:
    """With the names of containers in place of their IDs, as tasks write them."""
    names = {"container:" + one["Id"]: "container:" + one["Name"].lstrip("/") for one in world.containers}
    return {key: names.get(value, value) if isinstance(value, str) else value for key, value in values.items()}


def world_of(version: ApiVersion) -> World:
    """An Engine with the images and without a container of the task's."""
    world = World(IMAGES, version)
    for name in ("peer", "other"):
        carry_out(world, planned(world, task(name=name, image="app:2"))[1])
    return world


_WORLDS = {version: world_of(version) for version in VERSIONS}


@st.composite
def situations(
    draw: st.DrawFn, /, most: int = 6, versions: Sequence[ApiVersion] = VERSIONS, **fixed: Any
) -> tuple[World, dict[str, Any]]:
    """An Engine, and the options of a task that it can fulfil: an image and some others."""
    world = _WORLDS[draw(st.sampled_from(versions))].copy()
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=most))
    given = dict({"image": "app:1", "state": "present"}, **fixed)
    given.update((name, draw(VALUES[name])) for name in names)
    if "log_options" in given:
        given.setdefault("log_driver", "json-file")
    if "restart_retries" in given:
        given["restart_policy"] = "on-failure"
    assume(possible(world, given))
    return world, given


def possible(world: World, given: Mapping[str, Any]) -> bool:
    """Whether the options neither contradict each other nor ask for more than the API version offers."""
    memory, swap = (ROWS[name].wanted(Context({"name": "", **given}, (9, 9))) for name in ("memory", "memory_swap"))
    if swap is not None and (memory is None or -1 < swap < memory):
        return False  # the Engine refuses swap without memory, and less of both than of one
    if given.get("network_mode") in ("host", "none", "container:peer") and given.get("mac_address"):
        return False  # and an address for who has no network of its own
    try:
        planned(world, task(**given))
    except (ApiTooOld, InvalidOption):
        return False
    return True
