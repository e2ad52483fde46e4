# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps by which a container comes, goes and changes its state of running. Pure: they are only written down."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Tuple

from ...engine.api import containers, images, networks
from ...state.plan import Step
from ...values.images import parse_image
from .context import Context
from .endpoints import connected, endpoint_holds, endpoint_settings, endpoints_at_create
from .observe import aside

GONE = (404,)


def pull(context: Context, effect: bool = True) -> Step:
    """Pull the image the task names (POST /images/create)."""
    reference = parse_image(context.options["image"])
    call = images.pull(
        reference.full if reference.digest else reference.name,
        tag=None if reference.digest else reference.tag,
        platform=context.options.get("platform"),
        registry_auth=context.registry_auth,
    )
    return Step("pulling image %s" % context.options["image"], call, how="stream", effect=effect)


def create(context: Context, body: Mapping[str, Any]) -> Step:
    """Create the container; taken back by removing it."""
    name = context.name
    undo = Step(
        "removing the new container %s" % name, containers.remove(name, volumes=True, force=True), tolerate=GONE
    )
    call = containers.create(name, body, platform=context.options.get("platform"))
    return Step("creating container %s" % name, call, how="create", undo=(undo,))


def stop(context: Context, container: Mapping[str, Any]) -> Tuple[Step, ...]:
    """Stop, or kill, a running container; taken back by starting it."""
    name, options = container["Id"], context.options
    undo: Tuple[Step, ...] = (Step("starting the old container again", containers.start(name)),)
    if (container.get("HostConfig") or {}).get("AutoRemove"):
        # The Engine removes it as it stops, so putting it back means making it again.
        undo = (
            Step("making the old container again", containers.create(aside(context.name), again(container))),
            Step("starting the old container again", containers.start(aside(context.name))),
        )
    paused = (container.get("State") or {}).get("Paused")
    steps: Tuple[Step, ...] = ()
    if paused:
        steps = (
            Step(
                "unpausing container %s" % context.name,
                containers.unpause(name),
                undo=(Step("pausing it again", containers.pause(name)),),
            ),
        )
    if options.get("force_kill"):
        call, patience = containers.kill(name, signal=options.get("kill_signal")), 0.0
    else:
        timeout = options.get("stop_timeout")
        call = containers.stop(name, timeout=timeout)
        declared = (container.get("Config") or {}).get("StopTimeout") or 10
        patience = float(declared if timeout is None else timeout)
    return steps + (Step("stopping container %s" % context.name, call, undo=undo, patience=patience, tolerate=GONE),)


def again(container: Mapping[str, Any]) -> Dict[str, Any]:
    """A create body that makes a container as an inspect document shows it."""
    endpoints = (container.get("NetworkSettings") or {}).get("Networks") or {}
    mode = (container.get("HostConfig") or {}).get("NetworkMode")
    keep = ("IPAMConfig", "Aliases", "Links", "DriverOpts")
    settings = {
        name: {key: one[key] for key in keep if one.get(key)} for name, one in endpoints.items() if name == mode and one
    }
    return dict(
        container.get("Config") or {},
        HostConfig=container.get("HostConfig"),
        NetworkingConfig={"EndpointsConfig": settings},
    )


def remove(context: Context, container: Mapping[str, Any], what: str) -> Step:
    """Remove a stopped container and wait until it is gone."""
    call = containers.remove(container["Id"], volumes=not context.options.get("keep_volumes", True))
    limit = context.options.get("removal_wait_timeout") or 0
    return Step("removing %s" % what, call, how="remove", tolerate=GONE, limit=limit, barrier=True)


def replace(context: Context, body: Mapping[str, Any], runs: bool) -> List[Step]:
    """Make the new container while the old one is kept aside; remove the old one when the new one has proved itself."""
    name, old = context.name, context.container or {}
    was_running = bool((old.get("State") or {}).get("Running"))
    steps: List[Step] = []
    if context.leftover:
        steps.append(remove_leftover(context))
    steps.append(_rename_aside(context, old, was_running))
    steps.append(create(context, body)._replace(ours=True))
    steps += connect_rest(context)
    if was_running:
        steps += stop(context, old)
    if runs and context.options.get("detach") is False:
        made = run(context)  # the job's own status is the task's result; the old one only has to make room
        return steps + made[:1] + [remove(context, old, "the old container %s" % name)] + made[1:]
    if runs:
        steps.append(start(context))
        steps.append(proof(context) if context.options["state"] != "healthy" else healthy(context, barrier=False))
    return steps + [remove(context, old, "the old container %s" % name)]


