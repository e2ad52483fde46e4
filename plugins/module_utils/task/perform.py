# SPDX-License-Identifier: GPL-3.0-or-later
"""Carry out a plan's steps: the one choke point for effects, and what takes them back when one fails."""

from __future__ import annotations

import time
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

from ..engine.client import Engine
from ..engine.errors import ApiError, Conflict, ConnectionFailed, EngineError
from ..state.outcome import Outcome
from ..state.step import Step
from .task import TaskFailed

# Waiting starts with short looks, since most things are done at once, and ends with one look in half a second.
_FIRST_LOOK, _LOOKS_GROW, _LONGEST_LOOK = 0.02, 1.5, 0.5
# How long an Engine that has gone away may take to come back before a half-done replacement is left as it is.
_COMES_BACK = 60.0
# How often a removal at which the Engine fails is tried.
_REMOVALS = 4
# What is shown of the log of a container that has ended: so many lines, and no more characters than that.
_LAST_LINES = {"stdout": True, "stderr": True, "tail": 10}
_MOST_SAID = 2000


def perform(engine: Engine, steps: Sequence[Step], before: Optional[Outcome] = None) -> Outcome:
    """Carry out the steps in order. When one fails, those before it are taken back and TaskFailed is raised; when the
    task's own time is over (its keyword timeout), they are, and what said so is raised on. `before`, where given, is
    what a prelude gave: its warnings and values (the log of a build, say) belong to the result."""
    outcome, done = Outcome(), _Done()
    if before is not None:
        outcome.warnings, outcome.values = before.warnings, before.values
    for step in steps:
        if step.barrier:
            done.settle()
        try:
            _perform_one(engine, step, outcome)
        except EngineError as exc:
            unknown = isinstance(exc, ConnectionFailed)
            if step.ours and (unknown or getattr(exc, "status", 0) >= 500):
                done.add(step)
            raise _failed(engine, step, exc, done, outcome, unknown) from exc
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise  # nobody wants to wait any more, and the way to the Engine may be gone
        except BaseException:
            if step.ours:
                done.add(step)
            _take_back(engine, done.undo, True, outcome)
            raise
        done.add(step)
    return outcome


class NotHealthy(EngineError):
    """A container that has not become healthy in time. The message begins as playbooks for the incumbent have it, and
    the result of the task has the inspect document."""

    def __init__(self, limit: float, document: Dict[str, Any]) -> None:
        self.document = document
        super().__init__(
            'Timeout of %s seconds exceeded while waiting for container "%s" to be healthy (healthy_wait_timeout): '
            "%s %s"
            % (
                float(limit),
                document.get("Id"),
                (document.get("Name") or "it").lstrip("/"),
                _why_not_healthy(document.get("State") or {}),
            )
        )


def _why_not_healthy(state: Mapping[str, Any]) -> str:
    health = state.get("Health") or {}
    if not health:
        return "is restarted again and again; the last time it ended with status %s" % state.get("ExitCode")
    log = (health.get("Log") or [{}])[-1]
    said = (log.get("Output") or "").strip()
    words = "is %s; the last probe ended with status %s" % (health.get("Status"), log.get("ExitCode"))
    return words + (": " + said if said else "")


class _Done:
    """Steps that have been made, and how to take them back. Those before the first that can be are for good, and so
    are all before a barrier. What comes after one that can be taken back goes with it."""

    def __init__(self) -> None:
        self.undo: List[Step] = []
        self.for_good = False
        self.taken_back, self.left = "", ""

    def add(self, step: Step) -> None:
        self.undo = list(step.undo) + self.undo
        self.for_good = self.for_good or (step.effect and not self.undo)
        if step.undo:
            self.taken_back, self.left = step.taken_back or self.taken_back, step.left or self.left

    def settle(self) -> None:
        self.for_good = self.for_good or bool(self.undo)
        self.undo, self.taken_back, self.left = [], "", ""


def _perform_one(engine: Engine, step: Step, outcome: Outcome) -> None:
    try:
        performer = PERFORMERS[step.how] if isinstance(step.how, str) else step.how
        performer(engine, step, outcome)
    except ApiError as exc:
        if exc.status not in step.tolerate:
            raise


