# SPDX-License-Identifier: GPL-3.0-or-later
"""To make an object under another name, and remove it: what an Engine would refuse must not cost the one there is."""

from __future__ import annotations

import contextlib
from typing import Any, Callable

from ..engine.call import Call
from ..engine.client import Engine
from ..engine.errors import ConnectionFailed, EngineError
from ..state.outcome import Outcome
from ..state.step import Step


def trial(what: str, name: str, create: Call, remove: Callable[[str], Call]) -> Step:
    """The step that tries it. `create` has no name yet: it gets one that nobody else has."""
    return Step("trying %s" % what, create, how=try_out, effect=False, data=(name, remove))


def try_out(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Make it and remove it. Raises EngineError."""
    from uuid import uuid4

    name, remove = step.data
    made: Any = dict(step.call.body, Name="%s.trial-%s" % (name, uuid4().hex[:12]))
    try:
        engine.send(step.call._replace(body=made))
    except ConnectionFailed:  # it may have been made, and nobody has heard of it
        with contextlib.suppress(EngineError):
            engine.send(remove(made["Name"]))
        raise
    engine.send(remove(made["Name"]))
