# SPDX-License-Identifier: GPL-3.0-or-later
"""What pruning is foretold from: lists of the objects, with what each needs, and what of them is to go."""

from __future__ import annotations

from functools import partial
from typing import Any, Callable, Dict, List, Mapping, Set

from ...engine.api import containers, images, networks, volumes
from ...engine.client import Engine
from ...values.filters import Filters, labels_match, truth
from ...values.moments import Now, parse_moment
from ..answers import mapping

Document = Dict[str, Any]
# The Engine calls these running (POST /containers/prune leaves them alone), or is removing them already.
_STAY = ("running", "paused", "restarting", "removing")
_PREDEFINED = ("bridge", "host", "none", "nat", "default")
_ANONYMOUS = "com.docker.volume.anonymous"


def removable_containers(engine: Engine, filters: Filters, there: List[Document]) -> List[str]:
    """The IDs of those that are not running, and meant."""
    return [
        one["Id"]
        for one in there
        if one.get("State") not in _STAY
        and labels_match(filters, one.get("Labels"))
        and old_enough(one["Created"], filters, partial(engine.inspect, containers.inspect(one["Id"])))
    ]


def removable_networks(engine: Engine, filters: Filters) -> List[str]:
    """The names of those that nothing is on. A stopped container is on no network. To tell, each has to be inspected:
    the list (GET /networks) knows nothing of containers."""
    found = []
    for one in engine.documents(networks.list_()):
        if one["Name"] in _PREDEFINED or one.get("ConfigOnly") or one.get("Ingress"):
            continue
        if labels_match(filters, one.get("Labels")) and old_enough(one["Created"], filters):
            document = engine.inspect(networks.inspect(one["Id"], verbose=one.get("Scope") == "swarm" or None))
            if document and not document.get("Containers") and not document.get("Services"):
                found.append(one["Name"])
    return found


def removable_volumes(engine: Engine, filters: Filters, in_use: Set[str]) -> List[str]:
    """The names of those of the driver local that no container has, running or not. Since API 1.42 those with a name
    stay, unless the filter `all` is given. Those with options of the driver, such as a share's, always stay."""
    everything = truth(filters, "all", engine.api_version < (1, 42))
    return [
        one["Name"]
        for one in mapping(engine, volumes.list_()).get("Volumes") or ()
        if one.get("Driver") == "local"
        and not one.get("Options")
        and one["Name"] not in in_use
        and (everything or _ANONYMOUS in (one.get("Labels") or {}))
        and labels_match(filters, one.get("Labels"))
    ]


def volumes_in_use(there: List[Document], gone: Set[str]) -> Set[str]:
    """The names of the volumes of all containers but those that will be gone."""
    return {
        mount["Name"]
        for one in there
        if one["Id"] not in gone
        for mount in one.get("Mounts") or ()
        if mount.get("Type") == "volume" and mount.get("Name")
    }


def meant_image(engine: Engine, one: Document, filters: Filters) -> bool:
    """Whether labels and age of an image are as the filters ask."""
    return labels_match(filters, one.get("Labels")) and old_enough(
        one["Created"], filters, partial(engine.inspect, images.inspect(one["Id"]))
    )


def layers(engine: Engine, image: str) -> List[str]:
    """The digests of an image's layers, the lowest first."""
    document = engine.inspect(images.inspect(image)) or {}
    return list((document.get("RootFS") or {}).get("Layers") or ())


def old_enough(created: Any, filters: Mapping[str, List[str]], inspect: Callable[[], Any] = dict) -> bool:
    """Whether it was created no later than the filter `until` says. Lists tell whole seconds: where the second is the
    same, the object's own document decides."""
    if not filters.get("until"):
        return True
    until = parse_moment(filters["until"][0], lambda: Now(0))
    if isinstance(created, int):
        if created != until // 10**9:
            return created * 10**9 <= until
        created = (inspect() or {}).get("Created", "")
    return bool(created) and parse_moment(created, lambda: Now(0)) <= until
