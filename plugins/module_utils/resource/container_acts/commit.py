# SPDX-License-Identifier: GPL-3.0-or-later
"""container_commit: make an image of a container as it is."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, NamedTuple, Optional

from ...engine.api import container_files, images
from ...engine.call import Call
from ...engine.client import Engine
from ...state.outcome import Outcome
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.errors import InvalidOption, InvalidValue
from ...values.images import parse_image
from ..answers import mapping
from ..container.named import NAMED, check_named, existing, name_of

NAME = "container_commit"
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    **NAMED,
    "repository": {"type": "str"},
    "tag": {"type": "str"},
    "author": {"type": "str"},
    "comment": {"type": "str"},
    "changes": {"type": "list", "elements": "str"},
    "pause": {"type": "bool", "default": True},
}
CONSTRAINTS: Dict[str, Any] = {"required_by": {"tag": ("repository",)}}


class Context(NamedTuple):
    """The container, the request, and the image that bears the name now."""

    container: Mapping[str, Any]
    call: Call
    name: str
    image: Optional[Mapping[str, Any]]


def check(options: Mapping[str, Any]) -> None:
    """Refuse what could be no name of an image, and what would be two instructions."""
    check_named(options)
    _image_name(options)
    lines: List[str] = options.get("changes") or []
    if any("\n" in one or not one.strip() for one in lines):
        raise InvalidOption("changes", "each has to be one instruction, on one line")


def _image_name(options: Mapping[str, Any]) -> str:
    """With its tag; empty where the image is to have none. Raises InvalidOption."""
    repository, tag = options.get("repository"), options.get("tag")
    if repository is None:
        return ""
    try:
        found = parse_image(repository)
        if tag is not None:
            if found.digest or found.name != parse_image("%s:%s" % (repository, tag)).name:
                raise InvalidOption("repository", "%s has a tag, or a digest, beside the option tag" % repository)
            found = parse_image("%s:%s" % (repository, tag))
    except InvalidValue as error:
        raise InvalidOption("repository", error) from None
    if found.digest:
        raise InvalidOption("repository", "%s has a digest, which nobody can choose" % repository)
    return found.with_tag


def observe(engine: Engine, options: Mapping[str, Any], _settled: Any) -> Context:
    """Look at the container, and at who bears the name."""
    container = existing(engine, options["name"])
    name = _image_name(options)
    found = parse_image(name) if name else None
    call = container_files.commit(
        container["Id"],
        repository=found.name if found else None,
        tag=found.tag if found else None,
        comment=options.get("comment"),
        author=options.get("author"),
        pause=options["pause"],
        changes="\n".join(options.get("changes") or ()) or None,
    )
    return Context(container, call, name, engine.inspect(images.inspect(name)) if name else None)


def plan(context: Context) -> Plan:
    """Commit. A container has no mark by which one could tell that an image is like it, so it is done each time."""
    container = name_of(context.container)
    doing = "making an image of container %s" % container
    before = {"image": context.image["Id"] if context.image else None, "name": context.name or None}
    after = {"image": "a new one, of container %s" % container, "name": context.name or None}
    return Plan((Step(doing, context.call, how=_commit, data=context.name),), before, after)


def _commit(engine: Engine, step: Step, outcome: Outcome) -> None:
    identity = str(mapping(engine, step.call, timeout=0).get("Id"))
    outcome.values["image"] = engine.inspect(images.inspect(identity))


def facts(_engine: Engine, context: Context, _made: Plan, done: bool) -> Dict[str, Any]:
    """The image that bears the name now; committing replaces it."""
    return {} if done else {"image": context.image}


COMMIT = Resource(NAME, ARGUMENT_SPEC, observe, plan, facts, constraints=CONSTRAINTS, check=check)
