# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows: the image and its platform."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Set

from ...state.field import UNKNOWN, Field
from ...values.images import is_image_id, same_image
from ...values.platforms import format_platform, parse_platform, same_platform
from .context import Context

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
    by_id = context.options.get("image_comparison") != "current-image"
    if by_id and not image_ids(context.image or {}) & image_ids(context.container or {}):
        return False
    if context.options.get("image_name_mismatch") == "ignore" or is_image_id(have["name"]) or is_image_id(want["name"]):
        return True
    return same_image(have["name"], want["name"])


def _observed_platform(document: Mapping[str, Any], context: Context) -> Any:
    known = (document.get("ImageManifestDescriptor") or {}).get("platform")
    if known:
        return format_platform((known.get("os") or "", known.get("architecture") or "", known.get("variant") or ""))
    if context.image and image_ids(context.image) & image_ids(document):
        return image_platform(context.image)
    return document.get("Platform") or ""


def image_platform(image: Mapping[str, Any]) -> str:
    """The platform an image's inspect document states."""
    return format_platform((image.get("Os") or "", image.get("Architecture") or "", image.get("Variant") or ""))


def _same_platform(have: str, want: str, _rule: str, _context: Any) -> bool:
    if not have or "/" not in have:  # the Engine told the operating system only
        return parse_platform(want)[0] == (have or parse_platform(want)[0])
    return same_platform(parse_platform(want), parse_platform(have))


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
        parse=lambda value, _: format_platform(parse_platform(value)),
        observe=_observed_platform,
        same=_same_platform,
        default=UNKNOWN,
        since=(1, 41),
    ),
)
