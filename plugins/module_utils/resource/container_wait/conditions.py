# SPDX-License-Identifier: GPL-3.0-or-later
"""What is waited for, and whether a container is so. Pure."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from ...values.errors import InvalidOption
from ..container.named import check_name

NAME = "container_wait"
RUNNING, HEALTHY, EXITED, REMOVED, LOGGED = CONDITIONS = ("running", "healthy", "exited", "removed", "logged")
_CONDITION: Dict[str, Dict[str, Any]] = {
    "condition": {"type": "str", "choices": list(CONDITIONS), "default": HEALTHY},
    "exit_codes": {"type": "list", "elements": "int"},
    "pattern": {"type": "str"},
}
_ONE = dict(_CONDITION, name={"type": "str", "required": True})
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    "names": {"type": "list", "elements": "str", "aliases": ["name", "container"]},
    **_CONDITION,
    "containers": {"type": "list", "elements": "dict", "options": _ONE},
    "wait_timeout": {"type": "float", "default": 300.0},
}
CONSTRAINTS: Dict[str, Any] = {"required_one_of": [("names", "containers")]}
# What has come to its end, and starts again only if somebody asks for it.
_ENDED = ("exited", "dead")


class Wanted(NamedTuple):
    """One container, and how it is to be."""

    name: str
    condition: str
    exit_codes: Optional[Tuple[int, ...]]
    pattern: Optional[str]


class Verdict(NamedTuple):
    """`met`: None while it may still come. `why` says in which state the container is."""

    met: Optional[bool]
    why: str


def wanted(options: Mapping[str, Any]) -> List[Wanted]:
    """All that is waited for."""
    found = [_wanted(name, options) for name in options.get("names") or ()]
    return found + [_wanted(one["name"], one) for one in options.get("containers") or ()]


def _wanted(name: str, options: Mapping[str, Any]) -> Wanted:
    codes = options.get("exit_codes")
    return Wanted(name, options["condition"], tuple(codes) if codes else None, options.get("pattern"))


def check(options: Mapping[str, Any]) -> None:
    """Refuse what could never come true (raises InvalidOption)."""
    if options["wait_timeout"] < 0:
        raise InvalidOption("wait_timeout", "%g is less than 0" % options["wait_timeout"])
    seen = set()
    for one in wanted(options):
        place = "names" if one.name in (options.get("names") or ()) else "containers"
        check_name(place, one.name)
        if one.name in seen:
            raise InvalidOption(place, "%s is named twice" % one.name)
        seen.add(one.name)
        _check_one(one)


def _check_one(one: Wanted) -> None:
    if (one.pattern is not None) != (one.condition == LOGGED):
        raise InvalidOption("pattern", "%s: it belongs to the condition logged, which needs it" % one.name)
    if one.exit_codes is not None and one.condition != EXITED:
        raise InvalidOption("exit_codes", "%s: they belong to the condition exited" % one.name)
    try:
        re.compile(one.pattern or "")
    except re.error as error:
        raise InvalidOption("pattern", "%r is no regular expression: %s" % (one.pattern, error)) from None


def judge(one: Wanted, document: Optional[Mapping[str, Any]], died: Optional[int]) -> Verdict:
    """Whether the container is as wanted. `died` is the status that it is known to have ended with, where it may be
    gone already. A line in the log is somebody else's to find."""
    if document is None:
        if one.condition == EXITED and died is not None:
            return _ended(one, died)
        return Verdict(True if one.condition == REMOVED else None, "is not there")
    state = document.get("State") or {}
    status = state.get("Status") or ""
    if one.condition == REMOVED:
        return Verdict(None, "is still there, %s" % status)
    if status in _ENDED:
        if one.condition == EXITED:
            return _ended(one, state.get("ExitCode") or 0)
        failed = None if one.condition == LOGGED else False
        error = ": " + state["Error"] if state.get("Error") else ""
        return Verdict(failed, "ended with status %s%s" % (state.get("ExitCode"), error))
    health = (state.get("Health") or {}).get("Status") or "none"
    if status != "running" or one.condition == EXITED:
        return Verdict(None, "is %s" % (status or "in no known state"))
    if one.condition == RUNNING or (one.condition == HEALTHY and health in ("healthy", "none")):
        return Verdict(True, "is running" if health == "none" else "is %s" % health)
    return Verdict(None, "is %s" % (health if one.condition == HEALTHY else "running"))


def _ended(one: Wanted, code: int) -> Verdict:
    return Verdict(one.exit_codes is None or code in one.exit_codes, "ended with status %d" % code)


def last_probe(document: Optional[Mapping[str, Any]]) -> str:
    """What the last run of the health check said, as a part of a sentence; empty where there was none."""
    probes: Sequence[Mapping[str, Any]] = (((document or {}).get("State") or {}).get("Health") or {}).get("Log") or ()
    if not probes:
        return ""
    said = (probes[-1].get("Output") or "").strip()
    return "the last probe ended with status %s%s" % (probes[-1].get("ExitCode"), ": " + said if said else "")
