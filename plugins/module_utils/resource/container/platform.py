# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform that the container's image is for."""

from __future__ import annotations

from typing import Any, Mapping

from ...values.platforms import format_platform, parse_platform, same_platform
from .context import Context
from .image import image_ids


def platform(value: str, _context: Context) -> str:
    """In one spelling. Raises InvalidValue."""
    return format_platform(parse_platform(value))


def observed(document: Mapping[str, Any], context: Context) -> Any:
    known = (document.get("ImageManifestDescriptor") or {}).get("platform")
    if known:
        return format_platform((known.get("os") or "", known.get("architecture") or "", known.get("variant") or ""))
    if context.image and image_ids(context.image) & image_ids(document):
        return of_image(context.image)
    return document.get("Platform") or ""


def of_image(image: Mapping[str, Any]) -> str:
    """The platform an image's inspect document states."""
    return format_platform((image.get("Os") or "", image.get("Architecture") or "", image.get("Variant") or ""))


def same(have: str, want: str, _rule: str, _context: Any) -> bool:
    if not have or "/" not in have:  # the Engine told the operating system only
        return parse_platform(want)[0] == (have or parse_platform(want)[0])
    return same_platform(parse_platform(want), parse_platform(have))


def fits(want: str, image: Mapping[str, Any]) -> bool:
    """Whether the image is for the platform."""
    return same_platform(parse_platform(want), parse_platform(of_image(image)))
