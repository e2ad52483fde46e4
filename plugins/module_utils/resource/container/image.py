# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows: the image and its platform."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Set

from ...state.field import UNKNOWN, Field
from .context import Context
from .rows import late

AS_PULLED = "(as pulled)"


def image_ids(document: Mapping[str, Any]) -> Set[Any]:
    """Every ID under which the image of a container, or an image, may be known (the containerd store has two)."""
    found = {document.get("Image") or document.get("Id")}
    for key in ("ImageManifestDescriptor", "Descriptor"):
        found.add((document.get(key) or {}).get("digest"))
    return found - {None}


def _observed(document: Mapping[str, Any], _context: Any) -> Dict[str, str]:
    return {"name": (document.get("Config") or {}).get("Image") or "", "id": document.get("Image") or ""}


def _want(context: Context) -> Any:
    name = context.options.get("image")
    if not name:
        return None
    return {"name": name, "id": AS_PULLED}


def _same(have: Dict[str, str], want: Dict[str, str], _rule: str, context: Context) -> bool:
    if not image_ids(context.image or {}) & image_ids(context.container or {}):
        return False
    if have["name"] == want["name"] or context.options.get("image_name_mismatch") == "ignore":
        return True
    from ...values.images import same_image
    from .present_image import names_id

    if names_id(have["name"], context.container or {}) and names_id(want["name"], context.image or {}):
        return True
    return same_image(have["name"], want["name"])


IMAGE = (
    Field(
        "image",
        want=_want,
        observe=_observed,
        same=_same,
        default=UNKNOWN,
        write=lambda value, _: {"Image": value["name"]},
    ),
    Field(
        "platform",
        parse=late("platform.platform"),
        observe=late("platform.observed"),
        same=late("platform.same"),
        default=UNKNOWN,
        since=(1, 41),
    ),
)
