# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is reckoned from the Engine's measurements, as `docker stats` does; and how much of a log is kept."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.resource.container_reports.logs import newest
from ansible_collections.longshore.docker.plugins.module_utils.resource.container_reports.stats import (
    cpu_percent,
    figures,
    memory_used,
)


def measured(used: int, system: int, **more: Any) -> dict[str, Any]:
    return {"cpu_usage": {"total_usage": used}, "system_cpu_usage": system, **more}


@pytest.mark.parametrize(
    ("now", "before", "percent"),
    [
        (measured(150, 2000, online_cpus=2), measured(50, 1000), 20.0),
        # Engines that do not count processors list them.
        ({**measured(0, 2000), "cpu_usage": {"total_usage": 150, "percpu_usage": [75, 75]}}, measured(50, 1000), 20.0),
        (measured(50, 1000, online_cpus=2), measured(50, 1000), 0.0),
        # The first measurement of all: there is nothing to compare with.
        (measured(50, 1000, online_cpus=2), {"cpu_usage": {"total_usage": 0}}, 10.0),
        ({}, {}, 0.0),
    ],
)
def test_processors(now: dict[str, Any], before: dict[str, Any], percent: float) -> None:
    assert cpu_percent({"cpu_stats": now, "precpu_stats": before}) == percent


@pytest.mark.parametrize(
    ("memory", "used"),
    [
        ({"usage": 100, "stats": {"total_inactive_file": 30, "inactive_file": 1}}, 70),
        ({"usage": 100, "stats": {"inactive_file": 40}}, 60),
        ({"usage": 100, "stats": {"inactive_file": 200}}, 100),
        ({"usage": 100}, 100),
        ({}, 0),
    ],
)
def test_memory(memory: dict[str, Any], used: int) -> None:
    assert memory_used(memory) == used


def test_sums() -> None:
    found = figures(
        {
            "memory_stats": {"usage": 50, "limit": 200},
            "networks": {"eth0": {"rx_bytes": 1, "tx_bytes": 2}, "eth1": {"rx_bytes": 10, "tx_bytes": 20}},
            "blkio_stats": {
                "io_service_bytes_recursive": [
                    {"op": "Read", "value": 4},
                    {"op": "write", "value": 8},
                    {"op": "read", "value": 40},
                    {"op": "Total", "value": 99},
                ]
            },
            "pids_stats": {"current": 3},
        }
    )
    assert found == {
        "cpu_percent": 0.0,
        "memory_usage": 50,
        "memory_limit": 200,
        "memory_percent": 25.0,
        "network_received": 11,
        "network_sent": 22,
        "block_read": 44,
        "block_written": 8,
        "pids": 3,
    }


def test_nothing_measured() -> None:
    assert set(figures({"blkio_stats": {"io_service_bytes_recursive": None}, "networks": None}).values()) == {0}


@given(st.lists(st.tuples(st.sampled_from([1, 2]), st.binary(max_size=20))), st.integers(0, 60))
def test_the_end_of_a_log_is_kept(frames: list[tuple[int, bytes]], limit: int) -> None:
    kept, lost = newest(frames, limit)
    whole, left = (b"".join(data for _stream, data in parts) for parts in (frames, kept))
    assert left == whole[max(len(whole) - limit, 0) :]
    assert lost == len(whole) - len(left)
    assert [stream for stream, _data in kept] == [stream for stream, _data in frames][len(frames) - len(kept) :]
