# SPDX-License-Identifier: GPL-3.0-or-later
"""What a step about a network does besides sending a request."""

from __future__ import annotations

import time
from typing import Any, Dict

from ...engine.api import containers, networks
from ...engine.client import Engine
from ...engine.errors import ConnectionFailed, EngineError, NotFound
from ...state.outcome import Outcome
from ...state.step import Step
from ...values.subnets import overlap
from .ipam import observed

# A swarm makes and removes its networks by and by.
_PAUSE = 0.1
# Their networks share the addresses of this host; those that span hosts have a space of their own.
_OF_THIS_HOST = ("bridge", "macvlan", "ipvlan")


def create(engine: Engine, step: Step, outcome: Outcome) -> None:
    """Make a network; what the Engine warns of, it says in one text (POST /networks/create)."""
    _send(engine, step, outcome)


def create_in_swarm(engine: Engine, step: Step, outcome: Outcome) -> None:
    """Make a network that spans hosts, and wait until the swarm has given it its driver and addresses."""
    ident = _send(engine, step, outcome).get("Id") or step.call.body["Name"]
    deadline = time.monotonic() + step.limit
    while not ((engine.inspect(networks.inspect(ident)) or {}).get("Driver")):
        if time.monotonic() >= deadline:
            raise EngineError("the swarm has not made it ready after %g s" % step.limit)
        time.sleep(_PAUSE)


def _send(engine: Engine, step: Step, outcome: Outcome) -> Dict[str, Any]:
    reply = engine.send(step.call)
    if not isinstance(reply, dict):
        raise ConnectionFailed("the Engine answered with what is no description of a network")
    if reply.get("Warning"):
        outcome.warnings.append("Docker warning: %s" % reply["Warning"])
    return reply


def connect_again(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Connect a container that was connected before, unless it is gone. The Engine says 404 for other things, too."""
    try:
        engine.send(step.call)
    except NotFound:
        if engine.inspect(containers.inspect(step.call.body["Container"])) is not None:
            raise


def remove(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Remove a network and see it gone: one of a swarm goes after the request has been answered."""
    engine.send(step.call)
    look = step.call._replace(method="GET")
    deadline = time.monotonic() + step.limit
    while engine.get(look) is not None:
        if time.monotonic() >= deadline:
            raise EngineError("it is still there after %g s" % step.limit)
        time.sleep(_PAUSE)


def holds_configuration(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Raises EngineError where there is no network of that name, or it is not for others to be made from."""
    found = engine.inspect(step.call)
    if found is None or found.get("Name") != step.data:
        raise EngineError("there is none of that name")
    if not found.get("ConfigOnly"):
        raise EngineError("it is a network of its own, and does not only hold a configuration (config_only)")


def pools_are_free(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Raises EngineError where another network of this host has addresses that the new one is to have."""
    if step.data["driver"] not in _OF_THIS_HOST:
        return
    for one in engine.documents(step.call):
        if one.get("ConfigOnly") or one.get("Driver") not in _OF_THIS_HOST or one["Id"] == step.data["but"]:
            continue
        for pool in observed((one.get("IPAM") or {}).get("Config"), None):
            for subnet in step.data["subnets"]:
                try:
                    taken = overlap(subnet, pool.get("subnet", ""))
                except ValueError:  # an Engine may show what is no subnet
                    continue
                if taken:
                    words = "the subnet %s overlaps with %s of network %s"
                    raise EngineError(words % (subnet, pool["subnet"], one["Name"]))
