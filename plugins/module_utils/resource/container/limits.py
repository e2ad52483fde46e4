# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows: limits. What the Engine's update call takes is changed in place (POST /containers/{id}/update)."""

from __future__ import annotations

from typing import Any, Dict, List

from ...state.compare import DICTS
from ...state.field import UNKNOWN, UPDATE, Field
from ...values.devices import parse_device
from ...values.sizes import parse_size
from ...values.ulimits import parse_ulimit
from .context import Context


def _size(value: Any, _context: Any) -> int:
    return parse_size(value)


def _size_or_unlimited(value: Any, _context: Any) -> int:
    return parse_size(value, allow_unlimited=True)


def _swap_default(context: Context) -> Any:
    # The Engine's own default, where the kernel can account for swap.
    memory = context.want.get("memory")
    return 2 * memory if memory else 0


def _swap_along(have: Dict[str, Any], want: Dict[str, Any]) -> Dict[str, Any]:
    """Memory above memory-swap is refused, so the swap a fresh container would get goes along."""
    if "memory_swap" in want:
        return {"memory_swap": want["memory_swap"]} if want["memory_swap"] else {}
    swap, memory = have["memory_swap"], want["memory"]
    keep = swap == -1 or (swap != 2 * have["memory"] and swap >= memory)
    return {} if keep else {"memory_swap": 2 * memory}


def _memory_along(have: Dict[str, Any], want: Dict[str, Any]) -> Dict[str, Any]:
    return {"memory": want["memory"]} if want.get("memory") else {}


def _no_quota(_have: float, want: float, context: Context) -> bool:
    return bool(want) and not context.have["cpu_period"] and not context.have["cpu_quota"]


def _no_nano(_have: int, want: int, context: Context) -> bool:
    return bool(want) and not context.have["cpus"]


def _retries_along(have: Dict[str, Any], want: Dict[str, Any]) -> Dict[str, Any]:
    retries = want.get("restart_retries", have["restart_retries"])
    return {"restart_retries": retries if want["restart_policy"] == "on-failure" else 0}


def _policy_along(have: Dict[str, Any], want: Dict[str, Any]) -> Dict[str, Any]:
    return {"restart_policy": want.get("restart_policy", have["restart_policy"])}


def _not_removed_at_exit(_have: Any, want: Any, context: Context) -> bool:
    return not context.have["auto_remove"] or want in ("no", 0)


def _pids(value: Any, _context: Any) -> int:
    return max(int(value or 0), 0)


def _rates(value: List[Dict[str, Any]], _context: Any) -> List[Dict[str, Any]]:
    return [{"Path": one["path"], "Rate": parse_size(one["rate"])} for one in value]


def _weights(value: List[Dict[str, Any]], _context: Any) -> List[Dict[str, Any]]:
    return [{"Path": one["path"], "Weight": one["weight"]} for one in value]


def _blkio_in_place(_have: Any, want: Any, context: Context) -> bool:
    return context.api_version >= (1, 55) and bool(want)


def _devices(value: List[str], _context: Any) -> List[Dict[str, Any]]:
    keys = ("PathOnHost", "PathInContainer", "CgroupPermissions")
    return [dict(zip(keys, parse_device(one))) for one in value]


def _device_requests(value: List[Dict[str, Any]], _context: Any) -> List[Dict[str, Any]]:
    keys = {
        "driver": "Driver",
        "count": "Count",
        "device_ids": "DeviceIDs",
        "capabilities": "Capabilities",
        "options": "Options",
    }
    return [{keys[key]: item for key, item in one.items() if item is not None} for one in value]


def _ulimits(value: List[str], _context: Any) -> List[Dict[str, Any]]:
    return [dict(zip(("Name", "Soft", "Hard"), parse_ulimit(one))) for one in value]


def _throttle(name: str, key: str, rate: str) -> Field:
    options = {"path": {"type": "str", "required": True}, "rate": {"type": rate, "required": True}}
    return Field(
        name,
        "HostConfig." + key,
        kind=DICTS,
        type="list",
        elements="dict",
        options=options,
        parse=_rates,
        change=UPDATE,
        in_place=_blkio_in_place,
    )


