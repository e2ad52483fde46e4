# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the image comes from: a build, an archive, a registry; or it has to be here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Mapping, NamedTuple, Optional, Tuple

from ...engine.api import images
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...state.outcome import Outcome
from ...state.step import Step
from ...values.images import same_image
from ..image import pull
from ..image.names import Named, digests, of_registry
from .options import check_source

if TYPE_CHECKING:
    from ..image_archive.identity import ArchivedImage


class Coming(NamedTuple):
    """What it takes to have the image.

    image    its document now, None where there is none
    steps    what makes or fetches it; none where it is here
    digests  under which registries will know it, as far as that can be told; None where it cannot
    unsure   there is an image, and only carrying out the steps tells whether another one comes of it
    """

    image: Optional[Dict[str, Any]]
    steps: Tuple[Step, ...] = ()
    before: Mapping[str, Any] = {}
    after: Mapping[str, Any] = {}
    digests: Optional[Tuple[str, ...]] = None
    action: str = ""
    warning: str = ""
    unsure: bool = False


def coming(engine: Engine, target: Named, options: Mapping[str, Any]) -> Coming:
    """Look at the image, and at its source where it is not here or is forced. Raises InvalidOption, EngineError."""
    image = engine.inspect(images.inspect(target.text))
    if image is not None and not options["force_source"]:
        return _here(image)
    source = options["source"]
    if target.reference is None:
        check_source(options)
    if source == "pull":
        return _pull(engine, target, options)
    if source == "load":
        return _load(engine, target, options["load_path"], image)
    if source == "build":
        return _build(engine, target, options, image)
    if image is None:
        raise EngineError("Cannot find the image %s locally (source=local)" % target.text)
    return _here(image)


def _here(image: Dict[str, Any]) -> Coming:
    return Coming(image, digests=tuple(digests(image)))


def _pull(engine: Engine, target: Named, options: Mapping[str, Any]) -> Coming:
    platform = pull.platform_of((options["pull"] or {}).get("platform"))
    reference = of_registry(options, "pull")
    seen = pull.sight(engine, reference, platform, options, always=True)
    plan = pull.planned(seen)
    if not plan.steps:
        return _here(seen.image or {})
    known = (seen.digest,) if seen.digest else None
    action = "Pulled image %s" % target.text
    return Coming(seen.image, plan.steps, plan.before, plan.after, known, action, unsure=seen.need == pull.UNSURE)


def _load(engine: Engine, target: Named, path: str, image: Optional[Dict[str, Any]]) -> Coming:
    from ..image_archive.loading import load_step, looked_up, missing
    from ..image_archive.reading import ArchiveInvalid, ArchiveOpaque, read_archive

    after = {"exists": True, "id": "(as loaded)"}
    action = "Loaded image %s from %s" % (target.text, path)
    step = load_step(path)._replace(how=_load_quietly, data=path)
    try:
        archived = read_archive(path)
    except ArchiveOpaque as error:
        warning = "What the archive holds is seen when it has been loaded: %s" % error
        steps = (step, _having(target, path))
        return Coming(image, steps, _before(image), after, None, action, warning, unsure=image is not None)
    except ArchiveInvalid as error:
        raise EngineError("cannot load image %s from %s: %s" % (target.text, path, error)) from error
    others = _others(target, archived)
    found = looked_up(engine, archived) if image is not None or target.reference is None else {}
    image = image or _by_another_id(target, archived, found)
    if image is not None and not missing(archived, found):
        return _here(image)
    warning = "The archive %s holds more images than %s: %s" % (path, target.text, others) if others else ""
    return Coming(image, (step,), _before(image), after, None, action, warning)


def _by_another_id(
    target: Named, archived: Tuple[ArchivedImage, ...], found: Mapping[str, Optional[Dict[str, Any]]]
) -> Optional[Dict[str, Any]]:
    """The image that is meant, where the Engine knows it by the other of its two IDs; `found` as looked_up gives it."""
    from ..image_archive.identity import is_there

    if target.reference is None:
        for one in archived:
            for name in one.references if one.is_known_as(target.text) else ():
                if is_there(one, found.get(name)):
                    return found[name]
    return None


def _others(target: Named, archived: Tuple[ArchivedImage, ...]) -> str:
    """What the archive holds besides the image that is meant. Raises EngineError where that one is not in it."""
    others: List[str] = []
    known = False
    for one in archived:
        for name in one.references:
            meant = one.is_known_as(target.text) if target.reference is None else same_image(name, target.text)
            known = known or meant
            others += [] if meant else ["'%s'" % name if one.names else name]
    if not known:
        sentence = "The archive did not contain image '%s'. Instead, found %s."
        raise EngineError(sentence % (target.text, ", ".join(sorted(others))))
    return ", ".join(sorted(others))


def _having(target: Named, path: str) -> Step:
    """What is loaded has to be the image that is meant, where nobody could look into the archive before."""
    doing = "looking whether %s held image %s" % (path, target.text)
    return Step(doing, images.inspect(target.text), how=_look, effect=False, data=target)


def _look(engine: Engine, step: Step, _outcome: Outcome) -> None:
    if engine.inspect(step.call) is None:
        raise EngineError("there is no such image after loading it, so the archive holds others")


def _load_quietly(engine: Engine, step: Step, outcome: Outcome) -> None:
    """What image_load returns is no result of this module."""
    from ..image_archive.loading import load

    load(engine, step, Outcome())


def _build(engine: Engine, target: Named, options: Mapping[str, Any], image: Optional[Dict[str, Any]]) -> Coming:
    from ..image_build.recipe import recipe_of
    from ..image_build.steps import build_steps

    given = options["build"]
    proxies = bool(given.get("use_config_proxy"))
    recipe = recipe_of(given, (target.text,), reach=options, proxies=proxies)
    action = "Built image %s from %s" % (target.text, given["path"])
    steps = build_steps(engine, recipe)
    after = {"exists": True, "id": "(as built)"}
    return Coming(image, steps, _before(image), after, None, action, unsure=image is not None)


def _before(image: Optional[Mapping[str, Any]]) -> Dict[str, Any]:
    return {"exists": False} if image is None else {"exists": True, "id": image.get("Id")}


def came(before: Coming, image: Optional[Dict[str, Any]]) -> Coming:
    """What is left when the steps of an unsure source have been carried out: nothing, where the image is the same."""
    if image is not None and before.image is not None and image.get("Id") == before.image.get("Id"):
        return _here(image)._replace(action=before.action, warning=before.warning)
    noting = Step("looking at the new image", images.inspect(""), how=_note)
    return before._replace(steps=(noting,), unsure=False)


def _note(_engine: Engine, _step: Step, _outcome: Outcome) -> None:
    """The effect has been had already: it counts as a change, also where a later step fails."""
