# SPDX-License-Identifier: GPL-3.0-or-later
"""Images: to and from registries and archives. Pulling is in `images`."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence
from urllib.parse import quote

from ..call import ApiVersion, Call
from .platform import encode_platform, encode_platforms
from .versions import needed

# base64 of an empty document. Engines refuse a push without the header.
_NO_AUTH = "e30="


def _path(name: str, rest: str) -> str:
    return "/images/" + quote(name, safe="/:@") + rest


def search(term: str, limit: Optional[int] = None, filters: Optional[Mapping[str, Any]] = None) -> Call:
    """Look for repositories in Docker Hub, or in the registry that the term begins with (GET /images/search)."""
    return Call("GET", "/images/search", {"term": term, "limit": limit, "filters": filters})


def push(
    repository: str, tag: Optional[str] = None, platform: Optional[str] = None, registry_auth: Optional[str] = None
) -> Call:
    """Push one tag, or all of the repository (POST /images/{name}/push); a stream of progress records answers.

    `platform` needs API 1.46.
    """
    return Call(
        "POST",
        _path(repository, "/push"),
        {"tag": tag, "platform": encode_platform(platform)},
        since=needed((1, 24), (platform, (1, 46))),
        headers={"X-Registry-Auth": registry_auth or _NO_AUTH},
    )


def import_image(
    source: str = "-",
    repository: Optional[str] = None,
    tag: Optional[str] = None,
    message: Optional[str] = None,
    changes: Sequence[str] = (),
    platform: Optional[str] = None,
) -> Call:
    """Make an image of a file system (POST /images/create).

    `source` is a URL that the Engine fetches, for `Engine.stream`, or "-" for `Engine.upload_stream` of an archive.
    `changes` are Dockerfile instructions. The last record's status is the image's ID.
    """
    query = {
        "fromSrc": source,
        "repo": repository,
        "tag": tag,
        "message": message,
        "changes": tuple(changes),
        "platform": platform,
    }
    return Call("POST", "/images/create", query)


def load(quiet: Optional[bool] = None, platforms: Optional[Sequence[str]] = None) -> Call:
    """Load what `save` wrote (POST /images/load): for `Engine.upload_stream`; records name each image.

    `platforms` needs API 1.48, more than one of them 1.52.
    """
    query = {"quiet": quiet, "platform": encode_platforms(platforms)}
    return Call("POST", "/images/load", query, None, _some_platforms(platforms))


def save(name: str, platforms: Optional[Sequence[str]] = None) -> Call:
    """One image with its layers as an archive (GET /images/{name}/get): for `Engine.chunks`.

    `platforms` needs API 1.48, more than one of them 1.52.
    """
    query = {"platform": encode_platforms(platforms)}
    return Call("GET", _path(name, "/get"), query, None, _some_platforms(platforms))


def save_many(names: Sequence[str], platforms: Optional[Sequence[str]] = None) -> Call:
    """The same for several images in one archive, layers they share once (GET /images/get)."""
    query = {"names": tuple(names), "platform": encode_platforms(platforms)}
    return Call("GET", "/images/get", query, None, _some_platforms(platforms))


def _some_platforms(platforms: Optional[Sequence[str]]) -> ApiVersion:
    if not platforms:
        return (1, 24)
    return (1, 48) if len(platforms) == 1 else (1, 52)
