# SPDX-License-Identifier: GPL-3.0-or-later
"""container_rename: give a container another name."""

from __future__ import annotations

import re
from typing import Any, Dict, Mapping, NamedTuple, Optional

from ...engine.api import containers
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.errors import InvalidOption
from ..container.named import NAMED, check_name, check_named, look, name_of

NAME = "container_rename"
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {**NAMED, "new_name": {"type": "str", "required": True}}
# What POST /containers/{id}/rename takes.
_NEW_NAME = re.compile(r"/?[a-zA-Z0-9][a-zA-Z0-9_.-]+\Z")


class Context(NamedTuple):
    """The container, None where it has the new name already and is `there` under it."""

    new_name: str
    container: Optional[Mapping[str, Any]]
    there: Optional[Mapping[str, Any]]


def check(options: Mapping[str, Any]) -> None:
    """Refuse names that are none."""
    check_named(options)
    check_name("new_name", options["new_name"])
    if not _NEW_NAME.match(options["new_name"]):
        words = "%r is no name of a container: two or more letters, digits, _ . and -, the first a letter or digit"
        raise InvalidOption("new_name", words % options["new_name"])


def observe(engine: Engine, options: Mapping[str, Any], _settled: Any) -> Context:
    """Look at both names. Raises EngineError where neither, or both, are those of containers."""
    name, new = options["name"], options["new_name"].lstrip("/")
    there = look(engine, new)
    if there is not None and name_of(there) != new:  # that was an ID
        there = None
    container = look(engine, name)
    if container is None and there is None:
        raise EngineError("There is no container %s, and none called %s" % (name, new))
    if container is not None and there is not None and container["Id"] != there["Id"]:
        raise EngineError("Container %s cannot be called %s: there is another container of that name" % (name, new))
    return Context(new, None if there is not None else container, there)


def plan(context: Context) -> Plan:
    """Rename, unless that has been done."""
    if context.container is None:
        return Plan()
    name = name_of(context.container)
    call = containers.rename(context.container["Id"], context.new_name)
    step = Step("renaming container %s to %s" % (name, context.new_name), call)
    return Plan((step,), {"name": name}, {"name": context.new_name})


def facts(engine: Engine, context: Context, made: Plan, done: bool) -> Dict[str, Any]:
    """The container as it is after the task; in check mode as it is now."""
    if context.container is None or not (done and made.steps):
        return {"container": context.container or context.there}
    return {"container": look(engine, context.new_name)}


RENAME = Resource(NAME, ARGUMENT_SPEC, observe, plan, facts, check=check)
