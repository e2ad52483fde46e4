# SPDX-License-Identifier: GPL-3.0-or-later
"""What a registry says of an image."""

from __future__ import annotations

from typing import Optional
from urllib.parse import quote

from ..call import Call


def inspect(image: str, registry_auth: Optional[str] = None) -> Call:
    """Ask the registry for digest and platforms; nothing is pulled (GET /distribution/{name}/json)."""
    return Call(
        "GET",
        "/distribution/%s/json" % quote(image, safe="/:@"),
        since=(1, 30),
        headers={"X-Registry-Auth": registry_auth},
    )
