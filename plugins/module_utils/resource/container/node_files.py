# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a task concerns files of the managed node. Asked where a task is placed, and nowhere else. Pure."""

from __future__ import annotations

from typing import Any, List, Mapping

from ...values.mounts import is_relative


def needs_node(options: Mapping[str, Any]) -> str:
    """Why the files of the managed node are needed, empty where they are not."""
    if options.get("state") == "absent":
        return ""
    if options.get("env_file"):
        return "env_file names a file of the managed node"
    sources = [str(one).strip().partition(":")[0] for one in _listed(options.get("volumes"))]
    mounts = [one for one in _listed(options.get("mounts")) if isinstance(one, Mapping)]
    binds = [str(one.get("source") or "") for one in mounts if one.get("type") == "bind"]
    for option, paths in (("volumes", sources), ("mounts", binds)):
        if any(map(is_relative, paths)):
            return "%s names a path that begins with ~ or . and is to be spelled out on the managed node" % option
    return ""


def _listed(value: Any) -> List[Any]:
    """As Ansible reads a list: what an entry of `containers` holds has yet to be validated."""
    return value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
