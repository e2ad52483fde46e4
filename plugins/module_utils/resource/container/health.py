# SPDX-License-Identifier: GPL-3.0-or-later
"""Health checks."""

from __future__ import annotations

from typing import Any, Dict, Mapping

from ...engine.call import ApiVersion
from ...state.compare import DICT, STRICT, holds
from ...state.field import UNKNOWN
from ...values.healthchecks import parse_healthcheck
from .context import Context


def parse(value: Mapping[str, Any], context: Context) -> Dict[str, Any]:
    if value.get("test") is None and not value.get("test_cli_compatible") and any(value.values()):
        context.warnings.append(
            "The option healthcheck has no test, so it switches the check off, and the rest of it has no effect. "
            "test_cli_compatible: true keeps the image's test"
        )
    return nonzero(parse_healthcheck(value))  # the Engine takes 0 for "not given"


def need(wanted: Mapping[str, Any]) -> Dict[str, ApiVersion]:
    """Suboptions in use -> the API version they need."""
    return {"start_interval": (1, 44)} if wanted.get("StartInterval") else {}


def same(have: Dict[str, Any], want: Dict[str, Any], rule: str, context: Context) -> bool:
    if want.get("Test") == ["NONE"]:
        return have.get("Test") in (None, [], ["NONE"])
    if rule == STRICT:
        base = context.from_image("Healthcheck", {})
        want = want if base is UNKNOWN else dict(base, **want)
    return holds(DICT, rule, have, want)


def nonzero(value: Any, _context: Any = None) -> Dict[str, Any]:
    return {key: item for key, item in (value or {}).items() if item not in (None, 0, [])}