def _failed(engine: Engine, step: Step, error: EngineError, done: _Done, outcome: Outcome, unknown: bool) -> TaskFailed:
    told = str(error).rstrip(".")
    # Of the task's own container (see _healthy) the message says all; of another's, step.doing says why it matters.
    whole = isinstance(error, NotHealthy) and step.data
    sentences = [told if whole else "Failed while %s: %s" % (step.doing, told)]
    lost = _take_back(engine, done.undo, unknown, outcome)
    if lost:
        sentences += ["Taking back what had been done failed too: %s" % "; ".join(lost), done.left]
    elif done.undo:
        sentences.append(done.taken_back or "What had been done was taken back")
    else:
        sentences.append(step.left)
    values = dict(outcome.values, changed=done.for_good or bool(lost))  # a failed build's log, say
    if isinstance(error, NotHealthy) and whole:
        values["container"] = error.document
    if outcome.warnings:
        values["warnings"] = outcome.warnings
    return TaskFailed(". ".join(one for one in sentences if one), **values)


def _take_back(engine: Engine, undo: Sequence[Step], unknown: bool, outcome: Outcome) -> List[str]:
    """Make the undo calls, waiting for an Engine that has gone away. Returns what could not be made, in words.

    `unknown`: the request that failed may still be under way in the Engine, holding a name, say; that passes. Each
    undo call may be made again, when those after it have been made: none may remove by a name.
    """
    deadline = time.monotonic() + _COMES_BACK + sum(step.limit for step in undo)
    while True:
        last = time.monotonic() >= deadline
        lost, passes = _try_back(engine, undo, unknown, outcome, last)
        if not passes or last:
            return lost
        time.sleep(_LONGEST_LOOK)


def _try_back(
    engine: Engine, undo: Sequence[Step], unknown: bool, outcome: Outcome, last: bool
) -> Tuple[List[str], bool]:
    """Returns what could not be made, and whether to try again. Refused, a call keeps none of the others from being
    made; lost, it does until the last time: they may rely on it."""
    lost: List[str] = []
    passes = False
    for step in undo:
        try:
            _perform_one(engine, step, outcome)
        except EngineError as exc:
            lost.append("%s: %s" % (step.doing, exc))
            passes = passes or isinstance(exc, ConnectionFailed) or (unknown and isinstance(exc, Conflict))
            if isinstance(exc, ConnectionFailed) and not last:
                break
    return lost, passes


def _send(engine: Engine, step: Step, outcome: Outcome) -> Any:
    unlimited = not engine.timeout or step.patience < 0
    reply = engine.send(step.call, timeout=0 if unlimited else engine.timeout + step.patience)
    if isinstance(reply, dict):
        for text in reply.get("Warnings") or ():
            warning = "Docker warning: %s" % text  # whose it is, in the words that playbooks for the incumbent look for
            if warning not in outcome.warnings:
                outcome.warnings.append(warning)
    return reply


def _create(engine: Engine, step: Step, outcome: Outcome) -> None:
    reply = _send(engine, step, outcome)
    if not (isinstance(reply, dict) and reply.get("Id")):
        raise ConnectionFailed("The Engine answered with what is no ID of a new object")
    outcome.made = reply["Id"]


def _remove_new(engine: Engine, step: Step, outcome: Outcome) -> None:
    """Remove what this task has made, by its ID. `step.data` says of a container what tells that it is ours where the
    reply that bears the ID was lost: the image it was made with, and that it was never started."""
    if not outcome.made:
        document = engine.inspect(step.call._replace(method="GET", path=step.call.path + "/json", query={})) or {}
        image = (document.get("Config") or {}).get("Image")
        if image != step.data or (document.get("State") or {}).get("Status") != "created":
            return
        outcome.made = document["Id"]
    head, _slash, _name = step.call.path.rpartition("/")
    _remove(engine, step._replace(call=step.call._replace(path="%s/%s" % (head, outcome.made))), outcome)


def _stream(engine: Engine, step: Step, _outcome: Outcome) -> None:
    for record in engine.stream(step.call):
        engine.report(step.doing, record)


def _looks(limit: float) -> Any:
    """Yield at growing intervals until `limit` seconds (0: for ever) have passed."""
    start, pause = time.monotonic(), _FIRST_LOOK
    while not limit or time.monotonic() - start < limit:
        yield
        time.sleep(pause)
        pause = min(pause * _LOOKS_GROW, _LONGEST_LOOK)


