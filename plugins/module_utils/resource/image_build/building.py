# SPDX-License-Identifier: GPL-3.0-or-later
"""Building within the Engine: the context goes to it as a stream, what it says comes back while it builds."""

from __future__ import annotations

import os
import threading
from typing import Any, Dict, Iterator, Mapping, NamedTuple, Optional

from ...engine.api import builds
from ...engine.archive import ArchiveInvalid, pack
from ...engine.call import Call
from ...engine.client import Engine
from ...engine.errors import ApiError, EngineError, StreamFailed
from ...state.outcome import Outcome
from ...state.step import Step
from .builder import BUILDKIT
from .context import Context, members
from .log import BuildKitLog, ClassicLog, Log
from .recipe import Recipe


class Work(NamedTuple):
    """What a build's step carries. `query` are the parameters of POST /build, `context` is None for a remote one."""

    recipe: Recipe
    builder: str
    query: Mapping[str, Any]
    context: Optional[Context]
    registry_config: Optional[str] = None


def build(engine: Engine, step: Step, outcome: Outcome) -> None:
    """The performer of a build within the Engine. Leaves the log in the outcome. Raises EngineError."""
    work: Work = step.data
    log: Log = BuildKitLog() if work.builder == BUILDKIT else ClassicLog()
    try:
        records = _with_buildkit(engine, step) if work.builder == BUILDKIT else _classic(engine, step)
        for record in records:
            begun = log.add(record)
            if begun:
                engine.report(step.doing, {"stream": begun})
    except (StreamFailed, ApiError) as error:
        raise StreamFailed(log.failure(getattr(error, "message", "") or str(error))) from error
    finally:
        log.end()
        outcome.values["stdout"] = log.text
        outcome.warnings += getattr(log, "warnings", ())


def _classic(engine: Engine, step: Step) -> Iterator[Dict[str, Any]]:
    work: Work = step.data
    call = builds.build(registry_config=work.registry_config, **work.query)
    if work.context is None:
        return engine.stream(call, timeout=work.recipe.timeout)
    return engine.upload_stream(call, _archive(engine, step, True), timeout=work.recipe.timeout)


def _with_buildkit(engine: Engine, step: Step) -> Iterator[Dict[str, Any]]:
    """Two requests at the same time: one is answered by the progress, the other brings the context that the first waits
    for (POST /build, version=2, remote=upload-request; `buildid` brings them together). No session is needed."""
    work: Work = step.data
    if work.context is None:
        yield from engine.stream(builds.build(version="2", **work.query), timeout=work.recipe.timeout)
        return
    number = os.urandom(16).hex()
    feeder = _Feeder(
        engine, builds.build(version="2", buildid="upload-request:" + number), _archive(engine, step, False)
    )
    feeder.start()
    try:
        call = builds.build(version="2", buildid=number, **dict(work.query, remote="upload-request"))
        yield from engine.stream(call, timeout=work.recipe.timeout)
    except EngineError:
        feeder.join()
        if isinstance(feeder.error, ArchiveInvalid):  # all that the Engine knows is that the archive ended
            raise feeder.error from None
        raise
    finally:
        feeder.join()


class _Feeder(threading.Thread):
    """Sends the context. The Engine gives up the build when it does not come (within 5 s), or not whole."""

    def __init__(self, engine: Engine, call: Call, parts: Iterator[bytes]) -> None:
        super().__init__(daemon=True)
        self._engine, self._call, self._parts = engine, call, parts
        self.error: Optional[EngineError] = None

    def run(self) -> None:
        try:
            self._engine.upload(self._call, self._parts)
        except EngineError as error:
            self.error = error


def _archive(engine: Engine, step: Step, engine_hides: bool) -> Iterator[bytes]:
    sent = 0
    for part in pack(members(step.data.context, engine_hides)):
        sent += len(part)
        engine.report(step.doing, {"progressDetail": {"current": sent}})
        yield part
