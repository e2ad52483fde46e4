# SPDX-License-Identifier: GPL-3.0-or-later
"""container_info: the documents of containers."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from ...engine.api import containers
from ...engine.client import Engine
from ...values.errors import InvalidOption, InvalidValue
from ...values.filters import encode_filters
from ..container.named import check_name, check_names, look

NAME = "container_info"
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    "name": {"type": "str"},
    "names": {"type": "list", "elements": "str"},
    "filters": {"type": "dict"},
}
CONSTRAINTS: Dict[str, Any] = {
    "mutually_exclusive": [("name", "names", "filters")],
    "required_one_of": [("name", "names", "filters")],
}


def check(options: Mapping[str, Any]) -> None:
    """Refuse names that are none, and filters that the Engine could not be told."""
    if options.get("name") is not None:
        check_name("name", options["name"])
    check_names("names", options.get("names") or ())
    try:
        encode_filters(options.get("filters"))
    except InvalidValue as error:
        raise InvalidOption("filters", error) from None


def report(engine: Engine, options: Mapping[str, Any]) -> Dict[str, Any]:
    """One container as `container`, all as `containers`. One that goes away while they are looked at is left out."""
    if options.get("name") is not None:
        found = look(engine, options["name"])
        return {"exists": found is not None, "container": found, "containers": [found] if found else []}
    if options.get("names") is not None:
        documents = [look(engine, name) for name in options["names"]]
        return {"exists": None not in documents, "containers": [one for one in documents if one is not None]}
    there = _listed(engine, options["filters"])
    return {"exists": bool(there), "containers": there}


def _listed(engine: Engine, filters: Mapping[str, Any]) -> List[Dict[str, Any]]:
    listed = engine.documents(containers.list_(all_=True, filters=encode_filters(filters)))
    documents = [engine.inspect(containers.inspect(one["Id"])) for one in listed]
    return [one for one in documents if one is not None]
