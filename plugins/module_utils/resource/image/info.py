# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at images, at what they were made of, and at what registries have under their names."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

from ...engine.api import image_store, images
from ...engine.client import Engine
from ...engine.errors import ApiError
from ...values.errors import InvalidOption
from ...values.images import parse_image
from . import registry
from .names import named

ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = dict(
    name={"type": "list", "elements": "str"},
    history={"type": "bool", "default": False},
    registry_digest={"type": "bool", "default": False},
    **registry.CREDENTIALS,
)


def look(engine: Engine, options: Mapping[str, Any]) -> Dict[str, Any]:
    """The documents of the images that are there; those that are not are left out."""
    names = options["name"]
    if names:
        wanted = [named(name).text for name in names]
    else:
        wanted = [one["Id"] for one in engine.send(image_store.list_()) or () if isinstance(one, dict) and "Id" in one]
    found: List[Dict[str, Any]] = []
    for one in wanted:
        document = _document(engine, one, options["history"])
        if document is not None:
            found.append(document)
    values: Dict[str, Any] = {"images": found}
    if options["registry_digest"]:
        values["registry_digests"] = {name: _digest(engine, name, options) for name in names}
    return values


def _document(engine: Engine, name: str, history: bool) -> Optional[Dict[str, Any]]:
    document = engine.inspect(images.inspect(name))
    if document is None or not history:
        return document
    layers = engine.get(image_store.history(name))
    return None if layers is None else dict(document, History=layers)


def _digest(engine: Engine, name: str, options: Mapping[str, Any]) -> Optional[str]:
    """What the registry has under the name, None for nothing."""
    reference = parse_image(name)
    by = registry.access(engine, reference, options)
    try:
        return registry.digest_of(registry.ask(engine, reference.full, by)) or None
    except ApiError as error:
        if error.status == 404:
            return None
        raise registry.refused("asking the registry %s for image %s" % (by.registry, name), error, by) from error


def check(options: Mapping[str, Any]) -> None:
    """Raises InvalidOption."""
    registry.check_credentials(options)
    if options["registry_digest"] and not options["name"]:
        raise InvalidOption("registry_digest", "give the names that registries are to be asked for in the option name")
    for name in options["name"] or ():
        if named(name).reference is None and options["registry_digest"]:
            raise InvalidOption("name", "registries do not know images by IDs such as %s" % name)