def _rename_aside(context: Context, old: Mapping[str, Any], was_running: bool) -> Step:
    name = context.name
    remade = was_running and (old.get("HostConfig") or {}).get("AutoRemove")
    # 400: it has that name already. The start is for an Engine that was restarted meanwhile; else it answers 304.
    undo: Tuple[Step, ...] = (
        Step(
            "giving the old container its name back",
            containers.rename(aside(name) if remade else old["Id"], name),
            tolerate=(400,),
        ),
    )
    if was_running:
        undo += (Step("starting the old container again", containers.start(name)),)
    return Step(
        "renaming the old container %s aside" % name, containers.rename(old["Id"], aside(name)), undo=undo, ours=True
    )


def remove_leftover(context: Context) -> Step:
    """Remove what a cut-off replacement left aside although the new container is there."""
    leftover = context.leftover or {}
    call = containers.remove(leftover["Id"], volumes=not context.options.get("keep_volumes", True), force=True)
    return Step("removing what an earlier replacement left aside", call, how="remove", tolerate=GONE)


def restore(context: Context) -> Step:
    """Give a container that a cut-off replacement left aside its name back."""
    leftover = context.leftover or {}
    return Step(
        "giving the container an earlier replacement left aside its name back",
        containers.rename(leftover["Id"], context.name),
    )


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
    steps = [start(context), finish(context)]
    if context.options.get("cleanup"):
        call = containers.remove(context.name, volumes=not context.options.get("keep_volumes", True), force=True)
        steps.append(Step("cleaning up container %s" % context.name, call, how="remove", tolerate=GONE))
    return steps


def finish(context: Context) -> Step:
    """Wait for the end of the container's run and fetch what it wrote."""
    return Step(
        "waiting for container %s to end" % context.name,
        containers.wait(context.name),
        how="finish",
        effect=False,
        barrier=True,
    )


def proof(context: Context) -> Step:
    """A replacement that dies with an error in its first second has failed; one that ends well has done its work."""
    return Step(
        "watching the new container %s start" % context.name,
        containers.inspect(context.name),
        how="stays_up",
        effect=False,
        limit=1.0,
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
    )


def pause(context: Context, wanted: bool) -> Step:
    """Pause or unpause."""
    if wanted:
        return Step("pausing container %s" % context.name, containers.pause(context.name))
    return Step("unpausing container %s" % context.name, containers.unpause(context.name))


def restart(context: Context) -> Step:
    """Restart a running container."""
    timeout = context.options.get("stop_timeout")
    patience = float(10 if timeout is None else timeout)
    return Step(
        "restarting container %s" % context.name, containers.restart(context.name, timeout=timeout), patience=patience
    )


def connect_rest(context: Context) -> List[Step]:
    """Connect a new container to the networks that did not go into the create call."""
    wanted = context.want.get("networks") or []
    done = [one["name"] for one in endpoints_at_create(wanted, context)]
    return [_connect(context, one) for one in wanted if one["name"] not in done]


def _connect(context: Context, one: Mapping[str, Any]) -> Step:
    call = networks.connect(one["name"], context.name, endpoint_settings(one) or None)
    return Step("connecting container %s to network %s" % (context.name, one["name"]), call)


def _disconnect(context: Context, there: Mapping[str, Any]) -> Step:
    name, back = there["name"], networks.connect(there["name"], context.name, endpoint_settings(there) or None)
    undo = (Step("connecting it to network %s again" % name, back),)
    call = networks.disconnect(name, context.name, force=True)
    return Step("disconnecting container %s from network %s" % (context.name, name), call, undo=undo)


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
        steps.append(_connect(context, one))
    return steps + [_disconnect(context, one) for one in have if strict and one["name"] not in right]
