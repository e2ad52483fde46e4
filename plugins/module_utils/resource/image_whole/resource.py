# SPDX-License-Identifier: GPL-3.0-or-later
"""image: have an image, and its archive, its further name, and that name in its registry; or have no such image."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Tuple

from ...engine.api import images
from ...engine.client import Engine
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.images import ImageReference
from ..image import push, remove, tag
from ..image.names import Named, of_task
from .options import ARGUMENT_SPEC, CONSTRAINTS, check, needs_node, push_of, repository_of
from .source import Coming, came, coming


class Part(NamedTuple):
    """One thing that is to be done besides: its steps, its key in the diff and the values there, and it in words."""

    key: str
    steps: Tuple[Step, ...]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    action: str


class Sight(NamedTuple):
    """What was seen: of an image that is to go (`going`), or to be there (`source`), and what comes after that.
    `repository` is the further name where the image gets it, has it, or where that name is pushed."""

    target: Named
    going: Optional[remove.Sight] = None
    source: Optional[Coming] = None
    repository: Optional[tag.Target] = None
    parts: Tuple[Part, ...] = ()
    drift: Tuple[str, ...] = ()


def _observe(engine: Engine, options: Mapping[str, Any], settled: Any) -> Sight:
    target = of_task(options)
    if options["state"] == "absent":
        return Sight(target, going=remove.sight(engine, target, options["force_absent"]))
    if settled is None:
        return _with_parts(engine, target, coming(engine, target, options), options)
    source = came(settled.source, engine.inspect(images.inspect(target.text)))
    return settled._replace(source=source) if source.steps else _with_parts(engine, target, source, options)


def _with_parts(engine: Engine, target: Named, source: Coming, options: Mapping[str, Any]) -> Sight:
    parts: List[Part] = []
    drift: Tuple[str, ...] = ()
    if options["archive_path"]:
        parts += _archive(target, source, options["archive_path"])
    repository, named = repository_of(options), None
    if repository is not None:
        named = tag.look(engine, repository)
        done = _tag(target, source, named, options["force_tag"])
        parts += done
        if not done and (source.steps or not tag.is_tagged(source.image or {}, named)):
            # It is left to the image that has it, which is of interest only where it is pushed.
            drift = () if source.steps else ("repository",)
            named = named if options["push"] else None
    pushed = push_of(options)
    if pushed is not None:
        parts += _push(engine, target, source, pushed, bool(parts and parts[-1].key == "repository"), options)
    return Sight(target, None, source, named, tuple(parts), drift)


def _archive(target: Named, source: Coming, path: str) -> List[Part]:
    from ...engine.files import check_destination
    from ..image_archive.exporting import Wanted, export_step, reason_to_export

    name = "" if target.reference is None or target.reference.digest else target.text
    wanted = [Wanted(target.text, name, source.image or {})]
    reason = "it is about to be another image" if source.steps else reason_to_export(path, wanted)
    if not reason:
        return []
    check_destination(path)  # before an image is built or pulled for it
    after = "(the new image)" if source.steps else str((source.image or {}).get("Id"))
    action = "Archived image %s to %s, since %s" % (target.text, path, reason)
    return [Part("archive", (export_step(path, wanted),), {path: reason}, {path: after}, action)]


def _tag(target: Named, source: Coming, named: tag.Target, force: bool) -> List[Part]:
    same = not source.steps and tag.is_tagged(source.image or {}, named)
    if same or (named.image is not None and not force):
        return []
    # What is to be built or pulled has no ID yet: it is known by its name.
    image = {"Id": target.text} if source.steps else source.image or {}
    step = tag.tagging(target.text, image, named)
    after = dict(tag.shown(named, image), id="(the new image)") if source.steps else tag.shown(named, image)
    action = "Tagged image %s to %s" % (target.text, named.reference.full)
    return [Part("repository", (step,), tag.shown(named, named.image), after, action)]


def _push(
    engine: Engine,
    target: Named,
    source: Coming,
    reference: ImageReference,
    tagged: bool,
    options: Mapping[str, Any],
) -> List[Part]:
    """Of an image that is to come, the registry may have the digest already: where it is pulled, that is known."""
    own = target.reference == reference
    image: Dict[str, Any] = source.image or {}
    if not (own or tagged):
        image = engine.inspect(images.inspect(reference.full)) or {}
    name = target.text if tagged else reference.full
    will_change = bool(source.steps) and (own or tagged)
    seen = push.sight(engine, reference, {} if will_change else image, options, name)
    if will_change and seen.digest:
        seen = seen._replace(there=seen.digest in (source.digests or ()))
    plan = push.planned(seen)
    if not plan.steps:
        return []
    after = dict(plan.after, digest="(of the new image)") if will_change else plan.after
    action = "Pushed image %s to %s" % (reference.full, seen.access.registry)
    return [Part("push", plan.steps, plan.before, after, action)]


def _plan(sight: Sight) -> Plan:
    if sight.going is not None:
        return remove.planned(sight.going)
    source = sight.source or Coming(None)
    before, after = dict(source.before), dict(source.after)
    for part in sight.parts:
        before[part.key], after[part.key] = part.before, part.after
    steps = source.steps + tuple(step for part in sight.parts for step in part.steps)
    prelude = source.steps if source.unsure else ()
    warnings = (source.warning,) if source.warning else ()
    return Plan(steps, before, after, drift=sight.drift, prelude=prelude, warnings=warnings)


def _facts(engine: Engine, sight: Sight, made: Plan, done: bool) -> Dict[str, Any]:
    if sight.going is not None:
        gone = sight.going.image is not None
        actions = ["Removed image %s" % sight.target.text] if gone else []
        return {"image": {"state": "Deleted"} if gone else {}, "actions": actions}
    source = sight.source or Coming(None)
    actions = [source.action] if source.action else []
    actions += [part.action for part in sight.parts]
    image = source.image
    if sight.repository is not None and not made.steps:
        image = sight.repository.image or image
    if done and made.steps:
        name = sight.repository.reference.full if sight.repository is not None else sight.target.text
        image = engine.inspect(images.inspect(name)) or image
    return {"image": image or {}, "actions": actions}


IMAGE = Resource(
    "image",
    ARGUMENT_SPEC,
    _observe,
    _plan,
    _facts,
    constraints=CONSTRAINTS,
    check=check,
    needs_node=needs_node,
    veiled=("build.args",),
)
