# SPDX-License-Identifier: GPL-3.0-or-later
"""The network: how it is looked at, planned and shown."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Sequence, Tuple

from ...engine.client import Engine
from ...state.compare import STRICT, SUBSET
from ...state.field import Field
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.errors import InvalidOption
from .. import whole
from . import observe as observation
from .context import Context
from .named import look
from .table import FIELDS, argument_spec

# What the Engine refuses beside these (403 to POST /networks/create).
_NOT_WITH_CONFIG_ONLY = ("ingress", "internal", "attachable")
_NOT_WITH_CONFIG_FROM = ("driver_options", "ipam_config", "ipam_driver_options", "labels")


def _create(context: Context) -> List[Step]:
    from . import changes

    return changes.create(context)


def _remove(context: Context) -> List[Step]:
    from . import changes

    return changes.remove(context)


def _replace(context: Context) -> List[Step]:
    from . import changes

    return changes.replace(context)


def _mend(context: Context, rows: Sequence[Field]) -> List[Step]:
    from . import changes

    return changes.mend(context, rows)


WAYS = whole.Ways(_create, _remove, _replace, lambda document: {"id": document["Id"]}, "force", _mend)


def plan(context: Context) -> Plan:
    """What has to be done. Pure."""
    rules = {"connected": SUBSET if context.options.get("appends") else STRICT}
    recreate = whole.ALWAYS if context.options.get("force") else whole.WHEN_DIFFERENT
    return whole.plan(FIELDS, WAYS, recreate, context, rules)._replace(warnings=_warnings(context))


def _warnings(context: Context) -> Tuple[str, ...]:
    missing = [name for name, found in context.called.items() if found is None]
    return tuple("There is no container %s to be connected to network %s" % (one, context.name) for one in missing)


def check(options: Mapping[str, Any]) -> None:
    """Refuse bad input. Raises InvalidOption; touches nothing and asks nothing."""
    if not options["name"].strip():
        raise InvalidOption("name", "a network has to have a name")
    if options["state"] == "absent":
        return
    whole.wanted(FIELDS, Context(options, (99, 0)))
    if options.get("config_only"):
        _refuse(options, "config_only", _NOT_WITH_CONFIG_ONLY, "networks that only hold a configuration have none")
        if options.get("config_from"):
            raise InvalidOption("config_from", "cannot be combined with config_only: true")
    if options.get("config_from"):
        _refuse(options, "config_from", _NOT_WITH_CONFIG_FROM, "it comes from network %s" % options["config_from"])


def _refuse(options: Mapping[str, Any], beside: str, names: Sequence[str], why: str) -> None:
    for name in names:
        if options.get(name):
            raise InvalidOption(name, "cannot be combined with %s: %s" % (beside, why))


def _facts(engine: Engine, context: Context, made: Plan, done: bool) -> Dict[str, Any]:
    if context.options["state"] == "absent":
        return {}
    return {"network": look(engine, context.name) if done and made.steps else context.document}


NETWORK = Resource(
    "network", argument_spec(), observation.observe, plan, _facts, observation.refine, {}, check, always_diff=True
)
