# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which container this is, by what the kernel says about a process."""

from __future__ import annotations

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.node.current_container import (
    in_cgroup,
    in_mounts,
)

ID = "0123456789abcdef" * 4
NOWHERE = ("", "")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("/", NOWHERE),
        ("/docker/" + ID, (ID, "docker")),
        ("/azpl_job/" + ID, (ID, "azure_pipelines")),
        ("/actions_job/" + ID, (ID, "github_actions")),
        ("/system.slice/docker-%s.scope" % ID, NOWHERE),
        ("/docker/%s/below" % ID, NOWHERE),
    ],
)
def test_cgroups(line: str, found: tuple[str, str]) -> None:
    assert in_cgroup([line]) == found
    assert in_cgroup([]) == NOWHERE


def mount(source: str, target: str = "/etc/hostname") -> str:
    return "880 853 8:1 %s %s rw,relatime - ext4 /dev/sda1 rw" % (source, target)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (mount("/var/lib/docker/containers/%s/hostname" % ID), (ID, "docker")),
        (mount("/containers/storage/overlay-containers/%s/userdata/hostname" % ID), (ID, "podman")),
        (mount("/var/lib/docker/containers/%s/hostname" % ID, "/etc/hosts"), NOWHERE),
        (mount("/var/lib/docker/containers/%s/hostname" % ID[:12]), NOWHERE),
        (mount("/"), NOWHERE),
        ("880 853", NOWHERE),
    ],
)
def test_mounts(line: str, found: tuple[str, str]) -> None:
    assert in_mounts([mount("/", "/"), line]) == found
