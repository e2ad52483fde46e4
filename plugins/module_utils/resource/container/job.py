# SPDX-License-Identifier: GPL-3.0-or-later
"""detach: false: wait for the end of a container's run and fetch what it wrote."""

from __future__ import annotations

import json
from typing import Any, Dict, Mapping

from ...engine.api import containers
from ...engine.client import Engine
from ...engine.errors import ApiError, EngineError
from ...state.outcome import Outcome
from ...state.step import Step

# The Engine reads back what these drivers wrote (GET /containers/{id}/logs).
_READABLE = ("json-file", "journald", "local")
# In place of the output; playbooks for the incumbent compare it.
_REMOVED = "Cannot retrieve result as auto_remove is enabled"


def start(engine: Engine, step: Step, outcome: Outcome) -> None:
    """Start a job; `outcome.ending` is what will bring its status. Waiting begins first: a short job with AutoRemove is
    gone before a later request arrives (POST /containers/{id}/wait answers its head at once, since API 1.30)."""
    ending = engine.chunks(step.waits or containers.wait(step.call.path.split("/")[2]))
    try:
        engine.send(step.call)
    except BaseException:
        ending.close()
        raise
    outcome.ending = ending


def finish(engine: Engine, step: Step, outcome: Outcome) -> None:
    """Leaves status, the output, and the failure's message where the status is not 0."""
    status = _status(b"".join(outcome.ending))
    name = step.call.path.split("/")[2]
    document = engine.get(step.call._replace(method="GET", path="/containers/%s/json" % name, query={})) or {}
    document["Output"] = output = _output(engine, name, document)
    found: Dict[str, Any] = {"status": status, "container": document}
    if status != 0:
        found["failure"] = output or "the container ended with status %s" % status
    outcome.values.update(found)


def _status(answer: bytes) -> int:
    try:
        return int(json.loads(answer.decode("utf-8"))["StatusCode"])
    except (ValueError, KeyError, TypeError) as exc:
        raise EngineError("the Engine does not say how it ended, but %r" % answer[:100]) from exc


def _output(engine: Engine, name: str, document: Mapping[str, Any]) -> str:
    host = document.get("HostConfig") or {}
    driver = (host.get("LogConfig") or {}).get("Type", "")
    if driver and driver not in _READABLE:
        return "Result logged using `%s` driver" % driver
    tty = bool((document.get("Config") or {}).get("Tty"))
    try:
        frames = engine.frames(containers.logs(name, stdout=True, stderr=True), tty=tty)
        return b"".join(data for _stream, data in frames).decode("utf-8", "replace")
    except ApiError:
        if document and not host.get("AutoRemove"):
            raise
        return _REMOVED
