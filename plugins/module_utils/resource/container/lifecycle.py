# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps by which a container comes, goes and changes its state of running. Pure: they are only written down."""

from __future__ import annotations

from typing import Any, List, Mapping, Tuple

from ...engine.api import containers, images, networks
from ...engine.call import Call
from ...state.compare import STRICT
from ...state.differences import rule_for
from ...state.step import Step
from ...values.images import parse_image
from . import job
from .command import signal_name
from .context import Context
from .endpoints import (
    ENDPOINTS_AT_CREATE,
    as_asked,
    connected,
    endpoint_holds,
    endpoint_settings,
    endpoints_at_create,
    leavable,
    mac_in,
)
from .modes import first_network, mode_name
from .named import name_of
from .options import comparisons
from .table import ROWS

_AS_BEFORE = "Its networks were put back as they were"
GONE = (404,)
# The container is paused, or not running, as asked (POST /containers/{id}/pause, start and kill answer 409).
IN_THAT_STATE = (409,)


def pull(context: Context, effect: bool = True) -> Step:
    """Pull the image the task names (POST /images/create)."""
    reference = parse_image(context.options["image"])
    call = images.pull(
        reference.full if reference.digest else reference.name,
        tag=None if reference.digest else reference.tag,
        platform=context.options.get("platform"),
        registry_auth=context.access.auth if context.access else None,
    )
    doing = "pulling image %s for container %s" % (context.options["image"], context.name)
    return Step(doing, call, how="stream", effect=effect, left=context.access.sentence if context.access else "")


def create(context: Context, body: Mapping[str, Any]) -> Step:
    """Create the container; taken back by removing it, and no other that has its name by then."""
    name = context.name
    call = containers.remove(name, volumes=True, force=True)
    doing = "removing the new container %s" % name
    undo = Step(doing, call, how="remove_new", tolerate=GONE, data=body["Image"])
    call = containers.create(name, body, platform=context.options.get("platform"))
    return Step(
        "creating container %s" % name, call, how="create", undo=(undo,), taken_back="The new container was removed"
    )


def stop(context: Context, container: Mapping[str, Any]) -> Tuple[Step, ...]:
    """Stop, or kill, a running container. A paused one is thawed first, and frozen again when it cannot be stopped."""
    name, options = container["Id"], context.options
    steps: Tuple[Step, ...] = ()
    if (container.get("State") or {}).get("Paused"):
        again = Step("pausing container %s again" % context.name, containers.pause(name), tolerate=IN_THAT_STATE)
        steps = (Step("unpausing container %s" % context.name, containers.unpause(name), undo=(again,)),)
    tolerate: Tuple[int, ...] = GONE
    if options.get("force_kill"):
        call = containers.kill(name, signal=options.get("kill_signal"))
        # 409: it has ended by itself.
        tolerate = GONE + IN_THAT_STATE
    else:
        call = containers.stop(name, timeout=options.get("stop_timeout"))
    patience = stop_seconds(context, container)
    steps += (Step("stopping container %s" % context.name, call, patience=patience, tolerate=tolerate),)
    return steps + _see_it_end(context, container)


def stop_seconds(context: Context, container: Mapping[str, Any]) -> float:
    """How long the Engine lets the container end by itself before it kills it; less than 0: as long as it takes."""
    given = context.options.get("stop_timeout")
    if given is None:
        given = (container.get("Config") or {}).get("StopTimeout")
    return float(10 if given is None else given)


def _see_it_end(context: Context, container: Mapping[str, Any]) -> Tuple[Step, ...]:
    """The Engine waits for the end when it kills, and not when it sends another signal (POST /containers/{id}/kill),
    which a container may take for something else than a request to end."""
    signal = signal_name(context.options.get("kill_signal"), context)
    if not context.options.get("force_kill") or signal in ("", "SIGKILL"):
        return ()
    doing = "waiting for container %s to end by signal %s" % (context.name, signal)
    limit = max(stop_seconds(context, container), 0)
    words = "it still runs after %g s (stop_timeout). Leave out kill_signal to have it killed" % limit
    look = containers.inspect(container["Id"])
    return (Step(doing, look, how="ended", effect=False, limit=limit, data=words),)


def remove(context: Context, container: Mapping[str, Any], what: str) -> Step:
    """Remove a stopped container and wait until it is gone."""
    call = containers.remove(container["Id"], volumes=not context.options.get("keep_volumes", True))
    limit = context.options.get("removal_wait_timeout") or 0
    return Step("removing %s" % what, call, how="remove", tolerate=GONE, limit=limit, barrier=True)


def see_it_gone(context: Context, container: Mapping[str, Any]) -> Step:
    """Wait until a container is gone that is being removed, or was in vain, which is worth another attempt."""
    name = name_of(container)
    call = containers.remove(container["Id"], volumes=not context.options.get("keep_volumes", True), force=True)
    limit = context.options.get("removal_wait_timeout") or 0
    doing = "waiting for container %s, which is being removed, to be gone" % name
    return Step(doing, call, how="remove", tolerate=GONE, limit=limit, effect=False)


