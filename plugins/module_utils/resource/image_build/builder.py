# SPDX-License-Identifier: GPL-3.0-or-later
"""Which builder builds: the Engine's first one, BuildKit within the Engine, or `docker buildx`. Pure."""

from __future__ import annotations

from typing import Any, List, Mapping, NamedTuple, Tuple

from ...values.dockerfile import Dockerfile
from ...values.errors import InvalidOption
from .recipe import AUTO, Recipe

CLASSIC, BUILDKIT, BUILDX = "classic", "buildkit", "buildx"
UNKNOWN = 0  # how many stages a Dockerfile has that only the builder sees


class Offer(NamedTuple):
    """What the Engine says of itself (the headers of /_ping).

    default    its own choice: "2" is BuildKit, "1" the builder before; Engines before 23.0 do not say
    os         linux or windows; BuildKit is for linux
    api        the API version spoken
    """

    default: str = ""
    os: str = "linux"
    api: Tuple[int, int] = (1, 41)

    @property
    def has_buildkit(self) -> bool:
        """Since API 1.39 it is there without being configured, though it builds by default since 23.0 only."""
        return self.os != "windows" and self.default != "1" and self.api >= (1, 39)


class Choice(NamedTuple):
    """The builder, and what speaks for it: shown where it cannot be had."""

    builder: str
    reasons: Tuple[str, ...] = ()


def choose(recipe: Recipe, dockerfile: Dockerfile, offer: Offer, hides: bool) -> Choice:
    """Raises InvalidOption where `builder` names one that cannot do it.

    `hides`: COPY must not see the Dockerfile, but BuildKit, sent an archive, would show it. Of one stage both builders
    make the same, and the first one takes a large context in much faster; of several, BuildKit builds those only that
    are needed. docs/decisions/0011-which-builder.md says more.
    """
    needs_session = session(recipe) + list(dockerfile.sessions)
    needs_buildkit = [] if recipe.is_remote else list(dockerfile.needs)
    if recipe.builder == BUILDX or (recipe.builder == AUTO and needs_session):
        return Choice(BUILDX, tuple(needs_session or ["builder is buildx"]))
    _refuse(recipe, needs_session, BUILDX)
    if recipe.builder == CLASSIC:
        _refuse(recipe, needs_buildkit, BUILDKIT)
        return Choice(CLASSIC, ("builder is classic",))
    against = _classic_only(recipe, offer)
    if recipe.builder == BUILDKIT:
        _refuse(recipe, against, CLASSIC)
        return Choice(BUILDKIT, ("builder is buildkit",))
    if needs_buildkit:
        if against:
            raise InvalidOption(
                "builder",
                "the Dockerfile needs BuildKit (%s), which cannot do this: %s" % (needs_buildkit[0], against[0]),
            )
        return Choice(BUILDKIT, tuple(needs_buildkit))
    if offer.default == "2" and dockerfile.stages != 1 and not (against or hides):
        return Choice(BUILDKIT, ("it is the Engine's own choice",))
    return Choice(CLASSIC, tuple(against))


def _refuse(recipe: Recipe, needs: List[str], other: str) -> None:
    if needs:
        raise InvalidOption("builder", "%s cannot do this, but %s can: %s" % (recipe.builder, other, needs[0]))


def session(recipe: Recipe) -> List[str]:
    """What a client has to see to while BuildKit builds (a session of gRPC, deprecated in API 1.53): buildx does."""
    found = []
    if recipe.secrets:
        found.append("secrets")
    if len(recipe.platforms) > 1:
        found.append("several platforms")
    found += [
        "an output of type %s%s" % (one["type"], " that is pushed" if one.get("push") else "")
        for one in recipe.outputs
        if not made_by_the_engine(one)
    ]
    return found + ["cache_from %s" % one for one in recipe.cache_from if not cached_image(one)]


def needs_buildx(options: Mapping[str, Any]) -> bool:
    """Whether build options alone, of a context that the builder fetches, need the program. They may be unchecked."""
    platforms = options.get("platform") or ()
    platforms = (platforms,) if isinstance(platforms, str) else platforms
    made = Recipe(
        (),
        "",
        cache_from=tuple(options.get("cache_from") or ()),
        platforms=tuple(one for text in platforms for one in str(text).split(",")),
        secrets=tuple(options.get("secrets") or ()),
        outputs=tuple(options.get("outputs") or ()),
    )
    return options.get("builder") == BUILDX or bool(session(made))


def made_by_the_engine(output: Mapping[str, Any]) -> bool:
    """Whether this output is an image in the Engine's own store."""
    if output["type"] == "docker":
        return not output.get("dest") and not output.get("context")
    return output["type"] == "image" and not output.get("push")


def cached_image(text: str) -> str:
    """The image that a line of cache_from means, as the Engine takes it; empty where it is none: type=local, say."""
    if "=" not in text:
        return text
    parts = dict(one.partition("=")[::2] for one in text.split(","))
    return parts.get("ref", "") if parts.get("type") == "registry" else ""


def _classic_only(recipe: Recipe, offer: Offer) -> List[str]:
    """What BuildKit within the Engine would refuse, or pass over in silence."""
    found = []
    if not offer.has_buildkit:
        found.append("the Engine has no BuildKit")
    if recipe.network not in (None, "default", "none", "host"):
        found.append("network %s" % recipe.network)
    if recipe.limits:
        found.append("container_limits %s" % ", ".join(sorted(recipe.limits)))
    if recipe.shm_size is not None and offer.api < (1, 42):
        found.append("shm_size, before API 1.42")
    return found
