# SPDX-License-Identifier: GPL-3.0-or-later
"""container_stats: what containers use at the moment, reckoned as `docker stats` does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Dict, List, Mapping, Optional

from ...engine.api import container_processes
from ...engine.client import Engine
from ...engine.errors import NotFound
from ..answers import mapping
from ..container.named import check_names, existing, name_of

NAME = "container_stats"
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    "names": {"type": "list", "elements": "str", "required": True, "aliases": ["name", "container"]}
}
# The Engine measures for a second or two; as many at once as connections are kept.
_AT_ONCE = 8


def check(options: Mapping[str, Any]) -> None:
    """Refuse names that are none."""
    check_names("names", options["names"])


def report(engine: Engine, options: Mapping[str, Any]) -> Dict[str, Any]:
    """One entry for each container. Of those that do not run, nothing is measured."""
    documents = [existing(engine, name) for name in options["names"]]
    if not documents:
        return {"containers": []}
    with ThreadPoolExecutor(min(_AT_ONCE, len(documents))) as pool:
        return {"containers": list(pool.map(lambda one: _entry(engine, one), documents))}


def _entry(engine: Engine, document: Mapping[str, Any]) -> Dict[str, Any]:
    found = {"name": name_of(document), "id": document["Id"], "running": _runs(document), "stats": None}
    record: Optional[Dict[str, Any]] = None
    if found["running"]:
        try:
            record = mapping(engine, container_processes.stats(name_of(document), stream=False))
        except NotFound:
            found["running"] = False  # it went away meanwhile
    if record:
        found.update(figures(record), stats=record)
    return found


def _runs(document: Mapping[str, Any]) -> bool:
    return (document.get("State") or {}).get("Status") in ("running", "paused")


def figures(record: Mapping[str, Any]) -> Dict[str, Any]:
    """The derived values. One processor that is busy all the time is 100 percent."""
    memory = record.get("memory_stats") or {}
    used, limit = memory_used(memory), memory.get("limit") or 0
    networks = (record.get("networks") or {}).values()
    blocks = (record.get("blkio_stats") or {}).get("io_service_bytes_recursive") or ()
    return {
        "cpu_percent": cpu_percent(record),
        "memory_usage": used,
        "memory_limit": limit,
        "memory_percent": round(used / limit * 100, 2) if limit else 0.0,
        "network_received": sum(one.get("rx_bytes") or 0 for one in networks),
        "network_sent": sum(one.get("tx_bytes") or 0 for one in networks),
        "block_read": _sum(blocks, "read"),
        "block_written": _sum(blocks, "write"),
        "pids": (record.get("pids_stats") or {}).get("current") or 0,
    }


def cpu_percent(record: Mapping[str, Any]) -> float:
    """The container's share of the time between two measurements, times the number of processors."""
    now, before = record.get("cpu_stats") or {}, record.get("precpu_stats") or {}
    spent = _total(now) - _total(before)
    passed = (now.get("system_cpu_usage") or 0) - (before.get("system_cpu_usage") or 0)
    count = now.get("online_cpus") or len((now.get("cpu_usage") or {}).get("percpu_usage") or ())
    return round(spent / passed * count * 100, 2) if spent > 0 and passed > 0 else 0.0


def memory_used(memory: Mapping[str, Any]) -> int:
    """Without the part of the page cache that can be had back at once: total_inactive_file in cgroup v1, inactive_file
    in v2."""
    usage: int = memory.get("usage") or 0
    details = memory.get("stats") or {}
    cache = details.get("total_inactive_file", details.get("inactive_file")) or 0
    return usage - cache if cache < usage else usage


def _total(cpu: Mapping[str, Any]) -> int:
    return int((cpu.get("cpu_usage") or {}).get("total_usage") or 0)


def _sum(blocks: Any, kind: str) -> int:
    entries: List[Mapping[str, Any]] = list(blocks)
    return sum(one.get("value") or 0 for one in entries if str(one.get("op")).lower() == kind)
