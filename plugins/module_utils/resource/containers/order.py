# SPDX-License-Identifier: GPL-3.0-or-later
"""In which order many containers are seen to, from what each says that it depends on. Pure."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, NamedTuple, Sequence, Set, Tuple

from ...values.errors import InvalidOption

STARTED, HEALTHY, COMPLETED = "started", "healthy", "completed"
# Compose's words for the same.
_WORDS = {
    "service_started": STARTED,
    "service_healthy": HEALTHY,
    "service_completed_successfully": COMPLETED,
    STARTED: STARTED,
    HEALTHY: HEALTHY,
    COMPLETED: COMPLETED,
}
# Options by which a container uses another one of the same list, as `container:NAME` or `NAME[:more]`.
_NAMESPACES = ("network_mode", "ipc_mode", "pid_mode")
_LISTS = ("volumes_from", "links")


class Dependency(NamedTuple):
    """`name` has to be there, and as `condition` says, before the one that depends on it is started."""

    name: str
    condition: str = STARTED


def dependencies(where: str, given: Any) -> Tuple[Dependency, ...]:
    """Read depends_on: a list of names, or names with a condition each. Raises InvalidOption; `where` names it."""
    if given is None:
        return ()
    if isinstance(given, str):
        given = [given]
    if isinstance(given, (list, tuple)):
        given = {str(name): STARTED for name in given}
    if not isinstance(given, Mapping):
        raise InvalidOption(where, "must be a list of names, or names with a condition each")
    found = []
    for name, condition in given.items():
        word = condition.get("condition", STARTED) if isinstance(condition, Mapping) else condition
        if word not in _WORDS:
            raise InvalidOption(where, "%s: %r is no condition; give started, healthy or completed" % (name, word))
        found.append(Dependency(str(name).lstrip("/"), _WORDS[word]))
    return tuple(found)


def used(options: Mapping[str, Any]) -> Set[str]:
    """The names of containers whose namespaces, volumes or names these options use."""
    found = set()
    for option in _NAMESPACES:
        kind, _colon, name = (options.get(option) or "").partition(":")
        if kind == "container" and name:
            found.add(name)
    for option in _LISTS:
        found.update(str(one).partition(":")[0] for one in options.get(option) or ())
    return found


def runs(state: str) -> bool:
    """Whether a container of this state runs in the end, or may."""
    return state in (STARTED, HEALTHY, "present")


def predecessors(states: Mapping[str, str], needs: Mapping[str, Sequence[str]]) -> Dict[str, Set[str]]:
    """Whom each container has to wait for: what it needs, or, where both are to go, those that need it.

    `states` are the wanted states of all by name, `needs` whom each depends on. Raises InvalidOption for what depends
    on itself, and for one that is to run while what it depends on is to go.
    """
    before: Dict[str, Set[str]] = {name: set() for name in states}
    for name, wanted in needs.items():
        for other in wanted:
            if runs(states[name]) and not runs(states[other]):
                raise InvalidOption(
                    "containers",
                    "%s is to be %s, but depends on %s, which is to be %s" % (name, states[name], other, states[other]),
                )
            if runs(states[name]):
                before[name].add(other)
            elif not runs(states[other]):
                before[other].add(name)
    _refuse_cycles(before)
    return before


def _refuse_cycles(before: Mapping[str, Set[str]]) -> None:
    left = {name: set(others) for name, others in before.items()}
    while left:
        free = [name for name, others in left.items() if not others & set(left)]
        if not free:
            raise InvalidOption("containers", "these depend on each other: %s" % ", ".join(_cycle(left)))
        for name in free:
            del left[name]


def _cycle(left: Mapping[str, Set[str]]) -> List[str]:
    """One way round: from any that is left, on to what it waits for, until a name comes again."""
    way: List[str] = [min(left)]
    while True:
        following = min(left[way[-1]] & set(left))
        if following in way:
            return way[way.index(following) :] + [following]
        way.append(following)