def _remove(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Remove, and again where the reply was lost, or where the Engine failed: busy layers and mounts are set free."""
    deadline, failures = 0.0, 0
    while True:
        try:
            for one in step.revive if deadline else ():
                _perform_one(engine, one, Outcome())
            engine.send(step.call)
            return
        except ConnectionFailed:
            # Counted from the first loss: a removal may take longer than an Engine may be silent, and go on.
            deadline = deadline or time.monotonic() + _COMES_BACK
            if time.monotonic() >= deadline:
                raise
        except ApiError as exc:
            # A container with AutoRemove is on its way out by itself when it stops.
            if exc.status == 409 and "removal" in exc.message and "in progress" in exc.message:
                _see_it_gone(engine, step)
                return
            failures += 1
            if exc.status in step.tolerate or failures == _REMOVALS:
                raise
        time.sleep(_LONGEST_LOOK)


def _see_it_gone(engine: Engine, step: Step) -> None:
    where = step.call._replace(method="GET", path=step.call.path + "/json", query={})
    for _look in _looks(step.limit):
        if engine.get(where) is None:
            return
    raise EngineError("it is still there after %g s (removal_wait_timeout)" % step.limit)


def _ended(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Look until it does not run. That it still does at the end is a failure where `step.data` has the words for it."""
    for _look in _looks(step.limit):
        if not _running(engine.inspect(step.call)):
            return
    if step.data:
        raise EngineError(step.data)


def _gone(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Look until it is not there, or, when it was not to go, for it runs."""
    for _look in _looks(step.limit):
        document = engine.inspect(step.call)
        if document is None or _running(document):
            return


def _running(document: Optional[Dict[str, Any]]) -> bool:
    return bool(((document or {}).get("State") or {}).get("Running"))


def _stays_up(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Look soon, and when the time is over."""
    for pause in (step.limit / 5, step.limit * 4 / 5):
        time.sleep(pause)
        document = engine.inspect(step.call)
        if document is None:
            raise EngineError("it ended, and the Engine removed it (auto_remove), so that nobody knows its status")
        state = document.get("State") or {}
        if state.get("ExitCode") and (not state.get("Running") or state.get("Restarting")):
            raise EngineError("it ended with status %s%s" % (state["ExitCode"], _words(engine, step, document)))
        if document.get("RestartCount"):
            raise EngineError("it ended and was restarted%s" % _words(engine, step, document))
        if not state.get("Running"):
            return


def _words(engine: Engine, step: Step, document: Dict[str, Any]) -> str:
    """Why it ended, as the Engine says, or as it wrote itself: when it is taken back, its log goes with it."""
    said = (document.get("State") or {}).get("Error")
    if not said:
        call = step.call._replace(path=step.call.path[: -len("json")] + "logs", query=_LAST_LINES)
        try:
            frames = engine.frames(call, tty=bool((document.get("Config") or {}).get("Tty")))
            said = b"".join(data for _stream, data in frames).decode("utf-8", "replace")
        except EngineError:
            said = ""  # a log driver that cannot be read
    return ": " + said.strip()[-_MOST_SAID:] if said.strip() else ""


def _healthy(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """`step.data`: it is the task's own container; to have ended well is as good, where there is no health check."""
    document: Optional[Dict[str, Any]] = None
    for _look in _looks(step.limit):
        document = engine.inspect(step.call)
        if document is None:
            raise EngineError("it is not there any more")
        state = document.get("State") or {}
        health = (state.get("Health") or {}).get("Status", "none")
        if not state.get("Running"):
            if step.data and "Health" not in state and state.get("ExitCode") == 0:
                return
            words = "it is not running any more: it ended with status %s%s"
            raise EngineError(words % (state.get("ExitCode"), _words(engine, step, document)))
        if health in ("healthy", "none", "") and not state.get("Restarting"):
            return
    raise NotHealthy(step.limit, document or {})


PERFORMERS: Dict[str, Callable[[Engine, Step, Outcome], Any]] = {
    "send": _send,
    "create": _create,
    "update": _send,
    "stream": _stream,
    "remove": _remove,
    "remove_new": _remove_new,
    "ended": _ended,
    "gone": _gone,
    "stays_up": _stays_up,
    "healthy": _healthy,
}
