# SPDX-License-Identifier: GPL-3.0-or-later
"""The container that is made where none has a volume, so that what the volume holds can be read and written.

It is never started. Each task draws a name for its own, since two may be at work on one volume; the label says which
volume it is for. One that a run left behind which was cut off is found by that label.
"""

from __future__ import annotations

import contextlib
from typing import Any, Dict, Iterator, Mapping, Sequence

from ...engine.api import containers
from ...engine.call import Call
from ...engine.client import Engine
from ...engine.errors import Conflict, EngineError
from ...state.outcome import Outcome
from ...state.step import Step
from ..looking import looking_for

WHERE = "/volume"
LABEL = "longshore.volume"
# Seconds after which nobody can be at work with one any more.
_LEFT_BEHIND = 24 * 3600


def body(volume: str, image: str, apart: bool = False) -> Dict[str, Any]:
    """It is never started, so that its command does not matter. `apart`: in the volume's place it gets one without a
    name, which goes when it goes."""
    mount = {"Type": "volume", "Target": WHERE, "VolumeOptions": {"NoCopy": True}}
    if not apart:
        mount["Source"] = volume
    return {
        "Image": image,
        "Cmd": ["longshore"],
        "Labels": {LABEL: volume},
        "HostConfig": {"Mounts": [mount], "NetworkMode": "none"},
    }


def is_one(summary: Mapping[str, Any]) -> bool:
    """Whether a container of a list is such a helper."""
    return LABEL in (summary.get("Labels") or {})


def removal(name: str) -> Call:
    """The request that removes it."""
    return containers.remove(name, volumes=True, force=True)


@contextlib.contextmanager
def gone_afterwards(engine: Engine, name: str) -> Iterator[None]:
    """Remove it, whatever comes of what is done meanwhile. What failed there counts, and not that it could not be
    removed, or was never made."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(EngineError):
            engine.send(removal(name))
        raise
    engine.send(removal(name))


@contextlib.contextmanager
def made(engine: Engine, name: str, volume: str, image: str, apart: bool = False) -> Iterator[None]:
    """It is there meanwhile."""
    with gone_afterwards(engine, name):
        engine.send(containers.create(name, body(volume, image, apart)))
        yield


def sweep(engine: Engine, users: Sequence[Mapping[str, Any]], name: str) -> None:
    """Remove those of a volume's containers that were left behind. `name` is one that was made just now: when, says the
    Engine's clock, by which the others' age is told."""
    own = [one for one in users if "/" + name in (one.get("Names") or ())]
    since = max((one.get("Created") or 0 for one in own), default=0) - _LEFT_BEHIND
    _remove_all(engine, [one for one in users if is_one(one) and one not in own and (one.get("Created") or 0) < since])


def remove_volume(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Remove a volume that is to go, and where it is in use, the helpers that keep it. `data` is its name."""
    try:
        engine.send(step.call)
    except Conflict:
        with looking_for("the containers of volume %s" % step.data):
            filters = {"label": ["%s=%s" % (LABEL, step.data)]}
            found = engine.documents(containers.list_(all_=True, filters=filters))
        if not found:
            raise
        _remove_all(engine, found)
        engine.send(step.call)


def _remove_all(engine: Engine, found: Sequence[Mapping[str, Any]]) -> None:
    for one in found:
        with contextlib.suppress(EngineError):  # it may be on its way out
            engine.send(removal(one["Id"]))
