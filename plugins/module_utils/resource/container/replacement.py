# SPDX-License-Identifier: GPL-3.0-or-later
"""How one container takes another's place, what brings the old one back, and what a cut-off replacement left. Pure.

docs/replacement.md says what users may rely on.
"""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Tuple

from ...engine.api import containers, networks
from ...state.step import Step
from .context import Context
from .endpoints import as_asked, observed
from .lifecycle import GONE, IN_THAT_STATE, connect_rest, create, healthy, remove, run, start, stop, stop_seconds
from .observe import aside

_PROOF_SECONDS = 1.0
# What the Engine needs to kill and to remove a container, besides what it waits for it to end by itself.
_KILLED_WITHIN, _REMOVED_WITHIN = 5.0, 60.0


def replace(context: Context, body: Mapping[str, Any], runs: bool) -> List[Step]:
    """Make the new container while the old one is kept aside; remove the old one when the new one has proved itself."""
    old = context.container or {}
    made = create(context, body)._replace(ours=True, taken_back="")
    steps = [_set_aside(context, old), made] + connect_rest(context)
    if _running(old):
        from .new_networks import look_for_networks

        steps = look_for_networks(context) + steps + _stop_old(context, old)
    if runs and context.options.get("detach") is False:
        removal = _remove_old(context, old, False)  # a job is started once
        job = run(context)  # the job's own status is the task's result; the old one only has to make room
        return steps + job[:1] + [removal] + job[1:]
    removal = _remove_old(context, old, runs)
    if runs:
        steps.append(start(context))
        steps.append(_proof(context) if context.options["state"] != "healthy" else healthy(context, barrier=False))
    return steps + [removal]


def _stop_old(context: Context, old: Mapping[str, Any]) -> List[Step]:
    """Setting it aside is taken back last, and starts it: the new one has to give up ports and addresses before. And a
    stop whose reply was lost may be under way: it would end what is started meanwhile."""
    name = context.name
    look = containers.inspect(old["Id"])
    # A container that is never killed may take any time.
    limit = max(stop_seconds(context, old), 0) + _KILLED_WITHIN
    undo: Tuple[Step, ...] = (
        Step("waiting for the stop of the old container %s" % name, look, how="ended", limit=limit),
    )
    words = ""
    if _removes_itself(old):
        undo += (Step("waiting for the old container %s to be gone" % name, look, how="gone", limit=_REMOVED_WITHIN),)
        words = (
            "The old container, which the Engine removes when it stops (auto_remove), was made again if it had stopped"
        )
    steps = stop(context, old)
    # What thaws it has an undo of its own, which is not needed here.
    ends = [step.effect and not step.undo for step in steps]
    return [step._replace(undo=undo if end else (), ours=end, taken_back=words) for step, end in zip(steps, ends)]


def _remove_old(context: Context, old: Mapping[str, Any], runs: bool) -> Step:
    step = remove(context, old, "the old container %s" % context.name)
    left = "The new container is in place. The old one is left as %s: whatever changes %s next removes it too"
    return step._replace(
        # By force: an Engine that was restarted meanwhile may have started it.
        call=step.call._replace(query=dict(step.call.query, force=True)),
        revive=(start(context),) if runs else (),
        left=left % (aside(context.name), context.name),
    )


def _running(container: Mapping[str, Any]) -> bool:
    return bool((container.get("State") or {}).get("Running"))


def _removes_itself(container: Mapping[str, Any]) -> bool:
    return bool((container.get("HostConfig") or {}).get("AutoRemove"))


def _set_aside(context: Context, old: Mapping[str, Any]) -> Step:
    name = context.name
    return Step(
        "renaming the old container %s aside" % name,
        containers.rename(old["Id"], aside(name)),
        undo=_put_back(context, old),
        ours=True,
        taken_back="The old container was put back, and is as it was",
        left="The old container may be left as %s: this task, run again, puts it back" % aside(name),
    )


def _put_back(context: Context, old: Mapping[str, Any]) -> Tuple[Step, ...]:
    """What brings the old container back, whatever became of it: the Engine may have been restarted meanwhile."""
    name, ident = context.name, old["Id"]
    gone = GONE if _running(old) and _removes_itself(old) else ()
    # 400: it has that name already.
    steps = [Step("giving the old container its name back", containers.rename(ident, name), tolerate=(400,) + gone)]
    if not _running(old):
        return tuple(steps)
    if gone:
        ident = name
        steps += _make_again(context, old)
    paused = bool((old.get("State") or {}).get("Paused"))
    there = IN_THAT_STATE if paused else ()
    steps.append(Step("starting the old container again", containers.start(ident), tolerate=there))
    if paused:
        steps.append(Step("pausing the old container again", containers.pause(ident), tolerate=there))
    return tuple(steps)


