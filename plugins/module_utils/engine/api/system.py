# SPDX-License-Identifier: GPL-3.0-or-later
"""The Engine as a whole."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence, Union

from ..call import Call
from .versions import needed

Moment = Union[int, float, str]


def ping() -> Call:
    """Is it there? (HEAD /_ping): for `Engine.head`; the headers tell Api-Version and Docker-Experimental."""
    return Call("HEAD", "/_ping", since=(1, 40))


def version() -> Call:
    """Versions of the Engine and its components, and the API versions it speaks (GET /version)."""
    return Call("GET", "/version")


def info() -> Call:
    """Everything about the Engine and its host (GET /info)."""
    return Call("GET", "/info")


def events(
    since: Optional[Moment] = None, until: Optional[Moment] = None, filters: Optional[Mapping[str, Any]] = None
) -> Call:
    """What happens, as records (GET /events): for `Engine.stream`. It ends at `until`, or not at all.

    Moments are Unix seconds, as a text with up to nine decimals where it matters. The Engine refuses all else.
    """
    return Call("GET", "/events", {"since": since, "until": until, "filters": filters})


def df(types: Optional[Sequence[str]] = None, verbose: Optional[bool] = None) -> Call:
    """Use of the disk (GET /system/df, API 1.25).

    `types` (container, image, volume, build-cache) spares the Engine the rest, and needs API 1.42; `verbose` 1.52.
    """
    query = {"type": tuple(types) if types else None, "verbose": verbose}
    return Call("GET", "/system/df", query, None, needed((1, 25), (types or None, (1, 42)), (verbose, (1, 52))))


def auth(body: Mapping[str, Any]) -> Call:
    """Have a registry check credentials (POST /auth): username, password, serveraddress.

    The reply holds Status, and IdentityToken where the registry gives one. Nothing is stored. Refusal is 401.
    """
    return Call("POST", "/auth", {}, dict(body), looks=True)
