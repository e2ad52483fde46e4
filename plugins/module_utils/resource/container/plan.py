# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan of a container: options and inspect documents in, steps and diff out. Pure."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Sequence, Tuple

from ...engine.api import containers
from ...engine.errors import ApiTooOld
from ...state.compare import STRICT
from ...state.field import UNKNOWN, Field, merge_into
from ...state.plan import Plan, Step, differences, rule_for, shown
from ...values.errors import InvalidOption
from ...values.images import is_image_id
from . import lifecycle
from .context import UNSURE, Context
from .modes import first_network
from .mounts import need as mounts_need
from .options import comparisons
from .table import FIELDS

_ROWS = {field.name: field for field in FIELDS}


def plan(context: Context) -> Plan:
    """What has to be done. Raises InvalidOption and ApiTooOld; changes nothing, asks nothing."""
    if context.options["state"] == "absent":
        return _absent(context)
    _check_api(context)
    restored: Tuple[Step, ...] = ()
    if context.container is None and context.leftover is not None:
        restored = (lifecycle.restore(context),)
        context.container, context.leftover = context.leftover, None
    found = _converge(context) if context.container else _create(context)
    if restored:
        return found._replace(
            steps=restored + found.steps, before=dict(found.before, exists=False), after=dict(found.after, exists=True)
        )
    return found


def _absent(context: Context) -> Plan:
    container = context.container or context.leftover
    if not container:
        return Plan()
    running = (container.get("State") or {}).get("Running")
    steps = lifecycle.stop(context, container) if running else ()
    steps += (lifecycle.remove(context, container, "container %s" % context.name),)
    return Plan(steps, {"exists": True}, {"exists": False})


def _check_api(context: Context) -> None:
    needs = {name: _ROWS[name].since for name in context.want}
    needs.update(mounts_need(context))
    for name, since in needs.items():
        if since > context.api_version:
            have = "%d.%d" % context.api_version
            raise ApiTooOld("option %s needs Engine API %d.%d, but %s is spoken" % ((name,) + since + (have,)))


def _runs(context: Context) -> bool:
    state = context.options["state"]
    running = ((context.container or {}).get("State") or {}).get("Running")
    return state in ("started", "healthy") or (state == "present" and bool(running))


def _create(context: Context) -> Plan:
    if not context.options.get("image"):
        raise InvalidOption(
            "image", "container %s does not exist, and cannot be created without an image" % context.name
        )
    _check_image(context)
    _check_labels(context)
    steps: List[Step] = [lifecycle.pull(context)] if context.pull else []
    steps.append(lifecycle.create(context, _body(context)))
    steps += lifecycle.connect_rest(context)
    before: Dict[str, Any] = {"exists": False}
    after: Dict[str, Any] = {"exists": True}
    after.update(shown([_ROWS[name] for name in context.want], {}, _fresh(context))[1])
    if _runs(context):
        steps += lifecycle.run(context)
        before["running"], after["running"] = False, True
        more, wanted_pause = _after_start(context, False)
        steps += more
        if wanted_pause:
            before["paused"], after["paused"] = False, True
    return Plan(tuple(steps), before, after)


def _after_start(context: Context, paused: bool) -> Tuple[List[Step], bool]:
    steps = [lifecycle.healthy(context, barrier=True)] if context.options["state"] == "healthy" else []
    want = context.options.get("paused")
    if want is not None and bool(want) != paused:
        return steps + [lifecycle.pause(context, want)], True
    return steps, False


def _converge(context: Context) -> Plan:
    container = context.container or {}
    context.have = {field.name: field.observed(container, context) for field in FIELDS}
    rules = comparisons(context.options)
    off, drift = differences(FIELDS, context.want, context.have, rules, context)
    reasons = tuple(
        field.name for field in off if not field.updatable(context.have[field.name], context.want[field.name], context)
    )
    prelude: Tuple[Step, ...] = ()
    if context.pull == UNSURE:  # whether this brings another image is only known afterwards
        prelude = (lifecycle.pull(context, effect=False),)
    if reasons or context.options.get("recreate"):
        return _replace(context, reasons or ("recreate",), drift)._replace(prelude=prelude)
    steps: List[Step] = [lifecycle.pull(context)] if context.pull and not prelude else []
    before: Dict[str, Any] = {"pulled_image": False} if steps else {}
    after: Dict[str, Any] = {"pulled_image": True} if steps else {}
    if off:
        made, values = _mend(context, off, rules)
        steps += made
        left, right = shown(FIELDS, context.have, values)
        before.update(left)
        after.update(right)
    return _operate(context, Plan(tuple(steps), before, after, drift, (), prelude))


