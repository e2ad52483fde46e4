# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring an object to the state a task describes. `changed` and the diff are read off the plan, carried out or not."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Tuple

from ..engine.client import Engine
from ..engine.errors import EngineError
from ..state.outcome import Outcome
from ..state.plan import Plan
from ..state.resource import Resource
from ..state.step import Step
from .task import Result, Task, TaskFailed


def converging(resource: Resource) -> Task:
    """The task that makes an object of this kind as it should be."""

    def run(options: Dict[str, Any], engine: Engine, check_mode: bool) -> Result:
        return converge(resource, engine, options, check_mode)

    return Task(
        resource.name,
        resource.argument_spec,
        run,
        resource.constraints,
        resource.check,
        resource.needs_node,
        veiled=resource.veiled,
        always_diff=resource.always_diff,
    )


def converge(
    resource: Resource, engine: Engine, options: Mapping[str, Any], check_mode: bool, waits: Tuple[Step, ...] = ()
) -> Result:
    """Look, plan, and, but for check mode, carry it out, after `waits` where there is anything to carry out.

    Raises InvalidOption, EngineError, TaskFailed."""
    context, plan = _planned(resource, engine, options, None)
    outcome = Outcome()
    if not check_mode and (plan.prelude or plan.steps):
        from .perform import perform

        if plan.prelude:
            outcome = perform(engine, waits + plan.prelude)
            context, plan = _planned(resource, engine, options, context)
            waits = ()
        outcome = perform(engine, waits + plan.steps, outcome)
    return _result(resource, engine, context, plan, outcome, not check_mode)


def _planned(resource: Resource, engine: Engine, options: Mapping[str, Any], settled: Any) -> Any:
    context = resource.observe(engine, options, settled)
    plan = resource.plan(context)
    if resource.refine(engine, context, plan):
        plan = resource.plan(context)
    return context, plan


def _result(resource: Resource, engine: Engine, context: Any, plan: Plan, outcome: Outcome, done: bool) -> Result:
    try:
        values = resource.facts(engine, context, plan, done)
    except EngineError as exc:
        raise TaskFailed("All was done, but looking at the result failed: %s" % exc, changed=plan.changed) from exc
    failure = outcome.values.pop("failure", None)
    for name, value in outcome.values.items():
        if isinstance(value, dict) and isinstance(values.get(name), dict):
            values[name] = dict(values[name], **value)
        else:
            values[name] = value
    if plan.drift:
        values["drift"] = list(plan.drift)
    if plan.reasons:
        values["replaced_because"] = list(plan.reasons)
    if failure is not None:
        raise TaskFailed(failure, changed=plan.changed, **values)
    warnings = plan.warnings + tuple(outcome.warnings)
    if outcome.found is not None:
        before, after = outcome.found
        return Result(before != after, values, before, after, warnings)
    return Result(plan.changed, values, plan.before, plan.after, warnings, plan.titles)
