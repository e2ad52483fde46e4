# SPDX-License-Identifier: GPL-3.0-or-later
"""Health checks."""

from __future__ import annotations

from typing import Any, Dict, Mapping

from ...engine.call import ApiVersion
from ...state.compare import DICT, STRICT, holds
from ...state.field import UNKNOWN
from ...values.healthchecks import parse_healthcheck
from .context import Context


def parse(value: Mapping[str, Any], _context: Context) -> Dict[str, Any]:
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
