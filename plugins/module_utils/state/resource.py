# SPDX-License-Identifier: GPL-3.0-or-later
"""What a kind of object (container, network, ...) gives so that tasks can bring one to the state described."""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping, NamedTuple, Tuple

from .plan import Plan


class Resource(NamedTuple):
    """One kind of object.

    observe  (engine, options, settled) -> context: looks, changes nothing; `settled`: after a plan's prelude, the
             context that it was planned with, None before
    refine   (engine, context, plan) -> bool: looks at what only this plan makes necessary; True to plan again
    plan     (context) -> Plan: pure
    facts    (engine, context, plan, done) -> values returned: `done` says whether the plan was carried out
    check, needs_node, veiled, always_diff: as a Task has them
    """

    name: str
    argument_spec: Dict[str, Dict[str, Any]]
    observe: Callable[[Any, Mapping[str, Any], Any], Any]
    plan: Callable[[Any], Plan]
    facts: Callable[[Any, Any, Plan, bool], Dict[str, Any]]
    refine: Callable[[Any, Any, Plan], bool] = lambda engine, context, plan: False
    constraints: Dict[str, Any] = {}
    check: Callable[[Mapping[str, Any]], None] = lambda options: None
    needs_node: Callable[[Mapping[str, Any]], str] = lambda options: ""
    veiled: Tuple[str, ...] = ()
    always_diff: bool = False
