# SPDX-License-Identifier: GPL-3.0-or-later
"""The volume of a name."""

from __future__ import annotations

from typing import Any, Dict, Optional

from ...engine.api import volumes
from ...engine.client import Engine
from ...engine.errors import ConnectionFailed


def look(engine: Engine, name: str) -> Optional[Dict[str, Any]]:
    """The volume of that name; None for none. Volumes have no ID (GET /volumes/{name})."""
    found = engine.get(volumes.inspect(name))
    if found is None or (isinstance(found, dict) and "Name" in found):
        return found
    raise ConnectionFailed("The Engine answered GET /volumes/%s with what is no description of a volume" % name)
