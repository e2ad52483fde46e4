# SPDX-License-Identifier: GPL-3.0-or-later
"""What the containerd image store does in its own way.

Its IDs are the digests of manifests. And it writes an image down before it unpacks the layers: where that fails, the
image is there under its name, no container can be made of it, and the next task would take it for what it is to make.
"""

from __future__ import annotations

from typing import Any, Mapping, Optional

from ...engine.api import image_store, images
from ...engine.client import Engine
from ...engine.errors import EngineError


def known_by_manifest(image: Mapping[str, Any]) -> bool:
    """Whether the Engine has the containerd image store. Only API 1.48 says it outright (Descriptor)."""
    digests = [one.rpartition("@")[2] for one in image.get("RepoDigests") or ()]
    return bool(image.get("Descriptor")) or image["Id"] in digests


def id_of(engine: Engine, name: str) -> Optional[str]:
    """The ID of the image that has the name."""
    found = engine.inspect(images.inspect(name))
    return None if found is None else str(found.get("Id"))


def take_back(engine: Engine, name: str, before: Optional[str] = None) -> None:
    """Take the name from an image that it was given to in vain, and give it to the one that had it `before`.

    Raises nothing that is not a bug: there is an error already, which says more.
    """
    try:
        if id_of(engine, name) in (None, before):
            return
        engine.send(image_store.remove(name))
        if before and id_of(engine, before):
            repository, _colon, tag = name.rpartition(":")
            engine.send(image_store.tag(before, repository, tag))
    except EngineError:
        return
