# SPDX-License-Identifier: GPL-3.0-or-later
"""container_kill: send a signal to the main process of a container."""

from __future__ import annotations

import re
import signal
from typing import Any, Dict, Mapping, NamedTuple

from ...engine.api import containers
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.errors import InvalidOption
from ..container.named import NAMED, check_named, existing, look, name_of

NAME = "container_kill"
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {**NAMED, "signal": {"type": "str", "default": "KILL"}}
_KILL = ("KILL", "9")
# Linux has 64, the last 31 of them without names of their own (signal(7)).
_LAST = 64
_REAL_TIME = re.compile(r"RTMIN(\+[0-9]{1,2})?\Z|RTMAX(-[0-9]{1,2})?\Z")


class Context(NamedTuple):
    """The container, and the signal without SIG."""

    container: Mapping[str, Any]
    signal: str


def check(options: Mapping[str, Any]) -> None:
    """Refuse what is no name, and no signal."""
    check_named(options)
    name = _bare(options["signal"])
    if name.isdecimal():
        known = 0 < int(name) <= _LAST
    else:
        # There are other things of which the name begins so: SIG_DFL, SIG_BLOCK.
        known = bool(_REAL_TIME.match(name)) or isinstance(getattr(signal, "SIG" + name, None), signal.Signals)
    if not known:
        raise InvalidOption("signal", "%r is no signal such as HUP, SIGHUP or 1" % options["signal"])


def _bare(given: str) -> str:
    upper = given.strip().upper()
    return upper[3:] if upper.startswith("SIG") else upper


def observe(engine: Engine, options: Mapping[str, Any], _settled: Any) -> Context:
    """Raises EngineError where there is no such container, or none that could take this signal."""
    context = Context(existing(engine, options["name"]), _bare(options["signal"]))
    if not _runs(context) and context.signal not in _KILL:
        raise EngineError(
            "Container %s does not run, so that there is nobody to take the signal %s"
            % (name_of(context.container), context.signal)
        )
    return context


def _runs(context: Context) -> bool:
    return bool((context.container.get("State") or {}).get("Running"))


def plan(context: Context) -> Plan:
    """Send it. What does not run has been killed already."""
    if not _runs(context):
        return Plan()
    name = name_of(context.container)
    call = containers.kill(context.container["Id"], signal=context.signal)
    step = Step("sending the signal %s to container %s" % (context.signal, name), call)
    return Plan((step,), {"signal": None}, {"signal": context.signal})


def facts(engine: Engine, context: Context, made: Plan, done: bool) -> Dict[str, Any]:
    """The container as it is after the task; null where it removed itself (auto_remove)."""
    return {"container": look(engine, name_of(context.container)) if done and made.steps else context.container}


KILL = Resource(NAME, ARGUMENT_SPEC, observe, plan, facts, check=check)
