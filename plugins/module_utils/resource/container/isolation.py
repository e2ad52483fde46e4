# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows: how far the container is kept apart from its host and from other containers."""

from __future__ import annotations

from ...state.compare import STRICT
from ...state.field import UNKNOWN, Field
from .rows import TEXTS, late

# fmt: off
ISOLATION = (
    Field("privileged", "HostConfig.Privileged", type="bool"),
    Field("read_only", "HostConfig.ReadonlyRootfs", type="bool"),
    Field("capabilities", "HostConfig.CapAdd", parse=late("privileges.capabilities"),
          decode=late("privileges.capabilities"), **TEXTS),
    Field("cap_drop", "HostConfig.CapDrop", parse=late("privileges.capabilities"),
          decode=late("privileges.capabilities"), **TEXTS),
    Field("security_opts", "HostConfig.SecurityOpt", parse=late("privileges.security"),
          decode=late("privileges.security"), default=late("privileges.security_default"), **TEXTS),
    Field("masked_paths", "HostConfig.MaskedPaths", rule=STRICT, default=UNKNOWN, **TEXTS),
    Field("readonly_paths", "HostConfig.ReadonlyPaths", rule=STRICT, default=UNKNOWN, **TEXTS),
    Field("sysctls", "HostConfig.Sysctls", type="dict", parse=late("environment.texts")),
    Field("cgroup_parent", "HostConfig.CgroupParent"),
    Field("cgroup", "HostConfig.Cgroup"),
    Field("cgroupns_mode", "HostConfig.CgroupnsMode", choices=["private", "host"], default=UNKNOWN, since=(1, 41)),
    Field("ipc_mode", "HostConfig.IpcMode", same=late("modes.same_mode"), default=UNKNOWN),
    Field("pid_mode", "HostConfig.PidMode", same=late("modes.same_mode"), default=""),
    Field("userns_mode", "HostConfig.UsernsMode"),
    Field("uts", "HostConfig.UTSMode"),
    Field("isolation", "HostConfig.Isolation", choices=["default", "process", "hyperv"], default=UNKNOWN),
    Field("storage_opts", "HostConfig.StorageOpt", type="dict", parse=late("environment.texts")),
)
