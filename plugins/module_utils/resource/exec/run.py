# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a command in a container: what it reads, what it writes, how it ends."""

from __future__ import annotations

import time
from typing import Any, Dict, List, Mapping

from ...engine.api import execs
from ...engine.client import Engine
from ...engine.errors import ApiError, ConnectionFailed, EngineError, NotFound, StreamFailed
from ...state.outcome import Outcome
from ...state.step import Step
from ..answers import mapping
from .options import standard_input, terminal_size

# The end of a command's output comes a little before the Engine knows its status.
_FIRST_LOOK, _LONGEST_LOOK = 0.01, 0.5
# In a terminal this is what ends the input, at the beginning of a line.
_END_OF_INPUT = b"\x04"
# By its number: 1 stdout, 2 stderr.
Written = Dict[int, List[bytes]]


class _Unfinished(EngineError):
    """The command was started, and how it ended is not known."""


def run(engine: Engine, step: Step, options: Mapping[str, Any], outcome: Outcome) -> None:
    """Run it. The result's values are rc, stdout and stderr; with detach, exec_id. There is no rc where nobody knows
    how the command ended."""
    watch, create = None, step.call
    if options["command_timeout"] is not None:
        from .deadline import Watch

        watch = Watch(engine, create, options["command_timeout"])
        create = watch.create
    exec_id = str(mapping(engine, create).get("Id"))
    if options["detach"]:
        engine.send(execs.start(exec_id, detach=True, tty=options["tty"]))
        _set_size(engine, exec_id, options)
        outcome.values["exec_id"] = exec_id
        return
    written: Written = {1: [], 2: []}
    try:
        document = _converse(engine, exec_id, options, watch, written)
        rc = document["ExitCode"]
        failure = _not_started(b"".join(written[1])) if rc and not document.get("Pid", 1) else ""
    except _Unfinished as error:
        outcome.values["failure"] = "Failed while %s: %s" % (step.doing, error)
        _tell(written, options, outcome)
        return
    except (ApiError, StreamFailed) as error:  # Engines from 23.0 on refuse to start what cannot be found
        if isinstance(error, ApiError) and (error.status != 400 or not error.path.endswith("/start")):
            raise
        failure = error.message if isinstance(error, ApiError) else str(error)
    if failure:
        written, rc = {1: [], 2: [failure.encode("utf-8")]}, _status(failure)
        outcome.values["failure"] = "The command could not be started: " + failure
    elif watch is not None and watch.passed:
        outcome.values["failure"] = watch.words()
    elif rc:
        outcome.values["failure"] = "The command ended with status %d" % rc
    outcome.values["rc"] = rc
    _tell(written, options, outcome)


def _tell(written: Written, options: Mapping[str, Any], outcome: Outcome) -> None:
    for number, name in ((1, "stdout"), (2, "stderr")):
        text = b"".join(written[number]).decode("utf-8", "replace")
        outcome.values[name] = text.rstrip("\r\n") if options["strip_empty_ends"] else text


def _converse(
    engine: Engine, exec_id: str, options: Mapping[str, Any], watch: Any, written: Written
) -> Mapping[str, Any]:
    """Start it, give it what it reads, and collect what it writes. Returns its document when it has ended."""
    size = terminal_size(options) if engine.api_version >= (1, 42) else None
    with engine.hijack(execs.start(exec_id, tty=options["tty"], console_size=size), tty=options["tty"]) as stream:
        try:
            if watch is not None:
                stream.alarm(watch.start(), watch.ring)
            _set_size(engine, exec_id, options)
            for number, data in _output(stream, options):
                written[number].append(data)
            return _ended(engine, exec_id, stream, watch)
        except StreamFailed:
            raise
        except ConnectionFailed as error:
            raise _Unfinished(
                "The connection was lost while the command ran. It may go on in the container, and what is known of "
                "its output may not be all: %s" % error
            ) from error
        except EngineError as error:
            raise _Unfinished(str(error)) from error


def _output(stream: Any, options: Mapping[str, Any]) -> Any:
    given = standard_input(options)
    if options["stdin"] is None:
        return iter(stream)
    if options["tty"]:
        return stream.exchange(given + _END_OF_INPUT * (1 if given[-1:] == b"\n" else 2), half_close=False)
    return stream.exchange(given)


def _set_size(engine: Engine, exec_id: str, options: Mapping[str, Any]) -> None:
    """Engines before API 1.42 learn it after the start. A command that has ended already needs no size."""
    size = terminal_size(options)
    if size and engine.api_version < (1, 42):
        try:
            engine.send(execs.resize(exec_id, *size))
        except ApiError:
            pass


def _ended(engine: Engine, exec_id: str, stream: Any, watch: Any) -> Mapping[str, Any]:
    """The document of a command (GET /exec/{id}/json) that has ended. Its output has: that may be its own doing, after
    which it may go on for long, or the connection is lost. The Engine's answer is the same in both cases."""
    pause = _FIRST_LOOK
    while True:
        document = _looked_at(engine, exec_id, stream)
        if not document.get("Running"):
            if document.get("ExitCode") is None:
                raise EngineError("How the command ended is not known: the Engine does not say it")
            return document
        if watch is not None:
            if time.monotonic() >= watch.due:
                watch.ring()
            pause = min(pause, max(watch.due - time.monotonic(), _FIRST_LOOK))
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_LOOK)


def _looked_at(engine: Engine, exec_id: str, stream: Any) -> Mapping[str, Any]:
    try:
        document = mapping(engine, execs.inspect(exec_id))
        stream.check_whole()
    except NotFound as error:
        raise EngineError(
            "How the command ended is not known: the Engine does not know it any more, since its container was removed "
            "or the Engine was started anew (%s)" % error
        ) from error
    return document


def _not_started(output: bytes) -> str:
    """The Engine's words in place of the output of a command that never had a process. Older Engines do that."""
    words = output.decode("utf-8", "replace").strip()
    if not words:
        raise EngineError("the Engine does not say why the command has not been started")
    return words


def _status(words: str) -> int:
    """As a shell has it: 127 for what is not found, 126 for what cannot be run. The Engine's own varies."""
    missing = "executable file not found" in words or ("no such file or directory" in words and "chdir" not in words)
    return 127 if missing else 126
