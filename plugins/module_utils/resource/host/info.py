# SPDX-License-Identifier: GPL-3.0-or-later
"""host_info: the Engine, and lists of what it has."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Tuple

from ...engine.api import containers, image_store, networks, system, volumes
from ...engine.call import Call
from ...engine.client import Engine
from ...engine.errors import ApiError, ConnectionFailed
from ...values.errors import InvalidOption, InvalidValue
from ...values.filters import encode_filters
from ..answers import mapping, mappings

NAME = "host_info"


class Listing(NamedTuple):
    """A kind of object: how it is listed, and what of each is shown unless all is asked for."""

    call: Callable[[Mapping[str, Any], Any], Call]
    keys: Tuple[str, ...]


LISTINGS = {
    "containers": Listing(
        lambda options, filters: containers.list_(all_=options["containers_all"], filters=filters),
        ("Id", "Image", "Command", "Created", "Status", "Ports", "Names"),
    ),
    "images": Listing(
        lambda _options, filters: image_store.list_(filters=filters), ("Id", "RepoTags", "Created", "Size")
    ),
    "networks": Listing(lambda _options, filters: networks.list_(filters=filters), ("Id", "Driver", "Name", "Scope")),
    "volumes": Listing(lambda _options, filters: volumes.list_(filters=filters), ("Driver", "Name")),
}
_SWITCH: Dict[str, Any] = {"type": "bool", "default": False}
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    **dict.fromkeys(LISTINGS, _SWITCH),
    **{name + "_filters": {"type": "dict"} for name in LISTINGS},
    "containers_all": _SWITCH,
    "disk_usage": _SWITCH,
    "version": _SWITCH,
    "verbose_output": _SWITCH,
}


def check(options: Mapping[str, Any]) -> None:
    """Refuse filters that the Engine could not be told."""
    for name in LISTINGS:
        try:
            encode_filters(options.get(name + "_filters"))
        except InvalidValue as error:
            raise InvalidOption(name + "_filters", error) from None


def report(engine: Engine, options: Mapping[str, Any]) -> Dict[str, Any]:
    """What GET /info says, and the lists that are asked for."""
    found: Dict[str, Any] = {"host_info": _info(engine), "can_talk_to_docker": True}
    if options["version"]:
        found["version"] = mapping(engine, system.version())
    for name, listing in LISTINGS.items():
        if options[name]:
            filters = encode_filters(options.get(name + "_filters"))
            call = listing.call(options, filters or None)
            objects = mapping(engine, call).get("Volumes") if name == "volumes" else mappings(engine, call)
            found[name] = _shown(objects or [], listing, options["verbose_output"])
    if options["disk_usage"]:
        found["disk_usage"] = _disk_usage(engine, options["verbose_output"])
    return found


def _info(engine: Engine) -> Dict[str, Any]:
    """What GET /info says. Playbooks that ask by this module whether there is an Engine look for these words."""
    try:
        return mapping(engine, system.info())
    except ConnectionFailed as error:
        raise ConnectionFailed("Error connecting: Error while fetching server API version: %s" % error) from error


def _shown(objects: List[Dict[str, Any]], listing: Listing, all_: bool) -> List[Dict[str, Any]]:
    return objects if all_ else [{key: one.get(key) for key in listing.keys} for one in objects]


def _disk_usage(engine: Engine, verbose: bool) -> Dict[str, Any]:
    """Since API 1.52 lists come with `verbose` only, and LayersSize is on its way out for ImageUsage.TotalSize."""
    asks = verbose and engine.api_version >= (1, 52)
    usage: Dict[str, Any] = mapping(engine, system.df(verbose=True if asks else None))
    if verbose:
        return usage
    if "LayersSize" in usage:
        return {"LayersSize": usage["LayersSize"]}
    return {"LayersSize": (usage.get("ImageUsage") or {}).get("TotalSize", 0)}


def on_failure(error: Exception) -> Dict[str, Any]:
    """Whether the Engine said anything at all."""
    return {"can_talk_to_docker": isinstance(error, ApiError)}