LIMITS = (
    Field(
        "memory",
        "HostConfig.Memory",
        read="HostConfig.Memory",
        parse=_size,
        default=0,
        change=UPDATE,
        follow=_swap_along,
    ),
    Field(
        "memory_swap",
        "HostConfig.MemorySwap",
        parse=_size_or_unlimited,
        default=_swap_default,
        change=UPDATE,
        follow=_memory_along,
    ),
    Field("memory_reservation", "HostConfig.MemoryReservation", parse=_size, default=0, change=UPDATE),
    Field(
        "memory_swappiness",
        "HostConfig.MemorySwappiness",
        type="int",
        default=-1,
        decode=lambda raw, _: -1 if raw is None else raw,
    ),
    Field("kernel_memory", "HostConfig.KernelMemory", parse=_size, default=0),
    Field("kernel_memory_tcp", "HostConfig.KernelMemoryTCP", parse=_size, default=0),
    Field("shm_size", "HostConfig.ShmSize", parse=_size, default=UNKNOWN),
    Field("oom_killer", "HostConfig.OomKillDisable", type="bool"),
    Field("oom_score_adj", "HostConfig.OomScoreAdj", type="int"),
    Field(
        "pids_limit",
        "HostConfig.PidsLimit",
        type="int",
        parse=_pids,
        decode=_pids,
        change=UPDATE,
        in_place=lambda *_: True,
    ),
    Field(
        "cpus",
        "HostConfig.NanoCpus",
        type="float",
        default=0.0,
        change=UPDATE,
        in_place=_no_quota,
        encode=lambda value, _: round(value * 1e9),
        decode=lambda raw, _: (raw or 0) / 1e9,
    ),
    Field("cpu_period", "HostConfig.CpuPeriod", type="int", change=UPDATE, in_place=_no_nano),
    Field("cpu_quota", "HostConfig.CpuQuota", type="int", change=UPDATE, in_place=_no_nano),
    Field("cpu_shares", "HostConfig.CpuShares", type="int", change=UPDATE),
    Field("cpu_realtime_period", "HostConfig.CpuRealtimePeriod", type="int", change=UPDATE),
    Field("cpu_realtime_runtime", "HostConfig.CpuRealtimeRuntime", type="int", change=UPDATE),
    Field("cpuset_cpus", "HostConfig.CpusetCpus", change=UPDATE),
    Field("cpuset_mems", "HostConfig.CpusetMems", change=UPDATE),
    Field("blkio_weight", "HostConfig.BlkioWeight", type="int", change=UPDATE),
    Field(
        "blkio_weight_device",
        "HostConfig.BlkioWeightDevice",
        kind=DICTS,
        type="list",
        elements="dict",
        parse=_weights,
        options={"path": {"type": "str", "required": True}, "weight": {"type": "int", "required": True}},
        change=UPDATE,
        in_place=_blkio_in_place,
    ),
    _throttle("device_read_bps", "BlkioDeviceReadBps", "str"),
    _throttle("device_write_bps", "BlkioDeviceWriteBps", "str"),
    _throttle("device_read_iops", "BlkioDeviceReadIOps", "int"),
    _throttle("device_write_iops", "BlkioDeviceWriteIOps", "int"),
    Field(
        "restart_policy",
        "HostConfig.RestartPolicy.Name",
        choices=["no", "on-failure", "always", "unless-stopped"],
        decode=lambda raw, _: raw or "no",
        default="no",
        change=UPDATE,
        follow=_retries_along,
        in_place=_not_removed_at_exit,
    ),
    Field(
        "restart_retries",
        "HostConfig.RestartPolicy.MaximumRetryCount",
        type="int",
        change=UPDATE,
        follow=_policy_along,
        in_place=_not_removed_at_exit,
    ),
    Field("devices", "HostConfig.Devices", kind=DICTS, type="list", elements="str", parse=_devices),
    Field("device_cgroup_rules", "HostConfig.DeviceCgroupRules", kind="list", type="list", elements="str"),
    Field(
        "device_requests",
        "HostConfig.DeviceRequests",
        kind=DICTS,
        type="list",
        elements="dict",
        parse=_device_requests,
        options={
            "capabilities": {"type": "list", "elements": "list"},
            "count": {"type": "int"},
            "device_ids": {"type": "list", "elements": "str"},
            "driver": {"type": "str"},
            "options": {"type": "dict"},
        },
    ),
    Field("ulimits", "HostConfig.Ulimits", kind=DICTS, type="list", elements="str", parse=_ulimits),
    Field("cpu_count", "HostConfig.CpuCount", type="int"),
    Field("cpu_percent", "HostConfig.CpuPercent", type="int"),
    Field("io_maximum_iops", "HostConfig.IOMaximumIOps", type="int"),
    Field("io_maximum_bandwidth", "HostConfig.IOMaximumBandwidth", parse=_size, default=0),
)
