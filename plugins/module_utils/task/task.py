# SPDX-License-Identifier: GPL-3.0-or-later
"""A task, independent of where it runs: validated options and an Engine in, a Result out."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Sequence, Tuple

from ..engine.client import Engine


class Result(NamedTuple):
    """What a task found and did. `before` and `after` are the diff: equal exactly when `changed` is False, but for a
    text that stays as it is while its owner, say, does not: then `titles`, shown beside it, have `prepared`."""

    changed: bool
    values: Dict[str, Any]
    before: Any = {}
    after: Any = {}
    warnings: Tuple[str, ...] = ()
    titles: Mapping[str, Any] = {}


class TaskFailed(Exception):
    """The task could not reach its state. `values` go into the failure's result (`changed` among them)."""

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message)
        self.values = values


class Task(NamedTuple):
    """One module. `argument_spec` holds its own options; the hosts add those that say how to reach the Engine.

    `run(options, engine, check_mode)` may raise InvalidOption, EngineError and TaskFailed, nothing else.
    `constraints` are AnsibleModule's: mutually_exclusive, required_together, required_if, required_by, required_one_of.
    `check(options)`, where given, refuses bad input before the Engine is even looked for (raises InvalidOption).
    `needs_node(options)`, where given, says why these options concern files of the managed node, so that the task has
    to run there; empty where they do not. It is asked with validated options, and touches nothing.
    `veiled` names options, a suboption as `option.suboption`, whose values are neither logged nor shown among a task's
    arguments, but are left alone where else they occur: they may be secrets, and as common a word as "1".
    `needs_engine` is False where no Engine is asked: the module has no options that say how to reach one, and `run` is
    given None in its place.
    `on_failure(error)`: values of the result where options, the Engine, or the way to it fail.
    `always_diff`: playbooks for the incumbent expect a diff without diff mode.
    """

    name: str
    argument_spec: Dict[str, Dict[str, Any]]
    run: Callable[[Dict[str, Any], Engine, bool], Result]
    constraints: Dict[str, List[Sequence[Any]]] = {}
    check: Callable[[Dict[str, Any]], None] = lambda options: None
    needs_node: Callable[[Mapping[str, Any]], str] = lambda options: ""
    needs_engine: bool = True
    veiled: Tuple[str, ...] = ()
    on_failure: Callable[[Exception], Dict[str, Any]] = lambda error: {}
    always_diff: bool = False
