# SPDX-License-Identifier: GPL-3.0-or-later
"""The network of a name."""

from __future__ import annotations

from typing import Any, Dict, Optional

from ...engine.api import networks
from ...engine.client import Engine
from ...engine.errors import ApiError

DIGITS = 12  # of an ID, that people are shown


def look(engine: Engine, name: str) -> Optional[Dict[str, Any]]:
    """The network of that name, or with that ID; None for none.

    The Engine takes any beginning of an ID (GET /networks/{id}); one shorter than people are shown is a name here.
    Names count before IDs: what is the beginning of several IDs (400) is nobody's name.
    """
    try:
        found = engine.inspect(networks.inspect(name))
    except ApiError as error:
        if error.status == 400 and len(name) < DIGITS and "ID prefix" in error.message:
            return None
        raise
    return found if found is None or len(name) >= DIGITS or found.get("Name") == name else None
