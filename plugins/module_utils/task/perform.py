# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carry out a plan's steps: the one choke point for effects, and what takes them back when one fails."""

from __future__ import annotations

import time
from typing import Any, Callable, Dict, List, Sequence

from ..engine.client import Engine
from ..engine.errors import ApiError, ConnectionFailed, EngineError
from ..state.plan import Step
from .task import Outcome, TaskFailed

# Waiting starts with short looks, since most things are done at once, and ends with one look in half a second.
_FIRST_LOOK, _LOOKS_GROW, _LONGEST_LOOK = 0.02, 1.5, 0.5
# How long an Engine that has gone away may take to come back before a half-done replacement is left as it is.
_COMES_BACK = 60.0


def perform(engine: Engine, steps: Sequence[Step]) -> Outcome:
    """Carry out the steps in order. When one fails, those before it are taken back and TaskFailed is raised."""
    outcome = Outcome()
    undo: List[Step] = []
    done: List[Step] = []
    for step in steps:
        if step.barrier:
            undo = []
        try:
            _perform_one(engine, step, outcome)
        except ConnectionFailed as exc:  # whether the step was done is not known
            raise _failed(engine, step, exc, (list(step.undo) if step.ours else []) + undo, done) from exc
        except EngineError as exc:
            raise _failed(engine, step, exc, undo, done) from exc
        undo = list(step.undo) + undo
        done.append(step)
    return outcome


def _perform_one(engine: Engine, step: Step, outcome: Outcome) -> None:
    try:
        PERFORMERS[step.how](engine, step, outcome)
    except ApiError as exc:
        if exc.status not in step.tolerate:
            raise


def _failed(engine: Engine, step: Step, error: EngineError, undo: Sequence[Step], done: Sequence[Step]) -> TaskFailed:
    message = "Failed while %s: %s" % (step.doing, error)
    lost = _take_back(engine, undo)
    if lost:
        message += ". Taking back what had been done failed too: %s" % "; ".join(lost)
    elif undo:
        message += ". What had been done was taken back"
    return TaskFailed(message, changed=any(one.effect for one in done) and (not undo or bool(lost)))


def _take_back(engine: Engine, undo: Sequence[Step]) -> List[str]:
    """Make the undo calls, waiting for an Engine that has gone away. Returns what could not be made, in words."""
    lost: List[str] = []
    deadline = time.monotonic() + _COMES_BACK
    for step in undo:
        while True:
            try:
                engine.send(step.call, timeout=engine.timeout + step.patience)
            except ConnectionFailed as exc:
                if time.monotonic() < deadline:
                    time.sleep(_LONGEST_LOOK)
                    continue
                lost.append("%s: %s" % (step.doing, exc))
            except ApiError as exc:
                if exc.status not in step.tolerate:
                    lost.append("%s: %s" % (step.doing, exc))
            break
    return lost


def _send(engine: Engine, step: Step, outcome: Outcome) -> Any:
    reply = engine.send(step.call, timeout=engine.timeout + step.patience)
    if isinstance(reply, dict):
        outcome.warnings += reply.get("Warnings") or []
    return reply


def _stream(engine: Engine, step: Step, _outcome: Outcome) -> None:
    for _record in engine.stream(step.call):
        pass


def _looks(limit: float) -> Any:
    """Yield at growing intervals until `limit` seconds (0: for ever) have passed."""
    start, pause = time.monotonic(), _FIRST_LOOK
    while not limit or time.monotonic() - start < limit:
        yield
        time.sleep(pause)
        pause = min(pause * _LOOKS_GROW, _LONGEST_LOOK)


def _remove(engine: Engine, step: Step, _outcome: Outcome) -> None:
    try:
        engine.send(step.call)
    except ApiError as exc:
        # A container with AutoRemove is on its way out by itself when it stops.
        if exc.status != 409 or "removal" not in exc.message or "in progress" not in exc.message:
            raise
    where = step.call._replace(method="GET", path=step.call.path + "/json", query={})
    for _look in _looks(step.limit):
        if engine.get(where) is None:
            return
    raise EngineError("it is still there after %g s (removal_wait_timeout)" % step.limit)


def _stays_up(engine: Engine, step: Step, _outcome: Outcome) -> None:
    for _look in _looks(step.limit):
        document = engine.send(step.call)
        state = document.get("State") or {}
        if state.get("ExitCode") and (not state.get("Running") or state.get("Restarting")):
            raise EngineError("it ended with status %s%s" % (state["ExitCode"], _words(state)))
        if document.get("RestartCount"):
            raise EngineError("it ended and was restarted")
        if not state.get("Running"):
            return


def _words(state: Dict[str, Any]) -> str:
    return ": " + state["Error"] if state.get("Error") else ""


def _healthy(engine: Engine, step: Step, _outcome: Outcome) -> None:
    state: Dict[str, Any] = {}
    for _look in _looks(step.limit):
        state = engine.send(step.call).get("State") or {}
        health = (state.get("Health") or {}).get("Status", "none")
        if not state.get("Running"):
            raise EngineError(
                "it is not running any more: it ended with status %s%s" % (state.get("ExitCode"), _words(state))
            )
        if health in ("healthy", "none", ""):
            return
    log = (state.get("Health") or {}).get("Log") or [{}]
    said = (log[-1].get("Output") or "").strip()
    raise EngineError(
        "it is %s after %g s (healthy_wait_timeout); the last probe ended with status %s%s"
        % ((state.get("Health") or {}).get("Status"), step.limit, log[-1].get("ExitCode"), ": " + said if said else "")
    )


def _finish(engine: Engine, step: Step, outcome: Outcome) -> None:
    from .job import finish

    outcome.values.update(finish(engine, step))


PERFORMERS: Dict[str, Callable[[Engine, Step, Outcome], Any]] = {
    "send": _send,
    "create": _send,
    "update": _send,
    "stream": _stream,
    "remove": _remove,
    "stays_up": _stays_up,
    "healthy": _healthy,
    "finish": _finish,
}
