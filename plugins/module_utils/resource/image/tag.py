# SPDX-License-Identifier: GPL-3.0-or-later
"""Giving an image more names."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Tuple

from ...engine.api import image_store, images
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.errors import InvalidOption
from ...values.images import ImageReference
from .names import NAME, check_tag, named, of_task

ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = dict(
    NAME,
    repository={"type": "list", "elements": "str", "required": True},
    existing_images={"type": "str", "choices": ["keep", "overwrite"], "default": "overwrite"},
)


class Target(NamedTuple):
    """A name, and the image that has it now."""

    reference: ImageReference
    image: Optional[Dict[str, Any]]


class Sight(NamedTuple):
    """The image and the names that it is to have; `keep` leaves those alone that other images have."""

    name: str
    image: Dict[str, Any]
    targets: Tuple[Target, ...]
    keep: bool


def target(text: str, tag: Optional[str], option: str) -> ImageReference:
    """A name that an image can be given. Raises InvalidOption."""
    found = named(text, tag, option).reference
    which = option if option.endswith("]") else "`%s`" % option
    if found is None:
        raise InvalidOption(option, "%s must not be an image ID; got: %s" % (which, text), whole=True)
    if found.digest:
        raise InvalidOption(option, "%s must not have a digest; got: %s" % (which, text), whole=True)
    return found


def look(engine: Engine, reference: ImageReference) -> Target:
    """Who has the name now."""
    return Target(reference, engine.inspect(images.inspect(reference.full)))


def is_tagged(image: Mapping[str, Any], one: Target) -> bool:
    """Whether the image has the name already."""
    return one.image is not None and one.image.get("Id") == image.get("Id")


def tagging(name: str, image: Mapping[str, Any], one: Target) -> Step:
    """The step that gives the image the name (POST /images/{name}/tag); taken back by giving it to who had it."""
    reference, full = one.reference, one.reference.full
    if one.image is None:
        undo = Step("removing the name %s" % full, image_store.remove(full, no_prune=True), tolerate=(404,))
    else:
        undo = Step("giving back the name %s" % full, image_store.tag(one.image["Id"], reference.name, reference.tag))
    call = image_store.tag(str(image["Id"]), reference.name, reference.tag)
    return Step("tagging image %s as %s" % (name, full), call, undo=(undo,))


def shown(one: Target, image: Optional[Mapping[str, Any]]) -> Dict[str, Any]:
    """A name in a diff, with the image that has it."""
    found: Dict[str, Any] = {"name": one.reference.name, "tag": one.reference.tag, "exists": image is not None}
    if image is not None:
        found["id"] = image.get("Id")
    return found


def _plan(seen: Sight) -> Plan:
    others = [one for one in seen.targets if not is_tagged(seen.image, one)]
    kept = [one for one in others if seen.keep and one.image is not None]
    steps = tuple(tagging(seen.name, seen.image, one) for one in others if one not in kept)
    before = {"images": [shown(one, one.image) for one in seen.targets]}
    after = {"images": [shown(one, one.image if one in kept else seen.image) for one in seen.targets]}
    return Plan(steps, before, after, drift=("repository",) if kept else ())


def _observe(engine: Engine, options: Mapping[str, Any], _settled: Any) -> Sight:
    name = of_task(options).text
    image = engine.inspect(images.inspect(name))
    if image is None:
        raise EngineError("Cannot find image %s on the Engine to tag it" % name)
    targets = tuple(look(engine, one) for one in _references(options))
    return Sight(name, image, targets, options["existing_images"] == "keep")


def _references(options: Mapping[str, Any]) -> List[ImageReference]:
    found: List[ImageReference] = []
    for number, text in enumerate(options["repository"], 1):
        one = target(text, options["tag"], "repository[%d]" % number)
        if one not in found:
            found.append(one)
    return found


def _facts(_engine: Engine, seen: Sight, made: Plan, _done: bool) -> Dict[str, Any]:
    kept = "repository" in made.drift
    tagged = [
        one.reference.full
        for one in seen.targets
        if not is_tagged(seen.image, one) and not (kept and one.image is not None)
    ]
    actions = ["Tagged image %s as %s" % (seen.name, one) for one in tagged]
    return {"image": seen.image, "tagged_images": tagged, "actions": actions}


def _check(options: Mapping[str, Any]) -> None:
    check_tag(options)
    of_task(options)
    _references(options)


IMAGE_TAG = Resource("image_tag", ARGUMENT_SPEC, _observe, _plan, _facts, check=_check, always_diff=True)
