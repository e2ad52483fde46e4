# SPDX-License-Identifier: GPL-3.0-or-later
"""Look at the Engine, and change nothing: the network by its name, and the containers that are connected to it."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from ...engine.api import containers
from ...engine.client import Engine
from ...state.plan import Plan
from ..container import named
from ..looking import looking_for
from ..whole import wanted
from .context import Context
from .named import DIGITS, look
from .table import FIELDS


def observe(engine: Engine, options: Mapping[str, Any], _settled: bool = False) -> Context:
    """The network, and where the task has a say in them, the containers that are connected to it."""
    context = Context(options, (0, 0))
    context.document = look(engine, context.name)
    context.api_version = engine.api_version
    if context.document is not None:  # found by its ID, it keeps its own name
        context.name = context.document["Name"]
    if options["state"] != "absent":
        if options.get("connected") is not None:
            _look_at_attached(engine, context)
            context.called = {one: _called(engine, context, one) for one in options["connected"]}
        context.want = wanted(FIELDS, context)
    return context


def refine(engine: Engine, context: Context, made: Plan) -> bool:
    """Before a change: how is each container connected that has to be disconnected, or may be?"""
    if not made.changed or context.document is None or context.containers:
        return False
    known = context.attached
    if known is None:
        _look_at_attached(engine, context)
    for ident in context.attached or {}:
        found = engine.inspect(containers.inspect(ident))
        if found is not None:
            context.containers[ident] = found
    # What has vanished meanwhile need not be disconnected.
    context.attached = {ident: one["Name"].lstrip("/") for ident, one in context.containers.items()}
    return bool(context.attached) or known != context.attached


def _look_at_attached(engine: Engine, context: Context) -> None:
    """The inspect document of a network shows containers that run; this shows the others, too.

    Containers that have never run know the network by its name alone, which the filter finds as well. It also takes the
    name for the beginning of an ID, of which another network may be that containers are connected to.
    """
    if context.document is None:
        context.attached = {}
        return
    with looking_for("the containers of network %s" % context.name):
        found = engine.documents(containers.list_(all_=True, filters={"network": [context.name]}))
    context.attached = {one["Id"]: _own_name(one) for one in found if _is_connected(one, context)}


def _is_connected(summary: Mapping[str, Any], context: Context) -> bool:
    ident = (context.document or {})["Id"]
    theirs = (summary.get("NetworkSettings") or {}).get("Networks") or {}
    return any(name in (context.name, ident) or one.get("NetworkID") == ident for name, one in theirs.items())


def _own_name(summary: Mapping[str, Any]) -> str:
    """Links are names, too: /web/database is what web calls it."""
    names = [name.lstrip("/") for name in summary.get("Names") or () if name.count("/") == 1]
    return str(names[0] if names else summary["Id"])


def _called(engine: Engine, context: Context, given: str) -> Optional[str]:
    """The name of the container that a task calls by name or ID; None where there is none."""
    for ident, name in (context.attached or {}).items():
        if given in (name, ident) or (len(given) >= DIGITS and ident.startswith(given)):
            return name
    found = named.look(engine, given)
    return None if found is None else named.name_of(found)
