# SPDX-License-Identifier: GPL-3.0-or-later
"""Pushing: only where the registry has something else under the name than the Engine has."""

from __future__ import annotations

import re
from typing import Any, Dict, Mapping, NamedTuple

from ...engine.api import image_transfer, images
from ...engine.client import Engine
from ...engine.errors import ApiError, EngineError
from ...state.outcome import Outcome
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.errors import InvalidOption
from ...values.images import ImageReference
from . import registry
from .names import NAME, check_tag, digests, of_registry

_DIGEST = re.compile(r": digest: (\w+:[0-9a-f]{64}) size: ")
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = dict(NAME, **registry.CREDENTIALS)


class Sight(NamedTuple):
    """`digest` is what the registry has under the name; empty where it has nothing, or does not say."""

    reference: ImageReference
    image: Dict[str, Any]
    access: registry.Access
    digest: str
    there: bool


def sight(
    engine: Engine, reference: ImageReference, image: Dict[str, Any], options: Mapping[str, Any], name: str = ""
) -> Sight:
    """Ask the registry what it has under the name (`name` is the image's, where it has yet to be tagged)."""
    by = registry.access(engine, reference, options)
    try:
        digest = registry.digest_of(registry.ask(engine, reference.full, by))
    except ApiError:
        # A repository that is made by its first push may not be looked at before: only pushing tells.
        digest = ""
    known = digests(image)
    if digest and digest not in known and engine.api_version >= (1, 48):
        # Of an image for several platforms that is not here as a whole, the part that is here is pushed.
        whole = engine.inspect(images.inspect(name or reference.full, manifests=True)) or {}
        parts = [one for one in whole.get("Manifests") or () if isinstance(one, dict)]
        if not all(one.get("Available") for one in parts):
            known.update(str(one.get("ID")) for one in parts if one.get("Available"))
    return Sight(reference, image, by, digest, bool(digest) and digest in known)


def planned(seen: Sight) -> Plan:
    """The plan of a push. Pure."""
    if seen.there:
        return Plan()
    reference, by = seen.reference, seen.access
    call = image_transfer.push(reference.name, tag=reference.tag, registry_auth=by.auth)
    step = Step("pushing image %s to the registry %s" % (reference.full, by.registry), call, _push, left=by.sentence)
    before: Dict[str, Any] = {"exists": bool(seen.digest)}
    if seen.digest:
        before["digest"] = seen.digest
    # The manifest that the Engine will write, and its digest with it, is not known before.
    return Plan((step,), before, {"exists": True, "digest": "(of image %s)" % seen.image.get("Id")})


def _push(engine: Engine, step: Step, outcome: Outcome) -> None:
    """POST /images/{name}/push. The digest is in an `aux` record; the containerd image store has it in a sentence."""
    for record in engine.stream(step.call):
        engine.report(step.doing, record)
        aux = record.get("aux")
        said = _DIGEST.search(str(record.get("status")))
        if isinstance(aux, dict) and aux.get("Digest"):
            outcome.values["digest"] = str(aux["Digest"])
        elif said:
            outcome.values["digest"] = said.group(1)


def target(options: Mapping[str, Any]) -> ImageReference:
    """The name to push to. Raises InvalidOption."""
    reference = of_registry(options, "push")
    if reference.digest:
        raise InvalidOption("name", "Cannot push an image by digest", whole=True)
    return reference


def _observe(engine: Engine, options: Mapping[str, Any], _settled: Any) -> Sight:
    reference = target(options)
    image = engine.inspect(images.inspect(reference.full))
    if image is None:
        raise EngineError("Cannot find image %s on the Engine to push it; pull, build or tag it first" % reference.full)
    return sight(engine, reference, image, options)


def _facts(engine: Engine, seen: Sight, made: Plan, done: bool) -> Dict[str, Any]:
    found: Dict[str, Any] = {"image": seen.image, "actions": []}
    if made.changed:
        found["actions"] = ["Pushed image %s" % seen.reference.full]
        if done:
            found["image"] = engine.inspect(images.inspect(seen.reference.full)) or {}
    elif seen.there:
        found["digest"] = seen.digest
    return found


def _check(options: Mapping[str, Any]) -> None:
    check_tag(options, "!")
    target(options)
    registry.check_credentials(options)


IMAGE_PUSH = Resource(
    "image_push", ARGUMENT_SPEC, _observe, planned, _facts, constraints=registry.TOGETHER, check=_check
)
