# SPDX-License-Identifier: GPL-3.0-or-later
"""current_container_facts: whether the machine that a task runs on is itself a container."""

from __future__ import annotations

import re
from typing import Any, Dict, Iterable, Mapping, Tuple

NAME = "current_container_facts"
WHY_THERE = "the facts are about the managed node"
# The cgroup that a container's processes are in, where that has a name of its own (cgroup v1).
_CGROUPS = {"/docker": "docker", "/azpl_job": "azure_pipelines", "/actions_job": "github_actions"}
# What Docker and Podman mount as /etc/hostname: a file in a folder named by the container.
_HOSTNAME_FILES = (
    (re.compile(r"/([0-9a-f]{64})/hostname\Z"), "docker"),
    (re.compile(r"/([0-9a-f]{64})/userdata/hostname\Z"), "podman"),
)


def look(_options: Mapping[str, Any]) -> Dict[str, Any]:
    """The facts of this machine."""
    identity, kind = in_cgroup(_lines("/proc/self/cpuset"))
    if not identity:
        identity, kind = in_mounts(_lines("/proc/self/mountinfo"))
    facts = {"running_in_container": bool(identity), "container_id": identity, "container_type": kind}
    return {"ansible_facts": {"ansible_module_" + name: value for name, value in facts.items()}}


def _lines(path: str) -> Iterable[str]:
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            return stream.read().splitlines()
    except OSError:
        return []


def in_cgroup(lines: Iterable[str]) -> Tuple[str, str]:
    """ID and kind by the path of the cgroup (cpuset(7)); empty where it says nothing of a container."""
    folder, _slash, name = "".join(lines).strip().rpartition("/")
    return (name, _CGROUPS[folder]) if folder in _CGROUPS else ("", "")


def in_mounts(lines: Iterable[str]) -> Tuple[str, str]:
    """ID and kind by what is mounted as /etc/hostname (proc_pid_mountinfo(5): the fourth field is what is mounted, the
    fifth where)."""
    found = "", ""
    for line in lines:
        fields = line.split()
        if len(fields) > 4 and fields[4] == "/etc/hostname":
            for pattern, kind in _HOSTNAME_FILES:
                match = pattern.search(fields[3])
                found = (match.group(1), kind) if match else found
    return found
