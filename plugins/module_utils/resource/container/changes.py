# SPDX-License-Identifier: GPL-3.0-or-later
"""The plans that change something. Pure."""

from __future__ import annotations

from copy import copy
from typing import Any, Dict, List, Mapping, Sequence, Tuple

from ...engine.api import containers
from ...engine.errors import EngineError
from ...state.compare import IGNORE, STRICT
from ...state.diff import shown
from ...state.differences import Differences, rule_for
from ...state.field import UNKNOWN, Field, merge_into
from ...state.plan import Plan
from ...state.step import Step
from ...values.errors import InvalidOption
from ...values.images import is_image_id, parse_image
from . import lifecycle, replacement
from .context import UNSURE, YES, Context
from .image import image_ids
from .modes import first_network
from .observe import aside
from .options import comparisons
from .plan import converge, operations, runs
from .table import FIELDS, ROWS


def remove(context: Context) -> Plan:
    """The container goes, and so does what a cut-off replacement left aside."""
    steps: Tuple[Step, ...] = ()
    if context.container is not None:
        if (context.container.get("State") or {}).get("Running"):
            steps = lifecycle.stop(context, context.container)
        steps += (lifecycle.remove(context, context.container, "container %s" % context.name),)
    if context.leftover is not None:
        steps += (replacement.remove_leftover(context),)
    return Plan(steps, {"exists": True}, {"exists": False})


def resume(context: Context) -> Plan:
    """An interrupted replacement left its old container aside. That comes back, or goes where its successor is good;
    then what is there is converged."""
    before: Dict[str, Any] = {"left_aside": aside(context.name)}
    after: Dict[str, Any] = {"left_aside": ""}
    then = copy(context)
    then.leftover = None
    steps = [replacement.remove_leftover(context)]
    if replacement.must_be_restored(context):
        steps = replacement.restore(context)
        then.container = replacement.restored(context)
        if context.container is None:
            before["exists"], after["exists"] = False, True
    found = converge(then)
    return found._replace(
        steps=tuple(steps) + found.steps, before=dict(found.before, **before), after=dict(found.after, **after)
    )


def after_those_that_go(context: Context, made: Plan) -> Plan:
    """Their names are free when they are gone, and not before."""
    return made._replace(steps=tuple(lifecycle.see_it_gone(context, one) for one in context.going) + made.steps)


def create(context: Context) -> Plan:
    """There is no container yet."""
    if not context.options.get("image"):
        why = "Cannot create container when image is not specified!"
        if context.going:
            why += " Container %s is being removed, and does not count" % context.name
        raise InvalidOption("image", why, whole=True)
    _check_image(context)
    check_labels(context)
    steps: List[Step] = []
    if context.options["state"] == "present":  # what is started shows it by itself
        from .new_networks import look_for_networks

        steps = look_for_networks(context)
    steps += [lifecycle.pull(context)] if context.pull else []
    steps.append(lifecycle.create(context, create_body(context)))
    steps += lifecycle.connect_rest(context)
    after: Dict[str, Any] = {"exists": True}
    after.update(shown([ROWS[name] for name in context.want], {}, _fresh(context))[1])
    # Only the image that has come tells which labels it brings.
    fails = context.options.get("image_label_mismatch") == "fail"
    prelude = (lifecycle.pull(context, effect=False),) if context.pull and fails else ()
    return _operate(context, Plan(tuple(steps), {"exists": False}, after, prelude=prelude))


def change(context: Context, found: Differences, rules: Mapping[str, str]) -> Plan:
    """The container is there, and not as wanted."""
    container = context.container or {}
    context.have = {field.name: field.observed(container, context) for field in FIELDS}
    reasons = tuple(
        field.name
        for field in found.rows
        if not field.updatable(context.have[field.name], context.want[field.name], context)
    )
    prelude: Tuple[Step, ...] = ()
    # Whether this brings another image is only known afterwards.
    if context.pull == UNSURE or (
        context.outdated and ("image" in reasons or rule_for(ROWS["image"], rules) == IGNORE)
    ):
        prelude = (lifecycle.pull(context, effect=False),)
    if reasons or context.options.get("recreate"):
        return _replace(context, reasons or ("recreate",))._replace(prelude=prelude)
    steps: List[Step] = [lifecycle.pull(context)] if context.pull == YES else []
    before: Dict[str, Any] = {"pulled_image": False} if steps else {}
    after: Dict[str, Any] = {"pulled_image": True} if steps else {}
    if found.rows:
        made, values = _mend(context, found.rows, rules)
        steps += made
        left, right = shown(FIELDS, context.have, values)
        before.update(left)
        after.update(right)
    return _operate(context, Plan(tuple(steps), before, after, found.drift, (), prelude))


