# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images: look and pull."""

from __future__ import annotations

from typing import Optional
from urllib.parse import quote

from ..call import Call


def _path(name: str, rest: str = "") -> str:
    return "/images/" + quote(name, safe="/:@") + rest


def inspect(name: str) -> Call:
    """Everything about one image (GET /images/{name}/json)."""
    return Call("GET", _path(name, "/json"))


def pull(
    repository: str, tag: Optional[str] = None, platform: Optional[str] = None, registry_auth: Optional[str] = None
) -> Call:
    """Pull (POST /images/create); a stream of progress records answers."""
    query = {"fromImage": repository, "tag": tag, "platform": platform}
    return Call("POST", "/images/create", query, headers={"X-Registry-Auth": registry_auth})
