# SPDX-License-Identifier: GPL-3.0-or-later
"""prune: what goes is foretold from lists, in the order in which it goes, then the Engine is asked to prune."""

from __future__ import annotations

import time
from functools import partial
from typing import Any, Dict, List, Mapping, Tuple

from ...engine.api import containers, image_store, networks, system, volumes
from ...engine.call import Call
from ...engine.client import Engine
from ...engine.errors import Conflict
from ...state.outcome import Outcome
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.filters import truth
from ..answers import mapping, mappings
from ..host.clock import clock
from . import build_cache, images, world
from .options import ARGUMENT_SPEC, FILTERS, NAME, as_known, check, filters_of

# The key of the task's result, and that of the Engine's reply, in the order in which things go: a container's end sets
# its image and its volumes free.
REPLIES = {
    "containers": ("containers", "ContainersDeleted"),
    "images": ("images", "ImagesDeleted"),
    "networks": ("networks", "NetworksDeleted"),
    "volumes": ("volumes", "VolumesDeleted"),
    "builder_cache": ("builder_cache_caches_deleted", "CachesDeleted"),
}
_PRUNE = {
    "containers": containers.prune,
    "images": image_store.prune,
    "networks": networks.prune,
    "volumes": volumes.prune,
}
# How long to wait while somebody else has the Engine prune, and how often to look.
BUSY_SECONDS = 60.0
_PAUSE = 0.2
_BUSY = "already running"
_BUILDER_UNSURE = (
    "Which records of the build cache its filters, its size and the images spare, only the Engine can tell: at most "
    "those that are named here are deleted"
)


class Context:
    """What goes of each kind that is asked for, and the requests that make it go."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.options = options
        self.kinds = [kind for kind in REPLIES if options[kind]]
        self.gone: Dict[str, List[Any]] = {}
        self.calls: Dict[str, Call] = {}
        self.first: List[str] = []
        self.warnings: Tuple[str, ...] = ()


def observe(engine: Engine, options: Mapping[str, Any], _settled: Any) -> Context:
    """Look at what is there of all kinds in question."""
    context = Context(options)
    now = clock(engine)
    matters = any(options[kind] for kind in ("containers", "images", "volumes"))
    there = engine.documents(containers.list_(all_=True)) if matters else []
    filters = {kind: filters_of(kind, options, now) for kind in FILTERS if options[kind]}
    if options["volumes"]:
        filters["volumes"] = as_known(filters["volumes"], engine.api_version)
    context.calls = {kind: _PRUNE[kind](one or None) for kind, one in filters.items()}
    gone = world.removable_containers(engine, filters["containers"], there) if options["containers"] else []
    context.gone["containers"] = gone
    if options["images"]:
        _images(engine, context, filters["images"], [one for one in there if one["Id"] not in gone])
    if options["networks"]:
        context.gone["networks"] = world.removable_networks(engine, filters["networks"])
    if options["volumes"]:
        in_use = world.volumes_in_use(there, set(gone))
        context.gone["volumes"] = world.removable_volumes(engine, filters["volumes"], in_use)
    if options["builder_cache"]:
        cache = build_cache.foretell(engine, options, bool(context.gone.get("images")))
        context.gone["builder_cache"] = cache.records
        context.calls["builder_cache"] = build_cache.pruning(engine, options)
        context.warnings = () if cache.sure else (_BUILDER_UNSURE,)
    return context


def _images(engine: Engine, context: Context, filters: Dict[str, List[str]], users: List[Dict[str, Any]]) -> None:
    listed = engine.documents(image_store.list_(all_=True))
    dangling = truth(filters, "dangling", True)
    meant = {one["Id"] for one in listed if world.meant_image(engine, one, filters)}
    status = mapping(engine, system.info()).get("DriverStatus") or ()
    containerd = any("io.containerd.snapshotter.v1" in pair for pair in status)
    removal = images.foretell(listed, meant, dangling, users, None if containerd else partial(world.layers, engine))
    context.gone["images"], context.first = removal.records, removal.first


def plan(context: Context) -> Plan:
    """Ask for the pruning of each kind of which something goes."""
    steps = tuple(
        Step(
            "pruning %s" % kind.replace("builder_cache", "the build cache"),
            context.calls[kind],
            how=_prune,
            data=(kind, context.first),
        )
        for kind in context.kinds
        if context.gone[kind]
    )
    lists = {REPLIES[kind][0]: _ordered(context.gone[kind]) for kind in context.kinds}
    return Plan(steps, *_diff(lists), warnings=context.warnings)


def _prune(engine: Engine, step: Step, outcome: Outcome) -> None:
    kind, first = step.data
    key, theirs = REPLIES[kind]
    gone: List[Any] = []
    if kind == "images":
        for name in first:
            gone += mappings(engine, image_store.remove(name))
    reply = _in_turn(engine, step.call)
    outcome.values[key] = _ordered(gone + list(reply.get(theirs) or ()))
    if kind != "networks":
        outcome.values[kind + "_space_reclaimed"] = reply.get("SpaceReclaimed", 0)
    # The diff is of what went, which is what was foretold unless somebody else was at work at the same time.
    outcome.found = _diff(
        {known: outcome.values[known] for known, _theirs in REPLIES.values() if known in outcome.values}
    )


def _in_turn(engine: Engine, call: Call) -> Dict[str, Any]:
    """The Engine prunes one kind of thing once at a time, and refuses who comes second (409): that one waits."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return mapping(engine, call, timeout=0)
        except Conflict as error:
            if _BUSY not in error.message or time.monotonic() >= end:
                raise
        time.sleep(_PAUSE)


def _ordered(found: List[Any]) -> List[Any]:
    """The Engine lists by chance. Names go before the images that they led to."""
    return sorted(found, key=lambda one: ("Deleted" in one, list(one.values())) if isinstance(one, dict) else one)


def _diff(lists: Mapping[str, List[Any]]) -> Tuple[Dict[str, Any], Dict[str, Any]]:
    gone = {key: found for key, found in lists.items() if found}
    return gone, {key: [] for key in gone}


def facts(_engine: Engine, context: Context, made: Plan, done: bool) -> Dict[str, Any]:
    """What went, or will go. How much space that gives, only the Engine can tell, afterwards."""
    found: Dict[str, Any] = {}
    for kind in context.kinds:
        key = REPLIES[kind][0]
        found[key] = [] if done else made.before.get(key, [])
        if done and kind != "networks":
            found[kind + "_space_reclaimed"] = 0
    return found


PRUNE = Resource(NAME, ARGUMENT_SPEC, observe, plan, facts, check=check)
