# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tables of rows share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict

from ...state.late import Late

if TYPE_CHECKING:  # so that they are shipped
    from . import (  # noqa: F401
        command,
        devices,
        endpoints,
        environment,
        health,
        modes,
        mounts,
        names,
        node_files,
        platform,
        ports,
        privileges,
        quantities,
        updating,
        volumes,
    )

TEXTS: Dict[str, Any] = {"type": "list", "elements": "str"}


def late(place: str) -> Late:
    """A function of this package, imported when a task uses the row."""
    return Late(__package__ or "", place)
