# SPDX-License-Identifier: GPL-3.0-or-later
"""container_export: a container's file system as a tar archive, in a file of the managed node."""

from __future__ import annotations

import os
from typing import Any, Dict, Iterable, Mapping, NamedTuple

from ...engine.api import container_files
from ...engine.archive_end import whole
from ...engine.client import Engine
from ...engine.files import check_destination, replace_file
from ...state.outcome import Outcome
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ..container.named import NAMED, check_named, existing, name_of
from ..looking import looking_for

NAME = "container_export"
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    **NAMED,
    "path": {"type": "path", "required": True, "aliases": ["dest"]},
    "force": {"type": "bool", "default": True},
}
# A file system may hold secrets: a new file is its owner's alone.
_MODE = 0o600


class Context(NamedTuple):
    """The container, the file, whether it is there, and whether it holds what the container does."""

    container: Mapping[str, Any]
    path: str
    exists: bool
    same: bool


def needs_node(_options: Mapping[str, Any]) -> str:
    """Where the file is to be."""
    return "path is a file of the managed node"


def observe(engine: Engine, options: Mapping[str, Any], _settled: Any) -> Context:
    """Compare the file, if there is one, with the container, as far as they agree."""
    container, path = existing(engine, options["name"]), options["path"]
    check_destination(path)
    exists = os.path.exists(path)
    same = exists and not options["force"]
    if exists and options["force"]:
        with looking_for("the content of container %s" % name_of(container)):
            with engine.chunks(container_files.export(container["Id"])) as body:
                same = _equal(path, whole(body))
    return Context(container, path, exists, same)


def _equal(path: str, parts: Iterable[bytes]) -> bool:
    """Whether the file has this content. The Engine writes the same archive for the same file system."""
    try:
        with open(path, "rb") as stream:
            return all(stream.read(len(part)) == part for part in parts) and not stream.read(1)
    except OSError:
        return False  # it cannot be read; whether it can be written, writing tells


def plan(context: Context) -> Plan:
    """Write the file, unless it is right."""
    if context.same:
        return Plan()
    name = name_of(context.container)
    step = Step(
        "exporting container %s to %s" % (name, context.path),
        container_files.export(context.container["Id"]),
        how=_export,
        data=context,
    )
    before = {"path": context.path, "content": "another one"} if context.exists else {}
    return Plan((step,), before, {"path": context.path, "content": "the file system of container %s" % name})


def _export(engine: Engine, step: Step, _outcome: Outcome) -> None:
    with engine.chunks(step.call) as body:
        replace_file(step.data.path, whole(body), mode=None if step.data.exists else _MODE)


def facts(_engine: Engine, context: Context, _made: Plan, _done: bool) -> Dict[str, Any]:
    """Where the file is, and how large, as far as it is there. A value called path or dest would have AnsibleModule add
    what it knows of that file."""
    size = os.path.getsize(context.path) if os.path.exists(context.path) else None
    return {"file": context.path, "size": size}


EXPORT = Resource(NAME, ARGUMENT_SPEC, observe, plan, facts, check=check_named, needs_node=needs_node)
