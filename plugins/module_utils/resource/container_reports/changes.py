# SPDX-License-Identifier: GPL-3.0-or-later
"""container_changes: what differs between a container's file system and its image."""

from __future__ import annotations

from typing import Any, Dict, Mapping

from ...engine.api import container_files
from ...engine.client import Engine
from ..answers import mappings
from ..container.named import NAMED, check_named, existing, name_of

NAME = "container_changes"
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = dict(NAMED)
_KINDS = {0: "modified", 1: "added", 2: "deleted"}
check = check_named


def report(engine: Engine, options: Mapping[str, Any]) -> Dict[str, Any]:
    """The paths, in order."""
    document = existing(engine, options["name"])
    found = mappings(engine, container_files.changes(name_of(document)))
    entries = [{"path": one["Path"], "kind": _KINDS.get(one["Kind"], str(one["Kind"]))} for one in found]
    return {"changes": sorted(entries, key=lambda one: one["path"])}
