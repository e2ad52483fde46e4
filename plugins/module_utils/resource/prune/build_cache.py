# SPDX-License-Identifier: GPL-3.0-or-later
"""What POST /build/prune takes, as far as that can be known beforehand."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, NamedTuple

from ...engine.api import builds, system
from ...engine.call import Call
from ...engine.client import Engine
from ...values.filters import encode_filters
from ..answers import mapping
from .options import keep_storage

# BuildKit keeps these, and what images share with the cache, unless it is asked to delete all.
_KEPT = ("internal", "frontend")


class Cache(NamedTuple):
    """`records` are the IDs of what goes at most; `sure` says whether all of them go."""

    records: List[str]
    sure: bool


def foretell(engine: Engine, options: Mapping[str, Any], images_go: bool) -> Cache:
    """Which records filters and sizes spare, the Engine decides, and what images share with the cache is free once they
    are gone."""
    there = _records(engine)
    free = [one for one in there if not one.get("InUse")]
    ours = [one for one in free if options["builder_cache_all"] or not (_spared(one, images_go))]
    steered = bool(options.get("builder_cache_filters")) or keep_storage(options) is not None
    shared = images_go and any(one.get("Shared") for one in there)
    return Cache([one["ID"] for one in ours], not (ours and (steered or shared)))


def _spared(record: Dict[str, Any], images_go: bool) -> bool:
    return record.get("Type") in _KEPT or (bool(record.get("Shared")) and not images_go)


def _records(engine: Engine) -> List[Dict[str, Any]]:
    """Since API 1.42 the cache can be asked for alone; since 1.52 it is described in another place."""
    version = engine.api_version
    types = ["build-cache"] if version >= (1, 42) else None
    usage = mapping(engine, system.df(types, verbose=True if version >= (1, 52) else None), timeout=0)
    found = usage.get("BuildCache") or (usage.get("BuildCacheUsage") or {}).get("Items")
    return list(found or ())


def pruning(engine: Engine, options: Mapping[str, Any]) -> Call:
    """The request; API 1.48 renamed what says how much is to stay."""
    kept = keep_storage(options)
    newer = engine.api_version >= (1, 48)
    return builds.prune(
        all_=options["builder_cache_all"] or None,
        filters=encode_filters(options.get("builder_cache_filters")) or None,
        keep_storage=None if newer else kept,
        reserved_space=kept if newer else None,
    )
