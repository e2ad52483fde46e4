# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images: look and pull."""

from __future__ import annotations

from typing import Optional
from urllib.parse import quote

from ..call import Call
from .platform import encode_platform
from .versions import needed


def _path(name: str, rest: str = "") -> str:
    return "/images/" + quote(name, safe="/:@") + rest


def inspect(name: str, manifests: Optional[bool] = None, platform: Optional[str] = None) -> Call:
    """Everything about one image (GET /images/{name}/json).

    `manifests` adds its variants for each platform, in the containerd image store, and needs API 1.48; `platform` shows
    that variant, and needs 1.49.
    """
    query = {"manifests": manifests, "platform": encode_platform(platform)}
    return Call("GET", _path(name, "/json"), query, None, needed((1, 24), (manifests, (1, 48)), (platform, (1, 49))))


def pull(
    repository: str, tag: Optional[str] = None, platform: Optional[str] = None, registry_auth: Optional[str] = None
) -> Call:
    """Pull (POST /images/create); a stream of progress records answers."""
    query = {"fromImage": repository, "tag": tag, "platform": platform}
    return Call("POST", "/images/create", query, headers={"X-Registry-Auth": registry_auth})
