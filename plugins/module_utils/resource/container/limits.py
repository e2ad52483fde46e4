# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows: limits. What the Engine's update call takes is changed in place (POST /containers/{id}/update)."""

from __future__ import annotations

from typing import Any, Dict

from ...state.compare import DICTS
from ...state.field import UNKNOWN, UPDATE, Field
from .rows import TEXTS, late

_PATH = {"type": "str", "required": True}
_SIZE: Dict[str, Any] = {"parse": late("quantities.size"), "same": late("quantities.same_size"), "default": 0}
# One value for each device: a list of dicts, updated in place by the Engines that can.
_DEVICES: Dict[str, Any] = {
    "kind": DICTS, "type": "list", "elements": "dict", "change": UPDATE, "in_place": late("updating.blkio_in_place"),
}  # fmt: skip


def _throttle(name: str, key: str, rate: str) -> Field:
    options = {"path": _PATH, "rate": {"type": rate, "required": True}}
    return Field(name, "HostConfig." + key, options=options, parse=late("devices.rates"), **_DEVICES)


# fmt: off
LIMITS = (
    Field("memory", "HostConfig.Memory", change=UPDATE, follow=late("updating.swap_along"), **_SIZE),
    Field("memory_swap", "HostConfig.MemorySwap", parse=late("quantities.swap"), same=late("quantities.same_swap"),
          default=late("quantities.swap_default"), change=UPDATE, follow=late("updating.memory_along")),
    Field("memory_reservation", "HostConfig.MemoryReservation", change=UPDATE, **_SIZE),
    Field("memory_swappiness", "HostConfig.MemorySwappiness", type="int", default=-1,
          decode=lambda raw, _: -1 if raw is None else raw),
    Field("kernel_memory", "HostConfig.KernelMemory", until=(1, 42), **_SIZE),
    Field("kernel_memory_tcp", "HostConfig.KernelMemoryTCP", until=(1, 52), **_SIZE),
    Field("shm_size", "HostConfig.ShmSize", parse=late("quantities.size_or_none"), same=late("quantities.same_size"),
          default=UNKNOWN),
    Field("oom_killer", "HostConfig.OomKillDisable", type="bool"),
    Field("oom_score_adj", "HostConfig.OomScoreAdj", type="int"),
    Field("pids_limit", "HostConfig.PidsLimit", type="int", parse=late("quantities.pids"),
          decode=late("quantities.pids"), change=UPDATE, in_place=lambda *_: True),
    Field("cpus", "HostConfig.NanoCpus", type="float", default=0.0, change=UPDATE, in_place=late("updating.no_quota"),
          parse=lambda value, _: round(value * 1e9) / 1e9,  # one third comes back with nine digits
          encode=lambda value, _: round(value * 1e9), decode=lambda raw, _: (raw or 0) / 1e9),
    Field("cpu_period", "HostConfig.CpuPeriod", type="int", change=UPDATE, in_place=late("updating.no_nano")),
    Field("cpu_quota", "HostConfig.CpuQuota", type="int", change=UPDATE, in_place=late("updating.no_nano")),
    Field("cpu_shares", "HostConfig.CpuShares", type="int", change=UPDATE),
    Field("cpu_realtime_period", "HostConfig.CpuRealtimePeriod", type="int", change=UPDATE),
    Field("cpu_realtime_runtime", "HostConfig.CpuRealtimeRuntime", type="int", change=UPDATE),
    Field("cpuset_cpus", "HostConfig.CpusetCpus", change=UPDATE),
    Field("cpuset_mems", "HostConfig.CpusetMems", change=UPDATE),
    Field("blkio_weight", "HostConfig.BlkioWeight", type="int", change=UPDATE),
    Field("blkio_weight_device", "HostConfig.BlkioWeightDevice", parse=late("devices.weights"),
          options={"path": _PATH, "weight": {"type": "int", "required": True}}, **_DEVICES),
    _throttle("device_read_bps", "BlkioDeviceReadBps", "str"),
    _throttle("device_write_bps", "BlkioDeviceWriteBps", "str"),
    _throttle("device_read_iops", "BlkioDeviceReadIOps", "int"),
    _throttle("device_write_iops", "BlkioDeviceWriteIOps", "int"),
    Field("restart_policy", "HostConfig.RestartPolicy.Name", choices=["no", "on-failure", "always", "unless-stopped"],
          decode=lambda raw, _: raw or "no", default="no", change=UPDATE, follow=late("updating.retries_along"),
          in_place=late("updating.not_removed_at_exit")),
    Field("restart_retries", "HostConfig.RestartPolicy.MaximumRetryCount", type="int", change=UPDATE,
          follow=late("updating.policy_along"), in_place=late("updating.not_removed_at_exit")),
    Field("devices", "HostConfig.Devices", kind=DICTS, parse=late("devices.devices"),
          decode=late("devices.observed_devices"), **TEXTS),
    Field("device_cgroup_rules", "HostConfig.DeviceCgroupRules", kind="list", **TEXTS),
    Field("device_requests", "HostConfig.DeviceRequests", kind=DICTS, type="list", elements="dict",
          parse=late("devices.device_requests"), decode=late("devices.observed_device_requests"),
          options={"capabilities": {"type": "list", "elements": "list"},
                   "count": {"type": "int"},
                   "device_ids": dict(TEXTS),
                   "driver": {"type": "str"},
                   "options": {"type": "dict"}}),
    Field("ulimits", "HostConfig.Ulimits", kind=DICTS, parse=late("devices.ulimits"), **TEXTS),
    Field("cpu_count", "HostConfig.CpuCount", type="int"),
    Field("cpu_percent", "HostConfig.CpuPercent", type="int", system="windows"),
    Field("io_maximum_iops", "HostConfig.IOMaximumIOps", type="int"),
    Field("io_maximum_bandwidth", "HostConfig.IOMaximumBandwidth", **_SIZE),
)