def _make_again(context: Context, old: Mapping[str, Any]) -> List[Step]:
    """Make a container as an inspect document shows it, unless it is there (409), in all its networks (403)."""
    config, host = _stated(old.get("Config") or {}), _stated(old.get("HostConfig") or {})
    if config.get("Hostname") == old["Id"][:12]:
        del config["Hostname"]
    endpoints = {one["name"]: as_asked(one, old) for one in observed(old, context)}
    mode = host.get("NetworkMode")
    main = {name: one for name, one in endpoints.items() if name == mode}
    body = dict(config, HostConfig=host, NetworkingConfig={"EndpointsConfig": main})
    made = [Step("making the old container again", containers.create(context.name, body), tolerate=IN_THAT_STATE)]
    for name, one in endpoints.items():
        if name not in main and mode != "default":
            call = networks.connect(name, context.name, one)
            made.append(Step("connecting the old container to network %s again" % name, call, tolerate=(403,)))
    return made


def _stated(document: Mapping[str, Any]) -> Dict[str, Any]:
    """Without the nulls, and the empty words at the top, that an Engine shows but does not want to be told."""
    return {name: _without_nulls(one) for name, one in document.items() if one not in (None, "")}


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(one) for name, one in value.items() if one is not None}
    return value


def _proof(context: Context) -> Step:
    """A replacement that dies with an error in its first second has failed; one that ends well has done its work."""
    return Step(
        "watching the new container %s start" % context.name,
        containers.inspect(context.name),
        how="stays_up",
        effect=False,
        limit=_PROOF_SECONDS,
    )


def must_be_restored(context: Context) -> bool:
    """Whether what was left aside is better than its successor: there is none, or it should run and does not."""
    if context.leftover is None or context.container is None:
        return context.leftover is not None
    state = context.container.get("State") or {}
    if context.options["state"] == "healthy" and (state.get("Health") or {}).get("Status") not in ("healthy", None):
        return True
    up = bool(state.get("Running")) and not state.get("Restarting")
    return not up and _is_to_run(context)


def _is_to_run(context: Context) -> bool:
    wanted = context.options["state"]
    return wanted in ("started", "healthy") or (wanted == "present" and _ran(context))


def _ran(context: Context) -> bool:
    """Whether what was left aside runs, or did when its successor was made, which has yet to be started."""
    left, successor = (context.leftover or {}).get("State") or {}, context.container or {}
    waits = (successor.get("State") or {}).get("Status") == "created"
    return bool(left.get("Running")) or (waits and (left.get("FinishedAt") or "") > (successor.get("Created") or "~"))


def restore(context: Context) -> List[Step]:
    """Bring back what a cut-off replacement left aside, running where it has to run; an unproven successor goes."""
    steps: List[Step] = []
    name, leftover = context.name, context.leftover or {}
    if context.container is not None:
        call = containers.remove(context.container["Id"], volumes=True, force=True)
        doing = "removing container %s, which an earlier, interrupted replacement made" % name
        steps.append(Step(doing, call, how="remove", tolerate=GONE))
    doing = "giving %s, which an interrupted replacement left, its name %s back" % (aside(name), name)
    steps.append(Step(doing, containers.rename(leftover["Id"], name)))
    if _is_to_run(context) and not _running(leftover):
        # Where it does not start any more, what comes next will say so.
        call = containers.start(leftover["Id"])
        steps.append(Step("starting container %s again" % name, call, tolerate=(400, 404, 409, 500)))
    return steps


def restored(context: Context) -> Dict[str, Any]:
    """The document of the container that `restore` brought back."""
    leftover = dict(context.leftover or {}, Name="/" + context.name)
    if _is_to_run(context):
        leftover["State"] = dict(leftover.get("State") or {}, Running=True)
    return leftover


def remove_leftover(context: Context) -> Step:
    """Remove what a cut-off replacement left aside although its successor is there."""
    leftover = context.leftover or {}
    call = containers.remove(leftover["Id"], volumes=not context.options.get("keep_volumes", True), force=True)
    doing = "removing %s, which an interrupted replacement left" % aside(context.name)
    return Step(doing, call, how="remove", tolerate=GONE)
