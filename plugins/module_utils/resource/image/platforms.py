# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which platform an image is for."""

from __future__ import annotations

from typing import Any, Mapping

from ...values.platforms import format_platform, parse_platform, same_platform


def of_image(image: Mapping[str, Any]) -> str:
    """The platform an image's inspect document states."""
    return format_platform((image.get("Os") or "", image.get("Architecture") or "", image.get("Variant") or ""))


def fits(want: str, image: Mapping[str, Any]) -> bool:
    """Whether the image is for the platform."""
    return same_platform(parse_platform(want), parse_platform(of_image(image)))
