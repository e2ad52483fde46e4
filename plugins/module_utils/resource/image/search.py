# SPDX-License-Identifier: GPL-3.0-or-later
"""Searching a registry for images."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from ...engine.api import image_transfer
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...values.errors import InvalidOption

ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    "term": {"type": "str", "required": True},
    "limit": {"type": "int"},
    "official": {"type": "bool"},
    "stars": {"type": "int"},
}


def look(engine: Engine, options: Mapping[str, Any]) -> Dict[str, Any]:
    """What the registry's search gives (GET /images/search), best first."""
    filters: Dict[str, List[str]] = {}
    if options["official"] is not None:
        filters["is-official"] = ["true" if options["official"] else "false"]
    if options["stars"] is not None:
        filters["stars"] = [str(options["stars"])]
    try:
        found = engine.send(image_transfer.search(options["term"].strip(), options["limit"], filters or None))
    except EngineError as error:
        where, slash, _rest = options["term"].partition("/")
        registry = where if slash and (set(where) & set(".:")) else "docker.io"
        raise EngineError(
            "Failed while searching the registry %s for %s: %s. Docker Hub can be searched, and so can registries that "
            "offer the first version of the search API; most others do not"
            % (registry, options["term"], str(error).rstrip("."))
        ) from error
    return {"images": found or []}


def check(options: Mapping[str, Any]) -> None:
    """Raises InvalidOption."""
    if not options["term"].strip():
        raise InvalidOption("term", "an empty text finds nothing")
    limit = options["limit"]
    if limit is not None and not 1 <= limit <= 100:
        raise InvalidOption("limit", "%d is not between 1 and 100" % limit)
