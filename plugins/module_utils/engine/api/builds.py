# SPDX-License-Identifier: GPL-3.0-or-later
"""Building images, and the build cache."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from ..call import ApiVersion, Call
from .versions import needed

# The parameters of POST /build by the API's own names, and the version that brought each.
BUILD_QUERY: Dict[str, ApiVersion] = {
    "dockerfile": (1, 24),
    "t": (1, 24),
    "extrahosts": (1, 24),
    "remote": (1, 24),
    "q": (1, 24),
    "nocache": (1, 24),
    "cachefrom": (1, 25),
    "pull": (1, 24),
    "rm": (1, 24),
    "forcerm": (1, 24),
    "memory": (1, 24),
    "memswap": (1, 24),
    "cpushares": (1, 24),
    "cpusetcpus": (1, 24),
    "cpuperiod": (1, 24),
    "cpuquota": (1, 24),
    "buildargs": (1, 24),
    "shmsize": (1, 24),
    "squash": (1, 25),
    "labels": (1, 24),
    "networkmode": (1, 25),
    "target": (1, 29),
    "platform": (1, 32),
    "version": (1, 38),
    "buildid": (1, 38),
    "outputs": (1, 40),
}


def build(registry_config: Optional[str] = None, **query: Any) -> Call:
    """Build an image (POST /build); a stream of progress records answers.

    For `Engine.upload_stream` of the context, or, with `remote`, for `Engine.stream`. The names are those of
    `BUILD_QUERY`; several values of `t` are a tuple, documents (`buildargs`, `labels`, `cachefrom`) dicts and lists.
    `registry_config` is the header X-Registry-Config: credentials by registry, written by `credentials.encode_auth`.
    """
    since = needed((1, 24), *[(value, BUILD_QUERY[name]) for name, value in query.items()])
    return Call("POST", "/build", query, None, since, {"X-Registry-Config": registry_config})


def prune(
    all_: Optional[bool] = None,
    filters: Optional[Mapping[str, Any]] = None,
    keep_storage: Optional[int] = None,
    reserved_space: Optional[int] = None,
    max_used_space: Optional[int] = None,
    min_free_space: Optional[int] = None,
) -> Call:
    """Delete from the build cache (POST /build/prune, API 1.31); the reply holds CachesDeleted and SpaceReclaimed.

    The spaces are in bytes. API 1.48 renamed `keep_storage` to `reserved_space` and brought the other two.
    """
    query = {
        "all": all_,
        "filters": filters,
        "keep-storage": keep_storage,
        "reserved-space": reserved_space,
        "max-used-space": max_used_space,
        "min-free-space": min_free_space,
    }
    newer = [(value, (1, 48)) for value in (reserved_space, max_used_space, min_free_space)]
    return Call("POST", "/build/prune", query, None, needed((1, 31), (all_, (1, 39)), *newer))
