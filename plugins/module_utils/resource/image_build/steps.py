# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of a build: which builder, and what it is given."""

from __future__ import annotations

import os
from typing import Dict, List, Mapping, Optional, Tuple

from ...engine.api import builds, images, system
from ...engine.client import Engine
from ...engine.credentials import encode_auth, find_readable
from ...engine.errors import ApiError, EngineError
from ...state.step import Step
from ...values.dockerfile import Dockerfile, parse_dockerfile
from ...values.errors import InvalidValue
from ...values.images import ImageReference, parse_image
from ..image.registry import WITHOUT
from . import building, buildx
from .builder import BUILDX, CLASSIC, UNKNOWN, Offer, choose
from .context import Context, read_context
from .recipe import Recipe, check_context
from .request import query


def build_steps(engine: Engine, recipe: Recipe, labels: Optional[Mapping[str, str]] = None) -> Tuple[Step, ...]:
    """Look at what the Engine offers and the Dockerfile needs; return the steps that build the image.

    Sends nothing that writes, so check mode calls it as well: what nobody here can build is refused in both. Carried
    out, they leave in the outcome's values: `stdout`, the build's log; and `command`, the program's, where one built.
    A failing step of the Dockerfile, and the end of what it said, is in the error. `labels` are added to the recipe's.
    Raises InvalidOption, EngineError.
    """
    check_context(recipe)
    context = None if recipe.is_remote else read_context(recipe)
    dockerfile = _dockerfile(recipe, context)
    credentials = _credentials(engine, dockerfile)
    hides = context is not None and context.hides_dockerfile
    doing = "building image %s" % recipe.names[0]
    chosen = choose(recipe, dockerfile, _offer(engine, doing), hides)
    labels = dict(recipe.labels, **(labels or {}))
    if chosen.builder == BUILDX:
        made = buildx.command(recipe, labels, buildx.find(recipe, chosen.reasons))
        return (Step(doing, builds.build(), buildx.build, data=made),)
    args = dict(_proxies(engine, recipe), **recipe.args)
    name = recipe.dockerfile if context is None else context.dockerfile
    parameters = query(recipe, name, args, labels)
    pulls: List[Step] = []
    config = None
    if credentials and chosen.builder == CLASSIC:
        config = encode_auth({auth["serveraddress"]: auth for auth in credentials.values()})
    elif credentials:
        pulls = _pulls(engine, recipe, dockerfile, credentials)
        parameters.pop("pull", None)
    work = building.Work(recipe, chosen.builder, parameters, context, config)
    return (*pulls, Step(doing, builds.build(), building.build, data=work))


def base_images(recipe: Recipe, context: Context) -> Tuple[str, ...]:
    """The images that the Dockerfile names."""
    return parse_dockerfile(context.text.decode("utf-8", "replace"), recipe.args).images


def _dockerfile(recipe: Recipe, context: Optional[Context]) -> Dockerfile:
    if context is None:
        return Dockerfile((), (), (), UNKNOWN)
    return parse_dockerfile(context.text.decode("utf-8", "replace"), recipe.args)


def _offer(engine: Engine, doing: str) -> Offer:
    """What the headers of /_ping say; by GET, since a refusal of HEAD has no words."""
    api = engine.api_version
    try:
        headers = engine.head(system.ping()._replace(method="GET")) or {}
    except ApiError as error:
        raise EngineError("Failed while %s: asking what builds it: %s" % (doing, error)) from error
    return Offer(headers.get("Builder-Version") or "", headers.get("Ostype") or "linux", api)


def _reference(name: str) -> Optional[ImageReference]:
    try:
        return parse_image(name)
    except InvalidValue:
        return None  # the builder says what is wrong with it


def _credentials(engine: Engine, dockerfile: Dockerfile) -> Dict[ImageReference, Dict[str, str]]:
    """Of the images for which there are any. Raises CredentialsFailed."""
    found = {}
    for reference in filter(None, map(_reference, dockerfile.images)):
        auth, unreadable = find_readable(reference.registry, os.environ)
        if unreadable:
            engine.notices.append(unreadable + WITHOUT)
        if auth:
            found[reference] = auth
    return found


def _pulls(
    engine: Engine,
    recipe: Recipe,
    dockerfile: Dockerfile,
    credentials: Mapping[ImageReference, Mapping[str, str]],
) -> List[Step]:
    """What the Engine pulls beforehand, since its BuildKit would ask for credentials over a session: it takes images
    that are there already. With `pull`, all of them: BuildKit, told to pull, would ask for the private ones, too."""
    platform = recipe.platforms[0] if recipe.platforms else None
    found = []
    for image in dict.fromkeys(filter(None, map(_reference, dockerfile.images))):
        auth = credentials.get(image)
        if recipe.pull or (auth and engine.inspect(images.inspect(image.full)) is None):
            call = images.pull(image.name, image.digest or image.tag, platform, encode_auth(auth) if auth else None)
            found.append(Step("pulling %s, from which the image is built" % image.full, call, "stream"))
    return found


def _proxies(engine: Engine, recipe: Recipe) -> Dict[str, str]:
    if not recipe.proxies:
        return {}
    from ...engine.config_proxies import ProxiesUnreadable, proxy_arguments

    try:
        return proxy_arguments(str(recipe.reach.get("docker_host") or ""), os.environ)
    except ProxiesUnreadable as error:
        engine.notices.append("%s. The image is built without them" % error)
        return {}
