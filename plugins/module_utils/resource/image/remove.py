# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking a name from an image, and removing the image with its last one."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Tuple

from ...engine.api import image_store, images
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...state.outcome import Outcome
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.errors import InvalidValue
from ...values.images import ImageReference, parse_image
from .containerd import known_by_manifest
from .names import NAME, Named, check_tag, of_task

ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = dict(
    NAME,
    force={"type": "bool", "default": False},
    prune={"type": "bool", "default": True},
)


class Sight(NamedTuple):
    """The image, None where there is none of this name."""

    target: Named
    image: Optional[Dict[str, Any]]
    force: bool = False
    prune: bool = True


class Left(NamedTuple):
    """What goes, and what is left of the image."""

    untagged: Tuple[str, ...]
    tags: Tuple[str, ...]
    digests: Tuple[str, ...]

    @property
    def gone(self) -> bool:
        return not self.tags and not self.digests


def left(image: Mapping[str, Any], target: Named) -> Left:
    """As the Engine does it (DELETE /images/{name}): an ID takes all names with it, the last tag of a repository the
    digests that go by that repository's name, and the last name the image. Pure."""
    tags, digests = (sorted(image.get(key) or ()) for key in ("RepoTags", "RepoDigests"))
    if target.reference is None:
        return Left(tuple(tags + digests), (), ())
    going = [one for one in tags + digests if _read(one) == _bare(target.reference)]
    rest = [one for one in tags if one not in going]
    if not target.reference.digest and target.reference.name not in [_repository(one) for one in rest]:
        going += [one for one in digests if _repository(one) == target.reference.name]
    return Left(tuple(going), tuple(rest), tuple(one for one in digests if one not in going))


def _bare(reference: ImageReference) -> ImageReference:
    return reference._replace(tag="") if reference.digest else reference


def _read(text: str) -> Optional[ImageReference]:
    try:
        return _bare(parse_image(text))
    except InvalidValue:
        return None


def _repository(text: str) -> str:
    read = _read(text)
    return read.name if read else ""


def sight(engine: Engine, target: Named, force: bool, prune: bool = True) -> Sight:
    """Look at the image. Raises EngineError where the Engine would not remove it: check mode is to know, too."""
    seen = Sight(target, engine.inspect(images.inspect(target.text)), force, prune)
    names = [one for one in (seen.image or {}).get("RepoTags") or () if _read(one)]
    if len(names) < 2:  # a digest of the one repository goes with it, one of another is a name more
        names += [one for one in (seen.image or {}).get("RepoDigests") or () if _read(one)]
        names = names if len({_repository(one) for one in names}) > 1 else []
    if target.reference is None and not force and names:
        raise EngineError(
            "cannot remove image %s by its ID: it has several names (%s). With force they go, too; or remove it by its "
            "names" % (target.text, ", ".join(sorted(names)))
        )
    return seen


def removing(seen: Sight) -> Step:
    """The step that removes it."""
    call = image_store.remove(seen.target.text, force=seen.force, no_prune=not seen.prune)
    return Step("removing image %s" % seen.target.text, call, how=_remove, tolerate=(404,))


def _remove(engine: Engine, step: Step, outcome: Outcome) -> None:
    """The reply lists what went, each under Untagged or Deleted. Another may have removed it meanwhile."""
    outcome.values.update(untagged=[], deleted=[])
    reply = [one for one in engine.send(step.call) or () if isinstance(one, dict)]
    untagged: List[str] = [one["Untagged"] for one in reply if "Untagged" in one]
    deleted: List[str] = [one["Deleted"] for one in reply if "Deleted" in one]
    outcome.values.update(untagged=sorted(untagged), deleted=sorted(deleted))


def planned(seen: Sight) -> Plan:
    """The plan of a removal. Pure."""
    if seen.image is None:
        return Plan(before={"exists": False}, after={"exists": False})
    rest = left(seen.image, seen.target)
    before = _shown(seen.image, sorted(seen.image.get("RepoTags") or ()), sorted(seen.image.get("RepoDigests") or ()))
    after = {"exists": False} if rest.gone else _shown(seen.image, list(rest.tags), list(rest.digests))
    return Plan((removing(seen),), before, after)


def _shown(image: Mapping[str, Any], tags: List[str], digests: List[str]) -> Dict[str, Any]:
    return {"exists": True, "id": image.get("Id"), "tags": tags, "digests": digests}


def _observe(engine: Engine, options: Mapping[str, Any], _settled: Any) -> Sight:
    return sight(engine, of_task(options), options["force"], options["prune"])


def _facts(_engine: Engine, seen: Sight, _made: Plan, _done: bool) -> Dict[str, Any]:
    """What is untagged and deleted is foretold here; carried out, the plan leaves the Engine's own words."""
    if seen.image is None:
        return {"image": {}, "actions": [], "untagged": [], "deleted": []}
    rest = left(seen.image, seen.target)
    deleted = [seen.image.get("Id")] if rest.gone else []
    actions = ["Removed image %s" % seen.target.text]
    untagged = rest.untagged
    if known_by_manifest(seen.image):  # digests are no names of their own then, but for what was pulled by one
        untagged = tuple(one for one in untagged if one in (seen.image.get("RepoTags") or ()))
    return {"image": seen.image, "actions": actions, "untagged": sorted(untagged), "deleted": deleted}


def _check(options: Mapping[str, Any]) -> None:
    check_tag(options)
    of_task(options)


IMAGE_REMOVE = Resource("image_remove", ARGUMENT_SPEC, _observe, planned, _facts, check=_check)
