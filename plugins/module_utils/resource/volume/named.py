# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
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
