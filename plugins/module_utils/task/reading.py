# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks that only look: they change nothing, in check mode or not."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence

from ..engine.client import Engine
from .task import Result, Task


def reading(
    name: str,
    argument_spec: Dict[str, Dict[str, Any]],
    look: Callable[[Engine, Mapping[str, Any]], Dict[str, Any]],
    constraints: Optional[Dict[str, List[Sequence[Any]]]] = None,
    check: Callable[[Mapping[str, Any]], None] = lambda options: None,
    on_failure: Callable[[Exception], Dict[str, Any]] = lambda error: {},
) -> Task:
    """The task that returns what `look(engine, options)` sees. `on_failure` is as a Task has it."""

    def run(options: Dict[str, Any], engine: Engine, _check_mode: bool) -> Result:
        return Result(False, look(engine, options))

    return Task(name, argument_spec, run, constraints or {}, check, on_failure=on_failure)


def reading_files(
    name: str,
    argument_spec: Dict[str, Dict[str, Any]],
    look: Callable[[Mapping[str, Any]], Dict[str, Any]],
    why_there: str,
    constraints: Optional[Dict[str, List[Sequence[Any]]]] = None,
) -> Task:
    """The task that returns what `look(options)` sees on the managed node, without an Engine. `why_there` completes
    "it runs on the node, because ...". `look` may raise InvalidOption and EngineError."""

    def run(options: Dict[str, Any], _engine: Engine, _check_mode: bool) -> Result:
        return Result(False, look(options))

    return Task(name, argument_spec, run, constraints or {}, needs_node=lambda _options: why_there, needs_engine=False)
