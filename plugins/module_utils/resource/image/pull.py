# SPDX-License-Identifier: GPL-3.0-or-later
"""Pulling: only where the registry has something else under the name than the Engine has."""

from __future__ import annotations

from typing import Any, Dict, Mapping, NamedTuple, Optional

from ...engine.api import images
from ...engine.client import Engine
from ...engine.errors import ApiError
from ...state.outcome import Outcome
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.errors import InvalidOption, InvalidValue
from ...values.images import ImageReference
from . import registry
from .names import NAME, check_tag, digests, of_registry

ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = dict(
    NAME,
    platform={"type": "str"},
    pull={"type": "str", "choices": ["always", "not_present"], "default": "always"},
    **registry.CREDENTIALS,
)
# No need; there is a need; only pulling can tell.
NO, YES, UNSURE = "", "yes", "unsure"


class Sight(NamedTuple):
    """What was seen of an image that may have to be pulled.

    image    its document, None where it is not here, or here for another platform only
    digest   what the registry has under the name; empty where it was not asked, or did not say
    """

    reference: ImageReference
    platform: Optional[str] = None
    image: Optional[Dict[str, Any]] = None
    need: str = NO
    digest: str = ""
    access: Optional[registry.Access] = None

    @property
    def moves(self) -> bool:
        """Whether a pull is planned."""
        return self.need != NO


def look(engine: Engine, reference: ImageReference, platform: Optional[str]) -> Optional[Dict[str, Any]]:
    """The image's document, None where it is not here for this platform, nor for one that runs there."""
    # Engines take a platform without a processor for one with none.
    several = "/" in (platform or "") and engine.api_version >= (1, 49)
    image = engine.inspect(images.inspect(reference.full, platform=platform if several else None))
    if several and image is not None:
        return image
    if several:  # strict ones know no other variant
        image = engine.inspect(images.inspect(reference.full))
    if image is not None and platform is not None:
        from .platforms import fits

        return image if fits(platform, image) else None
    return image


def _is_meant(platform: Optional[str], image: Mapping[str, Any]) -> bool:
    """Whether the image is just the one that was asked for, and not merely one that does as well. What neither fits nor
    does was found by the Engine, which knows better than the image's own words."""
    if platform is None:
        return True
    from .platforms import fits, is_meant

    return is_meant(platform, image) or not fits(platform, image)


def sight(
    engine: Engine, reference: ImageReference, platform: Optional[str], options: Mapping[str, Any], always: bool
) -> Sight:
    """Look here and, where that does not settle it, in the registry. Raises EngineError where it says that there is no
    such image, or that nobody may have it; in check mode also where it does not answer at all."""
    image = look(engine, reference, platform)
    seen = Sight(reference, platform, image)
    meant = image is not None and _is_meant(platform, image)
    if image is not None and meant and (not always or (reference.digest and reference.digest in digests(image))):
        return seen
    by = registry.access(engine, reference, options)
    seen = seen._replace(access=by, need=YES if image is None else UNSURE)
    try:
        answer = registry.ask(engine, reference.full, by)
    except ApiError as error:
        if image is not None and not always:
            return seen._replace(need=NO)  # what is here does as well
        # A registry that does not tell digests may still be one to pull from: a real run tries that.
        if error.status in (401, 404) or engine.read_only:
            doing = "asking the registry %s for image %s" % (by.registry, reference.full)
            raise registry.refused(doing, error, by) from error
        return seen
    return _told(seen, answer, meant, always)


def _told(seen: Sight, answer: Mapping[str, Any], meant: bool, always: bool) -> Sight:
    """What the registry's answer makes of it. Raises EngineError."""
    image, digest = seen.image, registry.digest_of(answer)
    seen = seen._replace(digest=digest)
    if seen.platform is not None:
        from .platforms import check_offer, is_offered

        by = seen.access.registry if seen.access else ""
        check_offer(answer, seen.platform, "the registry %s has image %s" % (by, seen.reference.full))
        if image is not None and not meant and is_offered(answer, seen.platform):
            return seen._replace(need=YES)
    if image is None:
        return seen
    if not always:
        return seen._replace(need=NO)
    return seen._replace(need=NO if digest in digests(image) else YES) if digest else seen


def pulling(seen: Sight) -> Step:
    """The step that pulls (POST /images/create)."""
    reference, by = seen.reference, seen.access
    call = images.pull(
        reference.full if reference.digest else reference.name,
        tag=None if reference.digest else reference.tag,
        platform=seen.platform,
        registry_auth=by.auth if by else None,
    )
    how: Any = _pull_and_compare if seen.need == UNSURE else "stream"
    return Step("pulling image %s" % reference.full, call, how, left=by.sentence if by else "", data=seen)


def _pull_and_compare(engine: Engine, step: Step, outcome: Outcome) -> None:
    """What only a pull can tell: whether there is another image now."""
    for record in engine.stream(step.call):
        engine.report(step.doing, record)
    seen = step.data
    outcome.found = shown(seen, seen.image), shown(seen, look(engine, seen.reference, seen.platform))


def shown(seen: Sight, image: Optional[Mapping[str, Any]], digest: str = "") -> Dict[str, Any]:
    """An image in a diff. Its ID is no part of it: without a pull the registry tells the digest alone."""
    found: Dict[str, Any] = {"exists": bool(image or digest)}
    if seen.platform:
        found["platform"] = seen.platform
    if digest:
        found["digest"] = digest
    elif image:
        known = sorted({one.rpartition("@")[2] for one in image.get("RepoDigests") or ()})
        found["digest"] = known[0] if len(known) == 1 else known or str(image.get("Id"))
    return found


def planned(seen: Sight) -> Plan:
    """The plan of a pull. Pure."""
    if not seen.moves:
        same = shown(seen, seen.image)
        return Plan(before=same, after=same)
    after = dict(shown(seen, None, seen.digest), exists=True)
    return Plan((pulling(seen),), shown(seen, seen.image), after)


def platform_of(text: Optional[str]) -> Optional[str]:
    """In one spelling. Raises InvalidOption."""
    if not text:
        return None
    from ...values.platforms import format_platform, parse_platform

    try:
        return format_platform(parse_platform(text))
    except InvalidValue as error:
        raise InvalidOption("platform", error) from None


def _observe(engine: Engine, options: Mapping[str, Any], _settled: Any) -> Sight:
    reference, platform = of_registry(options, "pull"), platform_of(options["platform"])
    return sight(engine, reference, platform, options, options["pull"] == "always")


def _facts(engine: Engine, seen: Sight, made: Plan, done: bool) -> Dict[str, Any]:
    image = look(engine, seen.reference, seen.platform) if done and made.steps else seen.image
    return {"image": image or {}, "actions": ["Pulled image %s" % seen.reference.full] if made.changed else []}


def _check(options: Mapping[str, Any]) -> None:
    check_tag(options, "!")
    of_registry(options, "pull")
    platform_of(options["platform"])
    registry.check_credentials(options)


IMAGE_PULL = Resource(
    "image_pull",
    ARGUMENT_SPEC,
    _observe,
    planned,
    _facts,
    constraints=registry.TOGETHER,
    check=_check,
    always_diff=True,
)