def _mend(context: Context, off: Sequence[Field], rules: Mapping[str, str]) -> Tuple[List[Step], Dict[str, Any]]:
    """Change in place: one update call for the limits, connects and disconnects for the networks."""
    values = {field.name: context.want[field.name] for field in off}
    for field in off:
        for name, value in field.followers(context.have, context.want).items():
            values.setdefault(name, value)
    body: Dict[str, Any] = {}
    for name, value in values.items():
        if name != "networks":
            merge_into(body, _ROWS[name].body(value, context).get("HostConfig", {}))
    steps: List[Step] = []
    if body:
        steps.append(Step("updating container %s" % context.name, containers.update(context.name, body), how="update"))
    if "networks" in values:
        strict = rule_for(_ROWS["networks"], rules) == STRICT
        steps += lifecycle.mend_networks(context, strict)
    return steps, values


def _replace(context: Context, reasons: Tuple[str, ...], drift: Tuple[str, ...]) -> Plan:
    _check_image(context)
    _check_labels(context)
    runs = _runs(context)
    steps: List[Step] = [lifecycle.pull(context)] if context.pull else []
    steps += lifecycle.replace(context, _body(context), runs)
    fresh = _fresh(context)
    for name in context.want:  # what is there as wanted, to the letter, is no difference
        if name not in reasons and _ROWS[name].satisfied(context.have[name], context.want[name], STRICT, context):
            fresh[name] = context.have[name]
    before, after = shown(FIELDS, context.have, fresh)
    before["id"], after["id"] = (context.container or {})["Id"], "(new)"
    state = (context.container or {}).get("State") or {}
    if runs != bool(state.get("Running")):
        before["running"], after["running"] = not runs, runs
    if runs and context.options.get("paused"):
        steps.append(lifecycle.pause(context, True))
        if not state.get("Paused"):
            before["paused"], after["paused"] = False, True
    return Plan(tuple(steps), before, after, drift, reasons)


def _operate(context: Context, plan: Plan) -> Plan:
    """Start, stop, restart, pause: whatever the state of running needs after the properties are right."""
    state = (context.container or {}).get("State") or {}
    running, paused = bool(state.get("Running")), bool(state.get("Paused"))
    steps, before, after = list(plan.steps), dict(plan.before), dict(plan.after)
    if context.options["state"] == "stopped":
        if running:
            steps += lifecycle.stop(context, context.container or {})
            before["running"], after["running"] = True, False
        return plan._replace(steps=tuple(steps), before=before, after=after)
    if _runs(context) and not running:
        steps += lifecycle.run(context)
        before["running"], after["running"] = False, True
        running, paused = True, False
    elif context.options.get("restart") and running:
        if paused:
            steps.append(lifecycle.pause(context, False))
        steps.append(lifecycle.restart(context))
        before["restarted"], after["restarted"] = False, True
        paused = False
    if running:
        more, toggled = _after_start(context, paused)
        steps += more
        if toggled or paused != bool(state.get("Paused")):
            now = not paused if toggled else paused
            if now != bool(state.get("Paused")):
                before["paused"], after["paused"] = bool(state.get("Paused")), now
    return plan._replace(steps=tuple(steps), before=before, after=after)


def _fresh(context: Context) -> Dict[str, Any]:
    return {field.name: field.fresh(context.want.get(field.name), context) for field in FIELDS}


def _body(context: Context) -> Dict[str, Any]:
    """The body of POST /containers/create."""
    body: Dict[str, Any] = {}
    for name, value in context.want.items():
        merge_into(body, _ROWS[name].body(value, context))
    mode = first_network(context)
    if mode != "default":
        merge_into(body, {"HostConfig": {"NetworkMode": mode}})
    if "Image" not in body:  # the container that is there tells
        body["Image"] = (context.container or {})["Config"].get("Image") or (context.container or {})["Image"]
    return body


def _check_image(context: Context) -> None:
    if context.options.get("image") and context.image is None and not context.pull:
        why = (
            "image IDs cannot be pulled" if is_image_id(context.options["image"]) else "pull: never forbids to pull it"
        )
        raise InvalidOption("image", "image %s is not on the Engine, and %s" % (context.options["image"], why))


def _check_labels(context: Context) -> None:
    """image_label_mismatch: fail, under strict comparison of labels."""
    if (
        context.options.get("image_label_mismatch") != "fail"
        or rule_for(_ROWS["labels"], comparisons(context.options)) != STRICT
    ):
        return
    image = _ROWS["labels"].fresh(None, context)
    more = sorted(set(image) - set(context.want.get("labels") or {})) if image is not UNKNOWN else []
    if more:
        raise InvalidOption(
            "labels",
            "the image has labels that the task does not set (image_label_mismatch: fail): %s" % ", ".join(more),
        )
