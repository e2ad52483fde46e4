# SPDX-License-Identifier: GPL-3.0-or-later
"""The image of a container that is there, where none or another is named, and images that are named by an ID."""

from __future__ import annotations

from typing import Any, Mapping, Set

from ...engine.api import images
from ...engine.client import Engine
from ...state.compare import IGNORE
from ...state.differences import rule_for
from ...values.images import is_image_id, same_image
from ...values.mounts import bare
from .context import Context
from .image import image_ids
from .options import comparisons
from .table import ROWS

# What an image brings besides what it runs, and what the incumbent expects of the named one in each case.
_BROUGHT = ("env", "labels", "exposed_ports", "volumes")
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


def expect(engine: Engine, context: Context, there: Mapping[str, Any]) -> None:
    """The image that is named is not the container's. By image_comparison, values are compared with those of its own;
    else, where comparisons let the image be another one, what that brings is wanted as if the task named it."""
    if context.options.get("image_comparison") == "current-image":
        context.own_image = engine.inspect(images.inspect(there["Image"]))
        return
    rules = comparisons(context.options)
    if context.image is None or rule_for(ROWS["image"], rules) != IGNORE:
        return
    for name in _BROUGHT:
        if rule_for(ROWS[name], rules) == IGNORE:
            continue
        if name == "labels" and (name not in context.want or context.options.get("image_label_mismatch") == "fail"):
            continue  # labels that nobody names are of no interest, and with fail the image's are not welcome
        given = context.want.get(name)
        brought = ROWS[name].fresh(given, context)
        if name == "volumes":  # whatever is mounted there is as good as an anonymous volume
            taken = _mount_points(there)
            brought = [one for one in brought if one in (given or ()) or one.target not in taken]
        if brought:
            context.brought[name] = given
            context.want[name] = brought


def _mount_points(there: Mapping[str, Any]) -> Set[str]:
    found = {bare(path) for path in (there.get("Config") or {}).get("Volumes") or ()}
    return found | {bare(one.get("Destination") or "") for one in there.get("Mounts") or ()}


def names_id(name: str, document: Mapping[str, Any]) -> bool:
    """Whether the image of this container, or this image, was found by its ID, whole or the beginning of it."""
    if is_image_id(name):
        return True
    named = any(same_image(name, tag) for tag in document.get("RepoTags") or ())
    return not named and len(name) >= _SHORT and any(one.startswith("sha256:" + name) for one in image_ids(document))
