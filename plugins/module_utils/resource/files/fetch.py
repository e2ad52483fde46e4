# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy from a container: looked at, planned, and made."""

from __future__ import annotations

import os
from typing import Any, Dict, List, Mapping, NamedTuple

from ...engine.api import container_files
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...state.outcome import Outcome
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.errors import InvalidOption
from ..container.named import existing, name_of
from ..looking import looking_for
from . import stats
from .fetch_options import ARGUMENT_SPEC, check, destination, needs_node


class Context(NamedTuple):
    """`path` is what is fetched, `dest` where it goes; `differences` by the name below them."""

    options: Mapping[str, Any]
    name: str
    path: str
    dest: str
    differences: Mapping[str, Any] = {}


def _observe(engine: Engine, options: Mapping[str, Any], _settled: Any) -> Context:
    dest = destination(options)
    document = existing(engine, options["container"])
    name, path = name_of(document), stats.normal("container_path", options["container_path"])
    context = Context(options, name, path, dest)
    if not options["force"] and os.path.lexists(dest) and not (os.path.isdir(dest) and not os.path.islink(dest)):
        return context
    if not os.path.isdir(os.path.dirname(dest)):
        raise InvalidOption("dest", "there is no directory %s" % os.path.dirname(dest))
    from .fetch_survey import differences

    with looking_for("%s in container %s" % (path, name)):
        if options["follow"]:
            context = context._replace(path=stats.followed(engine, name, path))
        return context._replace(differences=differences(engine, context))


def _plan(context: Context) -> Plan:
    if not context.differences:
        return Plan()
    from .copy_diff import words

    before: Dict[str, Any] = {}
    after: Dict[str, Any] = {}
    for name, one in context.differences.items():
        where = os.path.join(context.dest, name) if name else context.dest
        before[where], after[where] = words(one.there, one.wanted)
    doing = "fetching %s from container %s to %s" % (context.path, context.name, context.dest)
    call = container_files.get_archive(context.name, context.path)
    return Plan((Step(doing, call, how=_place, data=context),), before, after)


def _place(engine: Engine, step: Step, outcome: Outcome) -> None:
    """Write what differs. What was written before a failure stays, and the failure says how much that is."""
    from .placing import Placer

    context, placed = step.data, []  # type: ignore[var-annotated]
    try:
        with Placer(context.dest) as placer:
            _place_all(engine, context, placer, placed, step.doing)
    except EngineError as error:
        if not placed:
            raise
        outcome.values["failure"] = "Failed while %s: %s. %d of %d were written" % (
            step.doing,
            str(error).rstrip("."),
            len(placed),
            len(context.differences),
        )


def _place_all(engine: Engine, context: Context, placer: Any, placed: List[str], doing: str) -> None:
    from .fetch_survey import fetched

    left = set(context.differences)
    for name, info, content in fetched(engine, context, left):
        if name in left:
            left.discard(name)
            placer.put(name, context.differences[name].wanted, info, _reported(engine, doing, content, info.size))
            placed.append(name)
    if left:
        raise EngineError("%s is not in the container any more" % min(left))


def _reported(engine: Engine, doing: str, content: Any, size: int) -> Any:
    """The parts of a file."""
    done = 0
    for part in content.parts() if content is not None else ():
        done += len(part)
        engine.report(doing, {"progressDetail": {"current": done, "total": size}})
        yield part


def _facts(_engine: Engine, context: Context, _made: Plan, _done: bool) -> Dict[str, Any]:
    # AnsibleModule would add what is at the path to a value called dest, on the managed node only.
    return {"container_path": context.path, "destination": context.dest}


FETCH = Resource("container_fetch", ARGUMENT_SPEC, _observe, _plan, _facts, check=check, needs_node=needs_node)
