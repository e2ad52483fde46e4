# SPDX-License-Identifier: GPL-3.0-or-later
"""image_build: whether there is anything to build, and what a build shows."""

from __future__ import annotations

from functools import partial
from typing import Any, Dict, Mapping, NamedTuple, Optional, Tuple

from ...engine.api import images
from ...engine.client import Engine
from ...state.outcome import Outcome
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.errors import InvalidOption
from ..image.names import NAME, of_task
from .recipe import Recipe, check_context, needs_node, recipe_of

NEVER, ALWAYS, CHANGED = "never", "always", "changed"
_TEXTS: Dict[str, Any] = {"type": "list", "elements": "str"}
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = dict(
    NAME,
    path={"type": "path", "required": True},
    dockerfile={"type": "str"},
    args={"type": "dict", "no_log": True},
    labels={"type": "dict"},
    etc_hosts={"type": "dict"},
    cache_from=_TEXTS,
    platform=_TEXTS,
    network={"type": "str"},
    target={"type": "str"},
    shm_size={"type": "str"},
    nocache={"type": "bool", "default": False},
    pull={"type": "bool", "default": False},
    rebuild={"type": "str", "choices": [NEVER, ALWAYS, CHANGED], "default": NEVER},
    builder={"type": "str", "choices": ["auto", "classic", "buildkit", "buildx"], "default": "auto"},
    docker_cli={"type": "path"},
    secrets={
        "type": "list",
        "elements": "dict",
        "no_log": False,  # what is secret in it says so itself
        "options": {
            "id": {"type": "str", "required": True},
            "type": {"type": "str", "choices": ["file", "env", "value"], "required": True},
            "src": {"type": "path"},
            "env": {"type": "str"},
            "value": {"type": "str", "no_log": True},
        },
        "required_if": [("type", "file", ["src"]), ("type", "env", ["env"]), ("type", "value", ["value"])],
        "mutually_exclusive": [("src", "env", "value")],
    },
    outputs={
        "type": "list",
        "elements": "dict",
        "options": {
            "type": {"type": "str", "choices": ["local", "tar", "oci", "docker", "image"], "required": True},
            "dest": {"type": "path"},
            "context": {"type": "str"},
            "name": _TEXTS,
            "push": {"type": "bool", "default": False},
        },
        "required_if": [("type", "local", ["dest"]), ("type", "tar", ["dest"]), ("type", "oci", ["dest"])],
        "mutually_exclusive": [("dest", "name"), ("dest", "push"), ("context", "name"), ("context", "push")],
    },
)


class Sight(NamedTuple):
    """What was seen. `steps` are those of a build where one is needed; `digest` is known where it counts.

    image   the document of the image that bears the name, None where there is none
    """

    recipe: Recipe
    rebuild: str
    image: Optional[Dict[str, Any]]
    steps: Tuple[Step, ...] = ()
    digest: str = ""


def name_of(options: Mapping[str, Any]) -> str:
    """The reference that the image is to bear. Raises InvalidOption."""
    reference = of_task(options).reference
    if reference is None or reference.digest:
        raise InvalidOption("name", "%s is an ID or a digest, which nobody can give to an image" % options["name"])
    return reference.with_tag


def recipe(options: Mapping[str, Any]) -> Recipe:
    """What the options describe. Raises InvalidOption."""
    return recipe_of(options, (name_of(options),), reach=options)


def check(options: Mapping[str, Any]) -> None:
    check_context(recipe(options))


def observe(engine: Engine, options: Mapping[str, Any], settled: bool) -> Sight:
    made, rebuild = recipe(options), options["rebuild"]
    image = engine.inspect(images.inspect(made.names[0]))
    if rebuild == CHANGED and not made.is_remote:
        from .unchanged import Recognition

        known = Recognition(engine, made)
        steps = () if known.is_same(image) else steps_of(engine, made, known.labels)
        return Sight(made, rebuild, image, steps, known.digest)
    if image is not None and rebuild == NEVER:
        return Sight(made, rebuild, image)
    return Sight(made, rebuild, image, steps_of(engine, made, {}))


def steps_of(engine: Engine, made: Recipe, labels: Mapping[str, str]) -> Tuple[Step, ...]:
    from .steps import build_steps

    *before, last = build_steps(engine, made, labels)
    return (*before, last._replace(how=partial(_build, last.how)))


def _build(how: Any, engine: Engine, step: Step, outcome: Outcome) -> None:
    """Carry out the build. Playbooks look for the log in `stderr`, which is where docker buildx writes it."""
    try:
        how(engine, step, outcome)
    finally:
        if "stdout" in outcome.values:
            outcome.values["stderr"] = outcome.values["stdout"]


def plan(sight: Sight) -> Plan:
    if not sight.steps:
        return Plan()
    before: Dict[str, Any] = {"exists": sight.image is not None}
    if sight.image is not None:
        before["id"] = sight.image.get("Id")
    return Plan(sight.steps, before, dict({"exists": True}, **_shown(sight)))


def _shown(sight: Sight) -> Dict[str, Any]:
    """What will be. Values of build arguments may be secrets; their names are not."""
    made = sight.recipe
    found = {
        "id": "(as built)",
        "digest": sight.digest,
        "labels": dict(made.labels),
        "args": sorted(made.args),
        "target": made.target,
        "platform": list(made.platforms),
    }
    return {name: value for name, value in found.items() if value}


def facts(engine: Engine, sight: Sight, _plan: Plan, done: bool) -> Dict[str, Any]:
    image = sight.image
    if done and sight.steps:
        image = engine.inspect(images.inspect(sight.recipe.names[0]))
    return {"image": image or {}}


IMAGE_BUILD = Resource(
    "image_build", ARGUMENT_SPEC, observe, plan, facts, check=check, needs_node=needs_node, veiled=("args",)
)
