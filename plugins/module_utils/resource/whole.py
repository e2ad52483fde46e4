# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that the Engine makes and removes as a whole, and changes little or not at all: networks, volumes. Pure.

A context of theirs has `options`, `api_version`, the inspect document `document` (None for none), and canonical values
by row: `want`, and `have`, which planning fills.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping, NamedTuple, Optional, Sequence, Tuple

from ..state.compare import STRICT
from ..state.differences import differences
from ..state.field import Field
from ..state.plan import Plan
from ..state.step import Step
from .versions import check_api

# When an object that is there is made anew. With NEVER, what differs is drift.
NEVER, WHEN_DIFFERENT, ALWAYS = "never", "options-changed", "always"


class Ways(NamedTuple):
    """How one kind of object comes and goes: the steps, each made from a context.

    mend     changes rows in place: those whose Field says that it can be
    identity (document) -> what tells the object from the one that takes its place, as the diff shows it
    insists  the option that asks for a replacement each time
    apart    rows of which each key is named where the object has none of them (`differing`)
    """

    create: Callable[[Any], Sequence[Step]]
    remove: Callable[[Any], Sequence[Step]]
    replace: Callable[[Any], Sequence[Step]]
    identity: Callable[[Mapping[str, Any]], Dict[str, Any]]
    insists: str
    mend: Callable[[Any, Sequence[Field]], Sequence[Step]] = lambda context, rows: ()
    apart: Tuple[str, ...] = ()


def wanted(fields: Sequence[Field], context: Any) -> Dict[str, Any]:
    """The canonical value of each row the task names. Raises InvalidOption."""
    found = {field.name: field.wanted(context) for field in fields}
    return {name: value for name, value in found.items() if value is not None}


def plan(
    fields: Sequence[Field], ways: Ways, recreate: str, context: Any, rules: Optional[Mapping[str, str]] = None
) -> Plan:
    """What has to be done. Raises InvalidOption and ApiTooOld; changes nothing, asks nothing.

    The diff has `differences` beside before and after: what of an object that is there differs (`differing`).
    """
    if context.options["state"] == "absent":
        if context.document is None:
            return Plan()
        return Plan(tuple(ways.remove(context)), {"exists": True}, {"exists": False})
    check_api(fields, context)
    if context.document is None:
        return _create(fields, ways, context)
    context.have = _have([field for field in fields if field.name in context.want], context)
    found = differences(fields, context.want, context.have, rules or {}, context)
    fixed = tuple(
        field.name
        for field in found.rows
        if not field.updatable(context.have[field.name], context.want[field.name], context)
    )
    titles = _differing([field for field in found.rows if field.name in fixed], ways, context)
    if recreate == ALWAYS or (fixed and recreate == WHEN_DIFFERENT):
        return _replace(fields, ways, context, fixed or (ways.insists,), titles)
    drift = found.drift + fixed
    rows = [field for field in found.rows if field.name not in fixed]
    if not rows:
        return Plan(drift=drift, titles=titles)
    from ..state.diff import shown

    before, after = shown(
        rows, context.have, {field.name: field.fresh(context.want[field.name], context) for field in rows}
    )
    return Plan(tuple(ways.mend(context, rows)), before, after, drift, titles=titles)


def _differing(rows: Sequence[Field], ways: Ways, context: Any) -> Dict[str, Any]:
    if not rows:
        return {"differences": []}
    from .differing import differing

    return {"differences": differing(rows, context.have, context.want, ways.apart)}


def _create(fields: Sequence[Field], ways: Ways, context: Any) -> Plan:
    from ..state.diff import shown

    after: Dict[str, Any] = {"exists": True}
    given = [field for field in fields if field.name in context.want]
    after.update(shown(given, {}, _fresh(fields, context))[1])
    return Plan(tuple(ways.create(context)), {"exists": False}, after, titles=_differing((), ways, context))


def _replace(
    fields: Sequence[Field], ways: Ways, context: Any, reasons: Tuple[str, ...], titles: Mapping[str, Any]
) -> Plan:
    """The new object is as the task says; what the task does not name is as the Engine makes it."""
    from ..state.diff import shown

    context.have, fresh = _have(fields, context), _fresh(fields, context)
    for field in fields:  # what is there as wanted, to the letter, is no difference
        name = field.name
        there = name in context.want and name not in reasons
        if there and field.satisfied(context.have[name], context.want[name], STRICT, context):
            fresh[name] = context.have[name]
    before, after = shown(fields, context.have, fresh)
    for name, value in ways.identity(context.document).items():
        before[name], after[name] = value, "(new)"
    return Plan(tuple(ways.replace(context)), before, after, (), reasons, titles=titles)


def _have(fields: Sequence[Field], context: Any) -> Dict[str, Any]:
    return {field.name: field.observed(context.document, context) for field in fields}


def _fresh(fields: Sequence[Field], context: Any) -> Dict[str, Any]:
    return {field.name: field.fresh(context.want.get(field.name), context) for field in fields}


def body(fields: Sequence[Field], context: Any) -> Dict[str, Any]:
    """The body of the create call."""
    from ..state.field import merge_into

    made: Dict[str, Any] = {}
    for field in fields:
        if field.name in context.want:
            merge_into(made, field.body(context.want[field.name], context))
    return made
