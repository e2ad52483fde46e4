# SPDX-License-Identifier: GPL-3.0-or-later
"""A command in a container: looked at, planned, and what is returned when it is not run."""

from __future__ import annotations

from typing import Any, Dict, Mapping, NamedTuple, Optional, Tuple

from ...engine.api import execs
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...state.outcome import Outcome
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ..container.named import look, name_of
from ..files.stats import stat
from .options import ARGUMENT_SPEC, CONSTRAINTS, check, environment, terminal_size, words


class Context(NamedTuple):
    """`obstacle`: why nothing can be run in the container as it is. `needless`: why nothing has to be run."""

    options: Mapping[str, Any]
    name: str
    obstacle: str
    needless: str
    api_version: Any


def _observe(engine: Engine, options: Mapping[str, Any], _settled: Optional[Context]) -> Context:
    document = look(engine, options["container"])
    name = options["container"] if document is None else name_of(document)
    needless = "" if document is None else _needless(engine, options, name)
    return Context(options, name, _obstacle(document, name), needless, engine.api_version)


def _obstacle(document: Optional[Mapping[str, Any]], name: str) -> str:
    if document is None:  # in the words that playbooks for the incumbent look for, as for one that is paused
        return 'Could not find container "%s"' % name
    state = document.get("State") or {}
    if state.get("Paused"):
        return 'The container "%s" has been paused. Unpause it first' % name
    if state.get("Restarting"):
        return "the container is restarting. See in its logs why it ends"
    if not state.get("Running"):
        return "the container is not running. Start it first"
    return ""


def _needless(engine: Engine, options: Mapping[str, Any], name: str) -> str:
    """By creates and removes (HEAD /containers/{id}/archive), which works in stopped containers too."""
    for option, there, words_ in (("creates", True, "exists already"), ("removes", False, "does not exist")):
        path = options[option]
        if path is not None and (stat(engine, name, path) is not None) is there:
            return "%s %s in container %s" % (path, words_, name)
    return ""


def _plan(context: Context) -> Plan:
    if context.needless:
        return Plan()
    options = context.options
    command = words(options)
    body: Dict[str, Any] = {
        "Cmd": command,
        "AttachStdin": options["stdin"] is not None,
        "AttachStdout": True,
        "AttachStderr": True,
        "Tty": options["tty"],
        "Privileged": options["privileged"],
        "User": options["user"] or "",
        "Env": environment(options),
    }
    if options["chdir"] is not None:
        body["WorkingDir"] = options["chdir"]
    size = terminal_size(options)
    if size and context.api_version >= (1, 42):
        body["ConsoleSize"] = list(size)
    step = Step(
        "running a command in container %s" % context.name, execs.create(context.name, body), how=_run, data=context
    )
    warnings: Tuple[str, ...] = ()
    if context.obstacle:
        warnings = ("As things are, the command could not be run: %s" % context.obstacle,)
    return Plan((step,), {"command": None}, {"command": command}, warnings=warnings)


def _run(engine: Engine, step: Step, outcome: Outcome) -> None:
    if step.data.obstacle:
        raise EngineError(step.data.obstacle)
    from .run import run

    run(engine, step, step.data.options, outcome)


def _facts(_engine: Engine, context: Context, _plan: Plan, _done: bool) -> Dict[str, Any]:
    if not context.needless:
        return {}
    return {"msg": "Not run, since %s" % context.needless, "rc": 0, "stdout": "", "stderr": ""}


EXEC = Resource("exec", ARGUMENT_SPEC, _observe, _plan, _facts, constraints=CONSTRAINTS, check=check)
