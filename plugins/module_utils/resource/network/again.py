# SPDX-License-Identifier: GPL-3.0-or-later
"""How the making of a network anew is taken back: the new one goes, and the old one is made again.

What is done here may be tried more than once, and nobody may have heard of what was done before. So each looks at what
has the name, and does not rely on what the Engine takes for one: the beginning of an ID, another network's maybe.
"""

from __future__ import annotations

from typing import Any, Dict, Mapping

from ...engine.api import networks
from ...engine.call import ApiVersion
from ...engine.client import Engine
from ...engine.errors import Conflict
from ...state.outcome import Outcome
from ...state.step import Step
from . import performers
from .named import look


def as_it_was(document: Mapping[str, Any], api_version: ApiVersion) -> Dict[str, Any]:
    """What made the network of an inspect document (POST /networks/create)."""
    made: Dict[str, Any] = {"Name": document["Name"], "Driver": document.get("Driver") or ""}
    if api_version < (1, 44):
        made["CheckDuplicate"] = True
    for key in ("Internal", "Attachable", "Ingress", "EnableIPv6", "ConfigOnly"):
        if document.get(key):
            made[key] = True
    if document.get("EnableIPv4") is False:  # the only one that is true where nothing is said
        made["EnableIPv4"] = False
    if (document.get("ConfigFrom") or {}).get("Network"):  # the rest comes from there
        return dict(made, ConfigFrom=document["ConfigFrom"], Scope=document.get("Scope") or "")
    ipam = document.get("IPAM") or {}
    made["IPAM"] = {key: value for key, value in ipam.items() if value and key in ("Driver", "Options", "Config")}
    made["Options"], made["Labels"] = document.get("Options") or {}, document.get("Labels") or {}
    if document.get("ConfigOnly"):
        made["Driver"] = "bridge"  # shown as null, and refused as that
    return made


def remove_new(engine: Engine, step: Step, outcome: Outcome) -> None:
    """Remove the network that has the name, but for one that is as the old one was."""
    name, old = step.data
    found = look(engine, name)
    if found is not None and (old is None or as_it_was(found, engine.api_version) != old):
        performers.remove(engine, step._replace(call=networks.remove(found["Id"])), outcome)


def make_again(engine: Engine, step: Step, outcome: Outcome) -> None:
    """Make the old network, unless it is there: it never was removed, or has been made again. Raises Conflict where
    another one has its name, such as a new one whose making went unanswered, and was still under way."""
    try:
        performers.create(engine, step, outcome)
    except Conflict:
        found = look(engine, step.call.body["Name"])
        if found is None or as_it_was(found, engine.api_version) != step.call.body:
            raise
