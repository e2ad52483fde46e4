# SPDX-License-Identifier: GPL-3.0-or-later
"""Images: those that the Engine has."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence
from urllib.parse import quote

from ..call import Call
from .platform import encode_platform, encode_platforms
from .versions import needed


def _path(name: str, rest: str = "") -> str:
    return "/images/" + quote(name, safe="/:@") + rest


def list_(
    all_: Optional[bool] = None,
    filters: Optional[Mapping[str, Any]] = None,
    digests: Optional[bool] = None,
    shared_size: Optional[bool] = None,
    manifests: Optional[bool] = None,
    identity: Optional[bool] = None,
) -> Call:
    """Images, with `all_` the layers between too (GET /images/json).

    `shared_size` needs API 1.42, `manifests` 1.47, `identity` (with `manifests`) 1.55.
    """
    query = {
        "all": all_,
        "filters": filters,
        "digests": digests,
        "shared-size": shared_size,
        "manifests": manifests,
        "identity": identity,
    }
    since = needed((1, 24), (shared_size, (1, 42)), (manifests, (1, 47)), (identity, (1, 55)))
    return Call("GET", "/images/json", query, None, since)


def history(name: str, platform: Optional[str] = None) -> Call:
    """The layers of an image, newest first (GET /images/{name}/history). `platform` needs API 1.48."""
    query = {"platform": encode_platform(platform)}
    return Call("GET", _path(name, "/history"), query, None, needed((1, 24), (platform, (1, 48))))


def tag(name: str, repository: str, tag: Optional[str] = None) -> Call:
    """Give an image a further name, taking it from the image that has it (POST /images/{name}/tag)."""
    return Call("POST", _path(name, "/tag"), {"repo": repository, "tag": tag})


def remove(
    name: str,
    force: Optional[bool] = None,
    no_prune: Optional[bool] = None,
    platforms: Optional[Sequence[str]] = None,
) -> Call:
    """Take a name from an image, and remove the image when it was the last (DELETE /images/{name}).

    The reply lists Untagged and Deleted. `platforms` removes those variants only, and needs API 1.50.
    """
    query = {"force": force, "noprune": no_prune, "platforms": encode_platforms(platforms)}
    return Call("DELETE", _path(name), query, None, needed((1, 24), (platforms, (1, 50))))


def prune(filters: Optional[Mapping[str, Any]] = None) -> Call:
    """Remove images without a name; with {"dangling": ["false"]}, all without a container (POST /images/prune)."""
    return Call("POST", "/images/prune", {"filters": filters}, None, (1, 25))


def attestations(
    name: str,
    platform: Optional[str] = None,
    predicate_types: Optional[Sequence[str]] = None,
    statement: Optional[bool] = None,
) -> Call:
    """Statements about how an image was made (GET /images/{name}/attestations, API 1.55, containerd image store)."""
    query = {
        "platform": encode_platform(platform),
        "type": tuple(predicate_types) if predicate_types else None,
        "statement": statement,
    }
    return Call("GET", _path(name, "/attestations"), query, None, (1, 55))
