# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers whose shape is looked at before they are used: whoever answers may be no Engine."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from ..engine.call import Call
from ..engine.client import Engine
from ..engine.errors import ConnectionFailed


def mapping(engine: Engine, call: Call, timeout: Optional[float] = None) -> Dict[str, Any]:
    """A JSON object; an empty one where nothing was answered. Raises ConnectionFailed for anything else."""
    found = engine.send(call, timeout=timeout)
    if found is not None and not isinstance(found, dict):
        raise _another_shape(engine)
    return found or {}


def mappings(engine: Engine, call: Call) -> List[Dict[str, Any]]:
    """A list of JSON objects; null is an empty one. Raises ConnectionFailed for anything else."""
    found = engine.send(call)
    if found is not None and not (isinstance(found, list) and all(isinstance(one, dict) for one in found)):
        raise _another_shape(engine)
    return found or []


def _another_shape(engine: Engine) -> ConnectionFailed:
    what = (engine.endpoint, engine.history[-1])
    return ConnectionFailed("The Engine at %s answered %s with what an Engine would not say" % what)
