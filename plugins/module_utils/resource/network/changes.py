# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps by which a network comes, goes, and is made anew with its containers given back. Pure."""

from __future__ import annotations

from typing import Any, List, Mapping, Sequence

from ...engine.api import networks
from ...state.field import Field
from ...state.step import Step
from ...values.errors import InvalidOption
from ..trial import trial
from ..whole import body
from . import performers
from .again import as_it_was, make_again, remove_new
from .attachments import bound_problem, give_back_problem, settings
from .context import Context
from .ipam import driver
from .table import FIELDS

# GET /networks shows them on each Engine; it refuses to remove them, after containers have been disconnected.
_PREDEFINED = ("bridge", "host", "none")
# Drivers that are part of it.
_OF_THE_ENGINE = ("bridge", "overlay", "macvlan", "ipvlan", "host", "null")
_GONE = (404,)
# POST /networks/{id}/connect and disconnect: it is connected already (403); it is not connected (403, 500).
_CONNECTED, _NOT_CONNECTED = (403,), (403, 404, 500)
_AS_BEFORE = "Its containers were connected again as they were"
# Seconds for what a swarm does by and by.
_PATIENCE = 60.0


def create(context: Context) -> List[Step]:
    """Make the network and connect the containers that the task names."""
    return [_create(context)] + [_connect(context, name, {}) for name in context.want.get("connected") or []]


def remove(context: Context) -> List[Step]:
    """Disconnect all containers, and remove the network."""
    _refuse_predefined(context)
    return _disconnect_all(context) + [_remove(context)]


def replace(context: Context) -> List[Step]:
    """Remove the network and make it as the task says; containers come back with what they had in it."""
    _refuse_predefined(context)
    wanted = context.want.get("connected")
    stay = _staying(context)
    bound = bound_problem(context, stay)
    if bound:
        raise InvalidOption("name", bound)
    problem = give_back_problem(context, stay)
    if problem:
        raise InvalidOption("ipam_config", problem)
    fresh = [name for name in wanted or () if name not in context.names()]
    steps = _look_for_configuration(context) + _look_at_pools(context) + _try_drivers(context)
    # What was removed comes back, so that there is no more to be said of the new one; it goes even where its making
    # went unanswered, since nobody else has the name.
    steps += _disconnect_all(context) + [_remove(context), _create(context)._replace(ours=True, taken_back="")]
    ids = {name: ident for ident, name in (context.attached or {}).items()}
    steps += [_connect(context, name, settings(context, ids[name]), performers.connect_again) for name in stay]
    return steps + [_connect(context, name, {}) for name in fresh]


def mend(context: Context, _rows: Sequence[Field]) -> List[Step]:
    """Connect and disconnect; containers that are connected as wanted are not touched."""
    have = context.names()
    fresh = [name for name in context.want["connected"] if name not in have]
    steps: List[Step] = []
    if not context.options.get("appends"):
        ids = {name: ident for ident, name in (context.attached or {}).items()}
        steps += [_disconnect(context, ids[name]) for name in have if name not in context.want["connected"]]
    return steps + [_connect(context, name, {}) for name in fresh]


def _staying(context: Context) -> List[str]:
    wanted = context.want.get("connected")
    if wanted is None or context.options.get("appends"):
        return context.names()
    return [name for name in context.names() if name in wanted]


def _refuse_predefined(context: Context) -> None:
    if context.name in _PREDEFINED:
        raise InvalidOption("name", "network %s is predefined: the Engine does not let go of it" % context.name)


def _look_for_configuration(context: Context) -> List[Step]:
    source = context.want.get("config_from")
    if not source:
        return []
    doing = "looking for network %s, from which network %s is to be made" % (source, context.name)
    return [Step(doing, networks.inspect(source), how=performers.holds_configuration, data=source, effect=False)]


def _try_drivers(context: Context) -> List[Step]:
    """Make a network with drivers that the Engine may not have, and remove it, while the old one is still there."""
    want, have, driven = context.want, context.have, _driver(context)
    own = driven in _OF_THE_ENGINE or driven == have["driver"]
    if own and want.get("ipam_driver", "default") in ("default", have["ipam_driver"]):
        return []
    made = {"Driver": driven, "IPAM": {"Driver": want.get("ipam_driver", "default")}}
    return [trial("the drivers of network %s" % context.name, context.name, networks.create(made), networks.remove)]


def _look_at_pools(context: Context) -> List[Step]:
    """The Engine would say only after the old network is gone that another one has the new addresses."""
    subnets = [pool["subnet"] for pool in context.want.get("ipam_config") or () if "subnet" in pool]
    default = driver(context.want.get("ipam_driver"), context) == "default" and not context.want.get("config_only")
    if not (subnets and default):
        return []
    doing = "looking for other networks with the addresses of network %s" % context.name
    data = {"subnets": subnets, "driver": _driver(context), "but": (context.document or {})["Id"]}
    return [Step(doing, networks.list_(), how=performers.pools_are_free, data=data, effect=False)]


def _spans_hosts(context: Context) -> bool:
    want = context.want
    return want.get("scope") in ("swarm", "global") or bool(want.get("ingress")) or _driver(context) == "overlay"


def _driver(context: Context) -> str:
    """That of the new network."""
    return str(context.want.get("driver") or "bridge")


def _create(context: Context) -> Step:
    made = dict(body(FIELDS, context), Name=context.name)
    if context.api_version < (1, 44):  # newer Engines never make two networks of one name
        made["CheckDuplicate"] = True
    old = None if context.document is None else as_it_was(context.document, context.api_version)
    remove_again = Step(
        "removing the new network",
        networks.remove(context.name),
        how=remove_new,
        data=(context.name, old),
        tolerate=_GONE,
        limit=_PATIENCE,
    )
    return Step(
        "creating network %s" % context.name,
        networks.create(made),
        how=performers.create_in_swarm if _spans_hosts(context) else performers.create,
        undo=(remove_again,),
        limit=_PATIENCE,
        taken_back="The new network was removed",
    )


def _remove(context: Context) -> Step:
    """Taken back by making it again from its inspect document."""
    document = context.document or {}
    again = Step(
        "making the old network again",
        networks.create(as_it_was(document, context.api_version)),
        how=make_again,
        limit=_PATIENCE,
    )
    return Step(
        "removing network %s" % context.name,
        networks.remove(document["Id"]),
        how=performers.remove,
        undo=(again,),
        limit=_PATIENCE,
        ours=True,
        tolerate=_GONE,
        taken_back="The network was made again, and its containers were connected as they were",
    )


def _disconnect_all(context: Context) -> List[Step]:
    return [_disconnect(context, ident) for ident in context.attached or {}]


def _disconnect(context: Context, ident: str) -> Step:
    name = (context.attached or {})[ident]
    back = networks.connect(context.name, ident, settings(context, ident) or None)
    undo = Step("connecting container %s again" % name, back, tolerate=_CONNECTED)
    call = networks.disconnect(context.name, ident, force=True)
    doing = "disconnecting container %s from network %s" % (name, context.name)
    return Step(doing, call, undo=(undo,), ours=True, tolerate=_GONE, taken_back=_AS_BEFORE)


def _connect(context: Context, name: str, endpoint: Mapping[str, Any], how: Any = "send") -> Step:
    call = networks.disconnect(context.name, name, force=True)
    undo = Step("disconnecting container %s again" % name, call, tolerate=_NOT_CONNECTED)
    doing = "connecting container %s to network %s" % (name, context.name)
    return Step(doing, networks.connect(context.name, name, endpoint or None), how, undo=(undo,), ours=True)
