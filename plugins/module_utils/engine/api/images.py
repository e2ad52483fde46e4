# SPDX-License-Identifier: GPL-3.0-or-later
"""Images: look and pull."""

from __future__ import annotations

from typing import Any, Dict, Optional
from urllib.parse import quote

from ..call import Call


def _path(name: str, rest: str = "") -> str:
    return "/images/" + quote(name, safe="/:@") + rest


def inspect(name: str, manifests: Optional[bool] = None, platform: Optional[str] = None) -> Call:
    """Everything about one image (GET /images/{name}/json).

    `manifests` adds its variants for each platform, in the containerd image store, and needs API 1.48; `platform` shows
    that variant, and needs 1.49.
    """
    query: Dict[str, Any] = {"manifests": manifests}
    since = (1, 48) if manifests else (1, 24)
    if platform is not None:
        from .platform import encode_platform

        query["platform"], since = encode_platform(platform), (1, 49)
    return Call("GET", _path(name, "/json"), query, None, since)


def pull(
    repository: str, tag: Optional[str] = None, platform: Optional[str] = None, registry_auth: Optional[str] = None
) -> Call:
    """Pull (POST /images/create); a stream of progress records answers."""
    query = {"fromImage": repository, "tag": tag, "platform": platform}
    return Call("POST", "/images/create", query, headers={"X-Registry-Auth": registry_auth})
