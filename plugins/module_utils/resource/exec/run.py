# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a command in a container: what it reads, what it writes, how it ends."""

from __future__ import annotations

import time
from typing import Any, Dict, List, Mapping

from ...engine.api import execs
from ...engine.call import Call
from ...engine.client import Engine
from ...engine.errors import ApiError, EngineError, StreamFailed
from ...state.outcome import Outcome
from ..answers import mapping
from .options import standard_input, terminal_size

# The end of a command's output comes a little before the Engine knows its status.
_FIRST_LOOK, _LONGEST_LOOK = 0.01, 0.5
# In a terminal this is what ends the input, at the beginning of a line.
_END_OF_INPUT = b"\x04"


def run(engine: Engine, create: Call, options: Mapping[str, Any], outcome: Outcome) -> None:
    """Run it. The result's values are rc, stdout and stderr; with detach, exec_id."""
    watch = None
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
    try:
        written = _converse(engine, exec_id, options, watch)
        document = _ended(engine, exec_id)
        rc = document.get("ExitCode") or 0
        failure = _not_started(written[1]) if rc and not document.get("Pid", 1) else ""
    except (ApiError, StreamFailed) as error:  # Engines from 23.0 on refuse to start what cannot be found
        if isinstance(error, ApiError) and (error.status != 400 or not error.path.endswith("/start")):
            raise
        written, rc = {1: b"", 2: b""}, 126
        failure = error.message if isinstance(error, ApiError) else str(error)
    if failure:
        written, rc = {1: b"", 2: failure.encode("utf-8")}, _status(failure)
        outcome.values["failure"] = "The command could not be started: " + failure
    elif watch is not None and watch.passed:
        outcome.values["failure"] = watch.words()
    elif rc:
        outcome.values["failure"] = "The command ended with status %d" % rc
    outcome.values["rc"] = rc
    for number, name in ((1, "stdout"), (2, "stderr")):
        text = written[number].decode("utf-8", "replace")
        outcome.values[name] = text.rstrip("\r\n") if options["strip_empty_ends"] else text


def _converse(engine: Engine, exec_id: str, options: Mapping[str, Any], watch: Any) -> Dict[int, bytes]:
    """Start it, give it what it reads, and return what it writes: 1 stdout, 2 stderr."""
    size = terminal_size(options) if engine.api_version >= (1, 42) else None
    call = execs.start(exec_id, tty=options["tty"], console_size=size)
    given = standard_input(options)
    written: Dict[int, List[bytes]] = {1: [], 2: []}
    with engine.hijack(call, tty=options["tty"]) as stream:
        if watch is not None:
            stream.alarm(watch.start(), watch.ring)
        _set_size(engine, exec_id, options)
        if options["stdin"] is None:
            output = iter(stream)
        elif options["tty"]:
            output = stream.exchange(given + _END_OF_INPUT * (1 if given[-1:] == b"\n" else 2), half_close=False)
        else:
            output = stream.exchange(given)
        for number, data in output:
            written[number].append(data)
    return {number: b"".join(parts) for number, parts in written.items()}


def _set_size(engine: Engine, exec_id: str, options: Mapping[str, Any]) -> None:
    """Engines before API 1.42 learn it after the start. A command that has ended already needs no size."""
    size = terminal_size(options)
    if size and engine.api_version < (1, 42):
        try:
            engine.send(execs.resize(exec_id, *size))
        except ApiError:
            pass


def _ended(engine: Engine, exec_id: str) -> Dict[str, Any]:
    """The document of a command (GET /exec/{id}/json) that has ended."""
    pause = _FIRST_LOOK
    while True:
        document = mapping(engine, execs.inspect(exec_id))
        if not document.get("Running"):
            return document
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_LOOK)


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
