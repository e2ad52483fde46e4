# SPDX-License-Identifier: GPL-3.0-or-later
"""The volume: how it is looked at, planned and shown."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Mapping, Optional, Sequence

from ...engine.client import Engine
from ...state.field import Field
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.errors import InvalidOption
from .. import whole
from .context import Context
from .named import look
from .table import DATA, FIELDS, PROPERTIES, argument_spec

# What POST /volumes/create takes for the driver local; those of other drivers are their own affair.
_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+\Z")


def _observe(engine: Engine, options: Mapping[str, Any], settled: Optional[Context]) -> Context:
    context = Context(options, (0, 0))
    context.document = look(engine, context.name)
    context.api_version = engine.api_version
    if options["state"] != "absent":
        if _has_data(options):
            from . import data

            data.look(engine, context, settled)
        context.want = whole.wanted(FIELDS, context)
    return context


def _has_data(options: Mapping[str, Any]) -> bool:
    return any(options.get(row.name) is not None for row in DATA)


def needs_node(options: Mapping[str, Any]) -> str:
    """A file of the node can be read and written there only."""
    if options["state"] == "absent" or options["files_on"] != "node":
        return ""
    given = [row.name for row in DATA if options.get(row.name) is not None]
    return "%s is a path of the managed node" % given[0] if given else ""


def _create(context: Context) -> List[Step]:
    from . import changes

    return changes.create(context)


def _remove(context: Context) -> List[Step]:
    from . import changes

    return changes.remove(context)


def _replace(context: Context) -> List[Step]:
    from . import changes

    return changes.replace(context)


def _identity(document: Mapping[str, Any]) -> Dict[str, Any]:
    return {"created": document.get("CreatedAt") or ""}


def _mend(context: Context, rows: Sequence[Field]) -> List[Step]:
    from . import changes

    return changes.mend(context, rows)


WAYS = whole.Ways(_create, _remove, _replace, _identity, "recreate", _mend, apart=("labels",))


def plan(context: Context) -> Plan:
    """What has to be done. Pure."""
    made = whole.plan(FIELDS, WAYS, context.options["recreate"], context)
    if context.options["state"] == "absent" or context.document is None or not _has_data(context.options):
        return made
    if context.held is not None:
        return made
    from . import changes

    return made._replace(prelude=(changes.make_helper(context),))


def check(options: Mapping[str, Any]) -> None:
    """Refuse bad input. Raises InvalidOption; touches nothing and asks nothing."""
    name = options["volume_name"]
    made_here = options["state"] != "absent" and options["driver"] in ("local", "")
    if not name.strip() or (made_here and not _NAME.match(name)):
        words = "%r is no name of a volume: two or more letters, digits, _ . and -, the first a letter or digit"
        raise InvalidOption("volume_name", words % name)
    if options["state"] != "absent":
        whole.wanted(PROPERTIES, Context(options, (99, 0)))
        if _has_data(options):
            from . import data

            data.check(options)


def _facts(engine: Engine, context: Context, made: Plan, done: bool) -> Dict[str, Any]:
    if context.options["state"] == "absent":
        return {}
    return {"volume": look(engine, context.name) if done and made.steps else context.document}


CONSTRAINTS: Dict[str, Any] = {"mutually_exclusive": [("populate", "restore", "backup")]}
VOLUME = Resource(
    "volume",
    argument_spec(),
    _observe,
    plan,
    _facts,
    constraints=CONSTRAINTS,
    check=check,
    needs_node=needs_node,
    always_diff=True,
)
