# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task came to, as the dictionary that Ansible knows. Both hosts use it, so that both say the same."""

from __future__ import annotations

from typing import Any, Callable, Dict

from ..engine.client import Engine
from ..engine.errors import EngineError
from ..values.errors import InvalidOption
from .task import Task, TaskFailed


def run_task(
    task: Task, options: Dict[str, Any], engine: Callable[[], Engine], check_mode: bool, diff_mode: bool
) -> Dict[str, Any]:
    """Run the task. `engine` is called once the options have been found good. What fails for a reason outside of this
    code becomes `failed` and `msg`; any other exception passes through, to be shown as the bug that it is."""
    asked: Any = None
    try:
        task.check(options)
        if task.needs_engine and (options.get("timeout") or 0) < 0:
            raise InvalidOption("timeout", "%d is no number of seconds; 0 stands for no limit" % options["timeout"])
        asked = engine() if task.needs_engine else None
        found = task.run(options, asked, check_mode)
    except TaskFailed as error:
        return _with_lines(_with_warnings(dict(error.values, failed=True, msg=_printable(str(error))), asked))
    except (InvalidOption, EngineError) as error:
        return _with_warnings(dict(task.on_failure(error), failed=True, msg=_printable(str(error))), asked)
    result = dict(found.values, changed=found.changed)
    if diff_mode or task.always_diff:
        result["diff"] = _printable(dict(found.titles, before=found.before, after=found.after))
    if found.warnings:
        result["warnings"] = _printable(found.warnings)
    return _with_lines(_with_warnings(result, asked))


def _printable(value: Any) -> Any:
    """Names of files need not be UTF-8. What is not is written as Python does (\\udcff): from ansible-core 2.19 on, the
    result of a module that has it as it is counts as a failure."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_printable(key): _printable(one) for key, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, (list, tuple)) else value


def _with_warnings(result: Dict[str, Any], engine: Any) -> Dict[str, Any]:
    """What was noticed meanwhile, too, once. An Engine serves further tasks, so it forgets it."""
    if engine and engine.notices:
        result["warnings"] = result.get("warnings", []) + list(dict.fromkeys(engine.notices))
        engine.notices = []
    return result


def _with_lines(result: Dict[str, Any]) -> Dict[str, Any]:
    """Ansible adds these to what a module returns, but not to what an action plugin returns."""
    for name in ("stdout", "stderr"):
        if name in result and name + "_lines" not in result:
            result[name + "_lines"] = (result[name] or "").splitlines()
    return result
