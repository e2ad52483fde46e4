# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A made-up kind of object, with a row for each way in which rows compare and change, and its Engine.

The planner is the shortest one that keeps the laws: what real resources add to it is the order of their calls.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, NamedTuple

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.state.compare import DICTS, IGNORE, LIST
from ansible_collections.longshore.docker.plugins.module_utils.state.diff import shown
from ansible_collections.longshore.docker.plugins.module_utils.state.differences import differences
from ansible_collections.longshore.docker.plugins.module_utils.state.field import UNKNOWN, UPDATE, Field, merge_into
from ansible_collections.longshore.docker.plugins.module_utils.state.plan import Plan
from ansible_collections.longshore.docker.plugins.module_utils.state.step import Step


class Context(NamedTuple):
    """A task's options, and what the image supplies."""

    options: Mapping[str, Any]
    image: Mapping[str, Any]


def _row(name: str, key: str, **words: Any) -> Field:
    return Field(name, key, read=key, **words)


TABLE = (
    _row("driver", "Driver", default="local"),
    _row("labels", "Labels", type="dict", default=lambda context: context.image["Labels"]),
    _row(
        "groups",
        "Groups",
        type="list",
        parse=lambda value, _: sorted({one.lower() for one in value}),
        decode=lambda raw, _: sorted(raw or ()),
    ),
    _row("command", "Cmd", kind=LIST, type="list", default=lambda context: context.image["Cmd"]),
    _row("rules", "Rules", kind=DICTS, type="list"),
    _row("memory", "Memory", type="int", change=UPDATE),
    _row("shares", "Shares", type="int", change=UPDATE, in_place=lambda _have, want, _context: want % 2 == 0),
    _row("host", "Host", default=UNKNOWN),
    _row("note", "Note", rule=IGNORE),
)
ROWS = {field.name: field for field in TABLE}


def wanted(context: Context) -> dict[str, Any]:
    """Canonical values of what the task names."""
    found = {field.name: field.wanted(context) for field in TABLE}
    return {name: value for name, value in found.items() if value is not None}


def observed(document: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """Canonical values of what is there."""
    return {field.name: field.observed(document, context) for field in TABLE}


def plan(document: Mapping[str, Any] | None, context: Context, comparisons: Mapping[str, str]) -> Plan:
    """Create, update or replace."""
    want = wanted(context)
    fresh = {field.name: field.fresh(want.get(field.name), context) for field in TABLE}
    if document is None:
        right = shown(TABLE, {}, fresh)[1]
        return Plan((_step("create", want, context),), {"exists": False}, dict(right, exists=True))
    have = observed(document, context)
    off, drift = differences(TABLE, want, have, comparisons, context)
    reasons = tuple(one.name for one in off if not one.updatable(have[one.name], want[one.name], context))
    if reasons:
        left, right = shown(TABLE, have, fresh)
        return Plan((_step("create", want, context),), dict(left, id="old"), dict(right, id="new"), (), reasons)
    mended = {one.name: want[one.name] for one in off}
    return Plan((_step("update", mended, context),) if off else (), *shown(TABLE, have, mended), drift)


def _step(path: str, values: Mapping[str, Any], context: Context) -> Step:
    body: dict[str, Any] = {}
    for name, value in values.items():
        merge_into(body, ROWS[name].body(value, context))
    return Step(path, Call("POST", path, {}, body))


def carry_out(made: Plan, document: Mapping[str, Any] | None, context: Context) -> dict[str, Any]:
    """The Engine: what it shows of the object afterwards."""
    after: dict[str, Any] = copy.deepcopy(dict(document or {}))
    for step in made.steps:
        body = copy.deepcopy(step.call.body)
        if step.call.path == "create":
            image = context.image
            after = {"Driver": "local", "Host": "chosen", "Note": "", "Cmd": image["Cmd"]}
            body["Labels"] = dict(image["Labels"], **body.get("Labels", {}))
        after.update(body)
    return after
