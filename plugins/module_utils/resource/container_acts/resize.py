# SPDX-License-Identifier: GPL-3.0-or-later
"""container_resize: the size of the terminal of a container's main process."""

from __future__ import annotations

from typing import Any, Dict, Mapping

from ...engine.api import container_processes
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.errors import InvalidOption
from ..container.named import NAMED, check_named, existing, name_of

ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    **NAMED,
    "rows": {"type": "int", "required": True},
    "columns": {"type": "int", "required": True},
}


def check(options: Mapping[str, Any]) -> None:
    """Refuse what is no size."""
    check_named(options)
    for name in ("rows", "columns"):
        if options[name] < 1:
            raise InvalidOption(name, "%d is too small for a terminal" % options[name])


def observe(engine: Engine, options: Mapping[str, Any], _settled: Any) -> Dict[str, Any]:
    """The container has to run, in a terminal: the Engine takes, and forgets, a size for one that has none."""
    container = existing(engine, options["name"])
    if not (container.get("Config") or {}).get("Tty"):
        raise EngineError("Container %s has no terminal. It is made with one by tty=true" % name_of(container))
    if not (container.get("State") or {}).get("Running"):
        raise EngineError("Container %s is not running, so its terminal has no size" % name_of(container))
    return {"name": name_of(container), "size": [options["rows"], options["columns"]]}


def plan(context: Mapping[str, Any]) -> Plan:
    """The Engine does not say what the size is, so it is set each time."""
    call = container_processes.resize(context["name"], *context["size"])
    step = Step("setting the size of the terminal of container %s" % context["name"], call)
    return Plan((step,), {"size": None}, {"size": context["size"]})


RESIZE = Resource("container_resize", ARGUMENT_SPEC, observe, plan, lambda engine, context, made, done: {}, check=check)
