# SPDX-License-Identifier: GPL-3.0-or-later
"""The image of a container that is there, where no image is named, and images that are named by an ID."""

from __future__ import annotations

from typing import Any, Mapping

from ...engine.api import images
from ...engine.client import Engine
from ...values.images import is_image_id, same_image
from .context import Context
from .image import image_ids

# Fewer digits of an ID may be a name by chance.
_SHORT = 7


def see(engine: Engine, context: Context, there: Mapping[str, Any]) -> None:
    """Note a container's image, under the name that people know where that still leads to it: tags move, and go."""
    name = (there.get("Config") or {}).get("Image") or there["Image"]
    context.image = engine.inspect(images.inspect(name))
    if context.image is not None and image_ids(context.image) & image_ids(there):
        context.image_name = name
    else:
        context.image = engine.inspect(images.inspect(there["Image"]))


def names_id(name: str, document: Mapping[str, Any]) -> bool:
    """Whether the image of this container, or this image, was found by its ID, whole or the beginning of it."""
    if is_image_id(name):
        return True
    named = any(same_image(name, tag) for tag in document.get("RepoTags") or ())
    return not named and len(name) >= _SHORT and any(one.startswith("sha256:" + name) for one in image_ids(document))
