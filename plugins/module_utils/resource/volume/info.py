# SPDX-License-Identifier: GPL-3.0-or-later
"""volume_info: the documents of volumes."""

from __future__ import annotations

from typing import List

from ...engine.api import volumes
from ...engine.client import Engine
from ...engine.errors import ConnectionFailed
from ...values.filters import Filters
from ..documents import Kind
from .named import look


def _listed(engine: Engine, filters: Filters) -> List[str]:
    found = engine.send(volumes.list_(filters=filters))
    if not isinstance(found, dict):
        raise ConnectionFailed("The Engine answered GET /volumes with what is no list of volumes")
    return [one["Name"] for one in found.get("Volumes") or ()]


VOLUMES = Kind("volume", look, _listed, aliases=["volume_name"])
