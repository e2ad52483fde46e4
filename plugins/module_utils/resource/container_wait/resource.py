# SPDX-License-Identifier: GPL-3.0-or-later
"""container_wait: nothing is changed, so in check mode one look is all."""

from __future__ import annotations

import time
from typing import Any, Dict, List, Mapping, Optional

from ...engine.api import containers, system
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...state.outcome import Outcome
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ..container.named import look
from .conditions import ARGUMENT_SPEC, CONSTRAINTS, NAME, Verdict, Wanted, check, judge, last_probe, wanted

_TAIL_LINES, _TAIL_BYTES = 20, 2048


class Context:
    """The options, how each container is now, and when looking at them began, on the clock of time.monotonic."""

    def __init__(self, options: Mapping[str, Any], states: List[Dict[str, Any]], began: float) -> None:
        self.options, self.states, self.began = options, states, began


def observe(engine: Engine, options: Mapping[str, Any], _settled: Any) -> Context:
    """One look at each container."""
    states, began = [], time.monotonic()
    for one in wanted(options):
        document = look(engine, one.name)
        states.append(_state(one, document, judge(one, document, None)))
    return Context(options, states, began)


def plan(context: Context) -> Plan:
    """Wait, unless all are as wanted."""
    if all(one["met"] for one in context.states):
        return Plan()
    names = ", ".join(one["name"] for one in context.states)
    data = (context.options, context.began)
    return Plan((Step("waiting for %s" % names, system.events(), how=_wait, effect=False, data=data),))


def _wait(engine: Engine, step: Step, outcome: Outcome) -> None:
    from .watching import Target, Watch

    options, began = step.data
    targets = [Target(one) for one in wanted(options)]
    Watch(engine, targets, options["wait_timeout"], began).run()
    outcome.values["containers"] = states = [_state(one.wanted, one.document, one.verdict) for one in targets]
    late = [number for number, one in enumerate(targets) if not one.verdict.met]
    hopeless = [number for number in late if targets[number].verdict.met is False]
    sentences = []
    for number in hopeless or late:
        one = targets[number]
        states[number]["log"] = log = _tail(engine, one.document)
        after = "" if hopeless else " after %g s (wait_timeout)" % options["wait_timeout"]
        said = [last_probe(one.document), "its log ends with: %s" % log if log else ""]
        words = ["%s %s%s, and should be %s" % (one.wanted.name, one.verdict.why, after, _aim(one.wanted))]
        sentences.append("; ".join(words + [part for part in said if part]))
    if sentences:
        outcome.values["failure"] = ". ".join(sentences)


def _aim(one: Wanted) -> str:
    if one.exit_codes is not None:
        return "exited with status %s" % " or ".join(map(str, one.exit_codes))
    return one.condition if one.pattern is None else "found to write what matches %r" % one.pattern


def _state(one: Wanted, document: Optional[Mapping[str, Any]], verdict: Verdict) -> Dict[str, Any]:
    state = (document or {}).get("State") or {}
    return {
        "name": one.name,
        "id": (document or {}).get("Id"),
        "condition": one.condition,
        "met": bool(verdict.met),
        "status": state.get("Status"),
        "health": (state.get("Health") or {}).get("Status"),
        "exit_code": state.get("ExitCode") if state.get("Status") in ("exited", "dead") else None,
    }


def _tail(engine: Engine, document: Optional[Mapping[str, Any]]) -> str:
    """The last lines of the log; empty where there is none, or it cannot be read."""
    if document is None:
        return ""
    tty = bool((document.get("Config") or {}).get("Tty"))
    try:
        frames = list(engine.frames(containers.logs(document["Id"], tail=_TAIL_LINES), tty=tty, timeout=engine.timeout))
    except EngineError:
        return ""
    return b"".join(data for _stream, data in frames)[-_TAIL_BYTES:].decode("utf-8", "replace").strip()


def facts(_engine: Engine, context: Context, _made: Plan, _done: bool) -> Dict[str, Any]:
    """How the containers were at the first look; waiting replaces it."""
    return {"containers": context.states}


WAIT = Resource(NAME, ARGUMENT_SPEC, observe, plan, facts, constraints=CONSTRAINTS, check=check)
