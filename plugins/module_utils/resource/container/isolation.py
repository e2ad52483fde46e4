# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows: how far the container is kept apart from its host and from other containers."""

from __future__ import annotations

from typing import Any, Dict, List

from ...state.compare import STRICT
from ...state.field import UNKNOWN, Field
from ...values.capabilities import canonical_capability
from .context import Context


def _capabilities(value: Any, _context: Any) -> List[str]:
    return sorted({canonical_capability(one) for one in value or ()})


def _security(value: Any, _context: Any) -> List[str]:
    """`label:disable` and `label=disable` are one, and so are `no-new-privileges` and `no-new-privileges=true`."""
    found = set()
    for one in value or ():
        head, _sep, rest = one.partition("=" if "=" in one.split(":")[0] else ":")
        found.add("%s=%s" % (head, rest or "true") if head == "no-new-privileges" or rest else head)
    return sorted(found)


def same_mode(have: Any, want: Any, _rule: str, context: Context) -> bool:
    """Namespace modes; `container:NAME` comes back from the Engine as `container:ID`."""
    return bool(have == want) or bool(have == resolved(want, context))


def resolved(mode: str, context: Context) -> str:
    """`container:NAME` with the name replaced by the container's ID, where that is known."""
    kind, sep, name = (mode or "").partition(":")
    return "%s:%s" % (kind, context.ids.get(name, name)) if sep and kind == "container" else mode


def _mode(name: str, key: str, default: Any = "", **spec: Any) -> Field:
    return Field(name, "HostConfig." + key, same=same_mode, default=default, **spec)


def _texts(value: Dict[str, Any], _context: Any) -> Dict[str, str]:
    return {str(key): str(item) for key, item in value.items()}


ISOLATION = (
    Field("privileged", "HostConfig.Privileged", type="bool"),
    Field("read_only", "HostConfig.ReadonlyRootfs", type="bool"),
    Field("capabilities", "HostConfig.CapAdd", type="list", elements="str", parse=_capabilities, decode=_capabilities),
    Field("cap_drop", "HostConfig.CapDrop", type="list", elements="str", parse=_capabilities, decode=_capabilities),
    Field("security_opts", "HostConfig.SecurityOpt", type="list", elements="str", parse=_security, decode=_security),
    Field("masked_paths", "HostConfig.MaskedPaths", rule=STRICT, type="list", elements="str", default=UNKNOWN),
    Field("readonly_paths", "HostConfig.ReadonlyPaths", rule=STRICT, type="list", elements="str", default=UNKNOWN),
    Field("sysctls", "HostConfig.Sysctls", type="dict", parse=_texts),
    Field("cgroup_parent", "HostConfig.CgroupParent"),
    Field("cgroup", "HostConfig.Cgroup"),
    Field("cgroupns_mode", "HostConfig.CgroupnsMode", choices=["private", "host"], default=UNKNOWN, since=(1, 41)),
    _mode("ipc_mode", "IpcMode", UNKNOWN),
    _mode("pid_mode", "PidMode"),
    Field("userns_mode", "HostConfig.UsernsMode"),
    Field("uts", "HostConfig.UTSMode"),
    Field("isolation", "HostConfig.Isolation", choices=["default", "process", "hyperv"], default=UNKNOWN),
    Field("storage_opts", "HostConfig.StorageOpt", type="dict", parse=_texts),
)
