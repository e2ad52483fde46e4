# SPDX-License-Identifier: GPL-3.0-or-later
"""What has to be wrong with the options before the Engine is looked for, and the defaults of old playbooks."""

from __future__ import annotations

import re
from typing import Any, Dict, Mapping

from ...state.compare import STRICT
from ...values.errors import InvalidOption
from .context import Context
from .table import FIELDS

# What POST /containers/create takes.
_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+\Z")
# Playbooks may name it there, though it is no property of a container.
_NOTHING_TO_COMPARE = ("detach",)
# Asked to be strict, and not given: the container may have what its image supplies, and no more.
_STRICTLY_THE_IMAGES: Dict[str, Any] = {"env": {}, "exposed_ports": [], "volumes": []}
_OLD_DEFAULTS = {
    "auto_remove": False,
    "detach": True,
    "init": False,
    "interactive": False,
    "memory": "0",
    "paused": False,
    "privileged": False,
    "read_only": False,
    "tty": False,
}


def with_defaults(options: Mapping[str, Any]) -> Dict[str, Any]:
    """The options with what container_default_behavior: compatibility supplies."""
    found = dict(options)
    if found.get("container_default_behavior") == "compatibility":
        for name, value in _OLD_DEFAULTS.items():
            if found.get(name) is None:
                found[name] = value
    return found


def comparisons(options: Mapping[str, Any]) -> Dict[str, str]:
    """The user's comparisons by row name. Raises InvalidOption."""
    if not options.get("comparisons"):
        return {}
    from ...state.comparisons import by_row

    given = options["comparisons"]
    return by_row(FIELDS, {name: given[name] for name in given if name not in _NOTHING_TO_COMPARE})


def check(options: Mapping[str, Any]) -> None:
    """Refuse bad input. Raises InvalidOption; touches nothing and asks nothing.

    What is to be absent has no properties: a playbook may leave those of the container that was there as they are."""
    name = options["name"][1:] if options["name"][:1] == "/" else options["name"]
    if not _NAME.match(name):
        raise InvalidOption(
            "name",
            "%r is no name of a container: two or more letters, digits, _ . and -, the first a letter or digit"
            % options["name"],
        )
    if options["state"] == "absent":
        return
    comparisons(options)
    context = Context(with_defaults(options), (99, 0))
    context.want = wanted(context)
    if context.want.get("restart_retries") and context.want.get("restart_policy") in ("always", "unless-stopped", "no"):
        raise InvalidOption(
            "restart_retries", "only restart_policy on-failure counts retries, not %s" % context.want["restart_policy"]
        )
    if context.want.get("cpus") and (context.want.get("cpu_quota") or context.want.get("cpu_period")):
        raise InvalidOption("cpus", "cannot be combined with cpu_quota or cpu_period: they set the same limit")
    if context.want.get("network_mode"):
        from .modes import check_shared

        check_shared(context.want)
    if context.want.get("auto_remove") and context.want.get("restart_policy") not in (None, "no"):
        raise InvalidOption("auto_remove", "cannot be combined with restart_policy %s" % context.want["restart_policy"])


def wanted(context: Context) -> Dict[str, Any]:
    """The canonical value of each row the task names. Raises InvalidOption."""
    found = {}
    for field in FIELDS:
        value = field.wanted(context)
        if value is not None:
            found[field.name] = value
    rules = comparisons(context.options)
    for name, nothing in _STRICTLY_THE_IMAGES.items():
        if name not in found and rules.get(name, rules.get("*")) == STRICT:
            found[name] = nothing
    return found
