# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan of a container: options and inspect documents in, steps and diff out. Pure.

Here is what it takes to see that nothing has to be done. What it takes to change something is in changes.py, imported
only then.
"""

from __future__ import annotations

from copy import copy
from typing import List, Tuple

from ...state.differences import differences
from ...state.plan import Plan
from ..versions import check_api
from .context import Context
from .options import comparisons
from .table import FIELDS, ROWS


def plan(context: Context) -> Plan:
    """What has to be done. Raises InvalidOption and ApiTooOld; changes nothing, asks nothing."""
    made = _plan(context)
    if context.going and made.steps:
        from . import changes

        made = changes.after_those_that_go(context, made)
    return made._replace(warnings=tuple(context.warnings))


def _plan(context: Context) -> Plan:
    if context.options["state"] == "absent":
        if context.container is None and context.leftover is None:
            return Plan()
        from . import changes

        return changes.remove(context)
    check_api(FIELDS, context)
    if context.container is None or context.leftover is not None:
        from . import changes

        return changes.create(context) if context.leftover is None else changes.resume(context)
    return converge(context)


def converge(context: Context) -> Plan:
    """The plan for a container that is there."""
    context.have = {name: ROWS[name].observed(context.container or {}, context) for name in context.want}
    rules = comparisons(context.options)
    there = copy(context)
    there.comparing = True
    found = differences(FIELDS, context.want, context.have, rules, there)
    if context.options.get("image_label_mismatch") == "fail":
        from . import changes

        changes.check_labels(there)
    if not (found.rows or context.pull or context.options.get("recreate") or operations(context)):
        return Plan(drift=found.drift)
    from . import changes

    return changes.change(context, found, rules)


def operations(context: Context) -> Tuple[str, ...]:
    """What the state of running needs once the properties are right: stop, start, restart, wait, pause, unpause."""
    document = context.container or {}
    state, options = document.get("State") or {}, context.options
    running, paused = bool(state.get("Running")), bool(state.get("Paused"))
    if options["state"] == "stopped":
        return ("stop",) if running else ()
    words: List[str] = []
    if runs(context) and not running:
        words, running, paused = ["start"], True, False
    elif running and options.get("restart") and options["state"] != "present":
        words, paused = (["unpause"] if paused else []) + ["restart"], False
    if not running:
        return ()
    if options["state"] == "healthy" and (words or (state.get("Health") or {}).get("Status") != "healthy"):
        words.append("wait")
    want = options.get("paused")
    if want is not None and want != paused:
        words.append("pause" if want else "unpause")
    return tuple(words)


def runs(context: Context) -> bool:
    """Whether the container is to run when all is done."""
    state = context.options["state"]
    running = ((context.container or {}).get("State") or {}).get("Running")
    return state in ("started", "healthy") or (state == "present" and bool(running))