def _mend(context: Context, off: Sequence[Field], rules: Mapping[str, str]) -> Tuple[List[Step], Dict[str, Any]]:
    """Change in place: one update call for the limits, connects and disconnects for the networks."""
    values = {field.name: context.want[field.name] for field in off}
    for field in off:
        for name, value in field.followers(context.have, context.want).items():
            values.setdefault(name, value)
    body: Dict[str, Any] = {}
    for name, value in values.items():
        if name != "networks":
            merge_into(body, ROWS[name].body(value, context).get("HostConfig", {}))
    steps: List[Step] = []
    if body:
        steps.append(Step("updating container %s" % context.name, containers.update(context.name, body), how="update"))
    if "networks" in values:
        strict = rule_for(ROWS["networks"], rules) == STRICT
        steps += lifecycle.mend_networks(context, strict)
    return steps, values


def _replace(context: Context, reasons: Tuple[str, ...]) -> Plan:
    """The new container is as the task says, whatever comparisons ignores: no drift is left."""
    _check_image(context)
    check_labels(context)
    running = runs(context)
    steps: List[Step] = [lifecycle.pull(context)] if context.pull else []
    steps += replacement.replace(context, create_body(context), running)
    fresh = _fresh(context)
    for name in context.want:  # what is there as wanted, to the letter, is no difference
        if name not in reasons and ROWS[name].kept(context.have[name], context.want[name], context):
            fresh[name] = context.have[name]
    before, after = shown(FIELDS, context.have, fresh)
    before["id"], after["id"] = (context.container or {})["Id"], "(new)"
    state = (context.container or {}).get("State") or {}
    if running != bool(state.get("Running")):
        before["running"], after["running"] = not running, running
    paused = running and bool(context.options.get("paused"))
    if paused:
        steps.append(lifecycle.pause(context, True))
    if paused != bool(state.get("Paused")):
        before["paused"], after["paused"] = not paused, paused
    return Plan(tuple(steps), before, after, (), reasons)


def _operate(context: Context, plan: Plan) -> Plan:
    """Start, stop, restart, pause: whatever the state of running needs after the properties are right."""
    state = (context.container or {}).get("State") or {}
    before, after = dict(plan.before), dict(plan.after)
    there = {"running": bool(state.get("Running")), "paused": bool(state.get("Paused")), "restarted": False}
    then, steps = dict(there), list(plan.steps)
    for word in operations(context):
        steps += lifecycle.operate(context, word)
        then.update(_THEN[word])
    for name, value in then.items():
        if value != there[name]:
            before[name], after[name] = there[name], value
    if (
        there["running"]
        and not then["running"]
        and ((context.container or {}).get("HostConfig") or {}).get("AutoRemove")
    ):
        before["exists"], after["exists"] = True, False  # the Engine removes it when it stops
    return plan._replace(steps=tuple(steps), before=before, after=after)


_THEN: Dict[str, Dict[str, bool]] = {
    "stop": {"running": False, "paused": False},
    "start": {"running": True},
    "restart": {"restarted": True},
    "pause": {"paused": True},
    "unpause": {"paused": False},
    "wait": {},
}


def _fresh(context: Context) -> Dict[str, Any]:
    return {field.name: field.fresh(context.want.get(field.name), context) for field in FIELDS}


def create_body(context: Context) -> Dict[str, Any]:
    """The body of POST /containers/create."""
    body: Dict[str, Any] = {}
    for name, value in context.want.items():
        value = context.brought.get(name, value)
        if value is not None:  # what the image brings comes with it
            merge_into(body, ROWS[name].body(value, context))
    mode = first_network(context)
    if mode != "default":
        merge_into(body, {"HostConfig": {"NetworkMode": mode}})
    if "Image" not in body:  # nobody asked for another than that of the container that is there
        there = context.container or {}
        as_named = context.image_name and image_ids(context.image or {}) & image_ids(there)
        body["Image"] = context.image_name if as_named else there["Image"]
    return body


def _check_image(context: Context) -> None:
    if not context.options.get("image") and context.image is None:
        what = "the image of container %s is not on the Engine any more. Say which one is to take its place"
        raise InvalidOption("image", what % context.name)
    if context.options.get("image") and context.image is None and not context.pull:
        raise InvalidOption("image", _not_there(context), whole=True)


def _not_there(context: Context) -> str:
    """In the words that playbooks for the incumbent compare."""
    name, platform = str(context.options["image"]), context.want.get("platform")
    fitting = " for platform %s" % platform if platform else ""
    if is_image_id(name):
        return "Cannot find image with ID %s%s" % (name, fitting)
    reference = parse_image(name)
    full = name if reference.digest else "%s:%s" % (reference.name, reference.tag)
    return "Cannot find image with name %s%s, and pull=never" % (full, fitting)


def check_labels(context: Context) -> None:
    """image_label_mismatch: fail, under strict comparison of labels that are given. Raises EngineError."""
    if (
        context.options.get("image_label_mismatch") != "fail"
        or "labels" not in context.want
        or rule_for(ROWS["labels"], comparisons(context.options)) != STRICT
    ):
        return
    image = ROWS["labels"].fresh(None, context)
    more = sorted(set(image) - set(context.want["labels"])) if image is not UNKNOWN else []
    if more:
        # A playbook for the incumbent may compare the whole message.
        raise EngineError(
            "Some labels should be removed but are present in the base image. You can set image_label_mismatch to "
            "'ignore' to ignore this error. Labels: %s" % ", ".join('"%s"' % one for one in more)
        )
