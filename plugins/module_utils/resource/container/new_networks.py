# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks that are new to a container are looked for where the Engine would miss them too late."""

from __future__ import annotations

from typing import Any, List

from ...engine.api import networks, system
from ...engine.client import Engine
from ...engine.errors import NotFound
from ...state.step import Step
from ..answers import mapping
from .context import Context
from .endpoints import connected
from .modes import first_network, mode_name

_ALWAYS_THERE = ("bridge", "host", "none", "nat")


def look_for_networks(context: Context) -> List[Step]:
    """The Engine may miss a network only when the container starts (POST /containers/{id}/start)."""
    there = context.have.get("networks") or []
    wanted = [mode_name(first_network(context))] + [one["name"] for one in context.want.get("networks") or []]
    return [
        Step(
            "looking for network %s of container %s" % (name, context.name), networks.inspect(name), _look, effect=False
        )
        for name in dict.fromkeys(wanted)
        if name not in _ALWAYS_THERE and ":" not in name and not connected(there, name)
    ]


def _look(engine: Engine, step: Step, _outcome: Any) -> None:
    """A node of a swarm need not know the swarm's networks before a container is on them."""
    try:
        engine.send(step.call)
    except NotFound:
        if (mapping(engine, system.info()).get("Swarm") or {}).get("LocalNodeState") in (None, "", "inactive"):
            raise
