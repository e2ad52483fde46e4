# SPDX-License-Identifier: GPL-3.0-or-later
"""The members of a list of containers: the options of each, whom it waits for, and who is not listed any more."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Sequence, Tuple

from ...engine.api import containers
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...state.member import Member
from ...state.step import Step
from ...values.errors import InvalidOption
from .order import COMPLETED, HEALTHY, STARTED, Dependency, dependencies, predecessors, runs, used

PROJECT_LABEL = "longshore.docker.project"
# Options of a member that are not the container's own.
MEMBER_OPTIONS: Dict[str, Dict[str, Any]] = {"depends_on": {"type": "raw"}}


def members(entries: Sequence[Mapping[str, Any]], project: str) -> List[Member]:
    """One for each entry of validated options. Raises InvalidOption: two of a name, and what order.py refuses."""
    by_name: Dict[str, Mapping[str, Any]] = {}
    for entry in entries:
        name = entry["name"].lstrip("/")
        if name in by_name:
            raise InvalidOption("containers", "%s is listed twice" % name)
        by_name[name] = entry
    wanted = {
        name: dependencies("containers: depends_on of %s" % name, entry.get("depends_on"))
        for name, entry in by_name.items()
    }
    for name, some in wanted.items():
        unknown = [one.name for one in some if one.name not in by_name]
        if unknown:
            raise InvalidOption("containers", "%s depends on %s, which is not listed" % (name, ", ".join(unknown)))
    needs = {
        name: sorted(({one.name for one in some} | used(by_name[name])) & set(by_name)) for name, some in wanted.items()
    }
    before = predecessors({name: entry["state"] for name, entry in by_name.items()}, needs)
    return [
        Member(name, _options(entry, project), frozenset(before[name]), _waits(name, entry, wanted[name]))
        for name, entry in by_name.items()
    ]


def behind_what_goes(some: Sequence[Member]) -> List[Member]:
    """The same, what is to run behind what is to stop or to go: that may hold a port, an address or a mount."""
    going = frozenset(one.name for one in some if not runs(one.options["state"]))
    return [one._replace(behind=going) if runs(one.options["state"]) else one for one in some]


def _options(entry: Mapping[str, Any], project: str) -> Dict[str, Any]:
    options = {name: value for name, value in entry.items() if name not in MEMBER_OPTIONS}
    if project and options["state"] != "absent" and options.get("image"):
        options["labels"] = dict(options.get("labels") or {}, **{PROJECT_LABEL: project})
    return options


def _waits(name: str, entry: Mapping[str, Any], wanted: Sequence[Dependency]) -> Tuple[Step, ...]:
    """What is waited for before this one is changed; one that is to go waits for nothing."""
    if not runs(entry["state"]):
        return ()
    limit = max(entry["healthy_wait_timeout"] or 0, 0)
    steps = []
    for one in wanted:
        if one.condition == STARTED:
            continue
        doing = "waiting for container %s to be %s, on which %s depends" % (one.name, one.condition, name)
        if one.condition == HEALTHY:
            steps.append(Step(doing, containers.inspect(one.name), how="healthy", effect=False, limit=limit))
        elif one.condition == COMPLETED:
            steps.append(Step(doing, containers.wait(one.name), how=_completed, effect=False, limit=limit))
    return tuple(steps)


def _completed(engine: Engine, step: Step, _outcome: Any) -> None:
    """POST /containers/{id}/wait answers at once for one that has ended."""
    answer = engine.send(step.call, timeout=step.limit)
    if answer.get("StatusCode") != 0:
        raise EngineError("it ended with status %s" % answer.get("StatusCode"))


def not_listed(engine: Engine, project: str, names: Sequence[str], options: Mapping[str, Any]) -> List[Member]:
    """Members, with these options, for the project's containers that are not among the names: they are to go."""
    call = containers.list_(all_=True, filters={"label": ["%s=%s" % (PROJECT_LABEL, project)]})
    found = []
    for one in engine.get(call) or ():
        own = [name[1:] for name in one.get("Names") or () if name.count("/") == 1]
        name = own[0] if own else one["Id"]
        if name not in names and not name.endswith(".replaced"):
            found.append(Member(name, dict(options, name=name), frozenset(), ()))
    return sorted(found)