def operate(context: Context, word: str) -> List[Step]:
    """The steps of one of plan.operations()."""
    if word == "start":
        return run(context)
    if word == "stop":
        return list(stop(context, context.container or {}))
    if word == "restart":
        return [restart(context)]
    return [healthy(context, barrier=True) if word == "wait" else pause(context, word == "pause")]


def start(context: Context) -> Step:
    """Start the container."""
    return Step("starting container %s" % context.name, containers.start(context.name))


def run(context: Context) -> List[Step]:
    """Start, and with detach: false wait for the end."""
    if context.options.get("detach") is not False:
        return [start(context)]
    # Until it is removed, where it removes itself: the next task would find it on its way out.
    removes_itself = context.want.get("auto_remove", context.have.get("auto_remove"))
    ending = containers.wait(context.name, condition="removed" if removes_itself else "next-exit")
    steps = [start(context)._replace(how=job.start, waits=ending), finish(context, ending)]
    if context.options.get("cleanup"):
        call = containers.remove(context.name, volumes=not context.options.get("keep_volumes", True), force=True)
        steps.append(Step("cleaning up container %s" % context.name, call, how="remove", tolerate=GONE))
    return steps


def finish(context: Context, ending: Call) -> Step:
    """Wait for the end of the container's run and fetch what it wrote."""
    return Step(
        "waiting for container %s to end" % context.name,
        ending,
        how=job.finish,
        effect=False,
        barrier=True,
    )


def healthy(context: Context, barrier: bool) -> Step:
    """Wait for the health check's verdict. Behind a barrier an unhealthy container is left to be looked at."""
    limit = max(context.options.get("healthy_wait_timeout") or 0, 0)
    return Step(
        "waiting for container %s to be healthy" % context.name,
        containers.inspect(context.name),
        how="healthy",
        effect=False,
        limit=limit,
        barrier=barrier,
        data=True,
    )


def pause(context: Context, wanted: bool) -> Step:
    """Pause or unpause."""
    if wanted:
        return Step("pausing container %s" % context.name, containers.pause(context.name))
    return Step("unpausing container %s" % context.name, containers.unpause(context.name))


def restart(context: Context) -> Step:
    """Restart a running container."""
    call = containers.restart(context.name, timeout=context.options.get("stop_timeout"))
    patience = stop_seconds(context, context.container or {})
    return Step("restarting container %s" % context.name, call, patience=patience)


def connect_rest(context: Context) -> List[Step]:
    """Connect a new container to the networks that did not go into the create call; under strict comparison, disconnect
    it from the one that it was made in besides."""
    wanted = context.want.get("networks")
    if wanted is None:
        return []
    done = [one["name"] for one in endpoints_at_create(wanted, context)]
    steps = [_connect(context, one) for one in wanted if one["name"] not in done]
    if not done and rule_for(ROWS["networks"], comparisons(context.options)) == STRICT:
        made_in = leavable([{"name": mode_name(first_network(context))}])
        steps += [_disconnect(context, one) for one in made_in if ":" not in one["name"]]
    return steps


def _connect(context: Context, one: Mapping[str, Any]) -> Step:
    call = networks.connect(one["name"], context.name, endpoint_settings(one) or None)
    return Step("connecting container %s to network %s" % (context.name, one["name"]), call)


def _connect_anew(context: Context, one: Mapping[str, Any]) -> Step:
    mac = mac_in(one, context) if context.api_version >= ENDPOINTS_AT_CREATE else None
    step = _connect(context, dict(one, mac_address=mac))
    call = networks.disconnect(one["name"], context.name, force=True)
    undo = Step("disconnecting it from network %s again" % one["name"], call, tolerate=(403, 404, 500))
    return step._replace(undo=(undo,), taken_back=_AS_BEFORE, ours=True)


def _disconnect(context: Context, there: Mapping[str, Any]) -> Step:
    name, settings = there["name"], as_asked(there, context.container or {})
    back = networks.connect(name, context.name, settings or None)
    # 403: it still is, or is again, connected.
    undo = (Step("connecting it to network %s again" % name, back, tolerate=(403,)),)
    call = networks.disconnect(name, context.name, force=True)
    doing = "disconnecting container %s from network %s" % (context.name, name)
    return Step(doing, call, undo=undo, taken_back=_AS_BEFORE, ours=True)


def mend_networks(context: Context, strict: bool) -> List[Step]:
    """Bring the networks of a container that stays to what is wanted; endpoints that are right are not touched."""
    steps: List[Step] = []
    have, want = context.have["networks"], context.want["networks"]
    right = set()
    for one in want:
        there = connected(have, one["name"])
        if there:
            right.add(there["name"])
            if endpoint_holds(there, one):
                continue
            steps.append(_disconnect(context, there))
        steps.append(_connect_anew(context, one))
    return steps + [_disconnect(context, one) for one in leavable(have) if strict and one["name"] not in right]
