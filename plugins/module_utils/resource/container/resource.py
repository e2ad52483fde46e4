# SPDX-License-Identifier: GPL-3.0-or-later
"""The container: how it is looked at, planned and shown."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from ...engine.client import Engine
from ...state.plan import Plan
from ...state.resource import Resource
from . import observe as observation
from .context import Context
from .named import look
from .options import check, with_defaults
from .plan import plan
from .rows import late
from .table import CONSTRAINTS, argument_spec


def _observe(engine: Engine, options: Mapping[str, Any], settled: Optional[Context]) -> Context:
    context = observation.observe(engine, with_defaults(options), settled is not None)
    if settled is not None and settled.outdated:
        from .registry import as_foretold

        as_foretold(context, settled)
    return context


def _refine(engine: Engine, context: Context, made: Plan) -> bool:
    """Before a change: has an earlier replacement, cut off, left its old container aside? Where are ports published?
    Which limits does the host know?

    One that was never started may be the successor of such a replacement, though it is as it should be."""
    if not (made.changed or ((context.container or {}).get("State") or {}).get("Status") == "created"):
        return False
    from .kernel import drop_unknown

    known = context.host_ip, context.leftover, len(context.going)
    dropped = drop_unknown(engine, context)
    if context.options.get("published_ports") and context.want.get("networks"):
        from .ports import look_at_bindings

        look_at_bindings(engine, context)
    if context.container is not None:  # else observe has looked
        observation.look_aside(engine, context)
    return dropped or (context.host_ip, context.leftover, len(context.going)) != known


def _facts(engine: Engine, context: Context, made: Plan, done: bool) -> Dict[str, Any]:
    if context.options["state"] == "absent":
        return {}
    document = look(engine, context.name) if done and made.steps else context.container
    return {"container": document} if document else {}


CONTAINER = Resource(
    "container", argument_spec(), _observe, plan, _facts, _refine, CONSTRAINTS, check, late("node_files.needs_node")
)
