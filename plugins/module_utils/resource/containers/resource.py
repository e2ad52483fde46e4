# SPDX-License-Identifier: GPL-3.0-or-later
"""The module `containers`: its options, and how it is run."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from ...state.member import Member
from ...values.errors import InvalidOption
from ..container.resource import CONTAINER
from .members import MEMBER_OPTIONS, behind_what_goes, members, not_listed
from .shared_engine import SharedEngine

# More at once do not help: the Engine, not the network, is what is waited for. So many connections are kept.
MOST_AT_ONCE = 8
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    "containers": {"type": "list", "elements": "dict", "required": True},
    "defaults": {"type": "dict", "default": {}},
    "project": {"type": "str"},
    "purge": {"type": "bool", "default": False},
    "parallelism": {"type": "int", "default": 6},
}
CONSTRAINTS: Dict[str, Any] = {"required_if": [("purge", True, ["project"])]}
# What one entry of the list takes: the options of `container`, and those that are about its place among the others.
ENTRY: Dict[str, Any] = dict(CONTAINER.constraints, argument_spec=dict(CONTAINER.argument_spec, **MEMBER_OPTIONS))
_NOT_FOR_ALL = ("name", "depends_on")


def check(options: Mapping[str, Any]) -> None:
    """Refuse what is wrong with the options that are not about one container. Raises InvalidOption."""
    if not 1 <= options["parallelism"] <= MOST_AT_ONCE:
        raise InvalidOption("parallelism", "must be from 1 to %d, not %d" % (MOST_AT_ONCE, options["parallelism"]))
    for name in _NOT_FOR_ALL:
        if name in options["defaults"]:
            raise InvalidOption("defaults", "%s cannot be the same for all containers" % name)


def needs_node(options: Mapping[str, Any]) -> str:
    """As Task.needs_node: the reason of the first entry that has one."""
    for entry in options["containers"]:
        reason = CONTAINER.needs_node(dict(options["defaults"], **entry))
        if reason:
            return reason
    return ""


def given(options: Mapping[str, Any]) -> List[Dict[str, Any]]:
    """The entries as the user means them, to be validated by ENTRY."""
    defaults = _unaliased(options["defaults"])
    return [dict(defaults, **_unaliased(entry)) for entry in options["containers"]]


def _unaliased(given: Mapping[str, Any]) -> Dict[str, Any]:
    """By the names of options: an alias in one place and the name in the other are one option."""
    names = {alias: name for name, spec in CONTAINER.argument_spec.items() for alias in spec.get("aliases", ())}
    return {names.get(str(name), str(name)): value for name, value in given.items()}


def listed(entries: List[Dict[str, Any]], options: Mapping[str, Any]) -> List[Member]:
    """The members that validated entries name. Raises InvalidOption."""
    for entry in entries:
        CONTAINER.check(entry)
    return members(entries, options.get("project") or "")


def with_purged(engine: Any, options: Mapping[str, Any], there: List[Member], removal: Dict[str, Any]) -> List[Member]:
    """The members, and with purge those that the task does not name; `removal` are the validated options for these.
    What is to stop or to go is seen to first."""
    names = [one.name for one in there]
    more = not_listed(engine, options["project"], names, removal) if options["purge"] else []
    return behind_what_goes(there + more)


def foretell(engine: SharedEngine, name: str, values: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """In check mode: those that come after see the container that this one's plan would have made."""
    if values.get("replaced_because") or before.get("exists") is False:
        document = {"Id": "(known when it has been made)", "Name": "/" + name}
        engine.foretell("/containers/%s/json" % name, document)
