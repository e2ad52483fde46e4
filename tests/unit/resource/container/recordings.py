# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What real Engines showed, API version by API version, of three containers and their image; recorded for this project.

Engine 20.10 for API 1.41, a development Engine of 2026 with the containerd image store for the others.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import ApiVersion
from ansible_collections.longshore.docker.tests.unit.resource.container.world import World

FOLDER = Path(__file__).parent / "recorded"
RECORDED = sorted(path.stem for path in FOLDER.glob("*.json"))


def version_of(recorded: str) -> ApiVersion:
    """1.41 as a pair."""
    major, minor = recorded.split(".")
    return int(major), int(minor)


def documents(recorded: str) -> dict[str, Any]:
    """The documents of web, peer, job and image."""
    found: dict[str, Any] = json.loads((FOLDER / (recorded + ".json")).read_text(encoding="utf-8"))
    return found


def world_of(recorded: str) -> World:
    """An Engine that has these containers."""
    there = documents(recorded)
    world = World({"bench:1": there["image"]}, version_of(recorded))
    world.containers = [there[name] for name in ("web", "peer", "job")]
    return world


# The tasks that say what the containers were made with.
TASKS: dict[str, dict[str, Any]] = {
    "web": {
        "image": "bench:1",
        "command": "httpd -f -p 80",
        "hostname": "web",
        "domainname": "example.test",
        "env": {"A": "1", "EMPTY": ""},
        "labels": {"app": "web"},
        "user": "0:0",
        "working_dir": "/tmp",
        "stop_signal": "TERM",
        "stop_timeout": 3,
        "healthcheck": {"test": ["true"], "interval": "1s", "timeout": "1000ms", "retries": 3, "start_period": "0s"},
        "published_ports": ["53/udp", "127.0.0.1:18080:80"],
        "networks": [{"name": "front", "ipv4_address": "10.99.0.130", "aliases": ["www"]}],
        "mac_address": "02:42:0A:63:00:82",
        "dns_servers": ["127.0.0.1"],
        "dns_search_domains": ["example.test"],
        "etc_hosts": {"db": "10.0.0.5"},
        "volumes": ["data:/data:rw", "/etc:/host-etc:ro"],
        "mounts": [
            {"type": "tmpfs", "target": "/scratch", "tmpfs_size": "1m", "tmpfs_mode": "0777"},
            {"type": "bind", "source": "/tmp", "target": "/host-tmp", "read_only": True},
        ],
        "tmpfs": ["/run:size=64k"],
        "devices": ["/dev/null:/dev/xnull:rwm"],
        "memory": "64M",
        "memory_swap": "0.125g",
        "cpus": 0.5,
        "cpu_shares": 512,
        "pids_limit": 100,
        "oom_score_adj": 100,
        "shm_size": "32MiB",
        "ulimits": ["nofile=1024:2048"],
        "restart_policy": "on-failure",
        "restart_retries": 3,
        "capabilities": ["CAP_NET_ADMIN"],
        "cap_drop": ["mknod"],
        "security_opts": ["no-new-privileges"],
        "sysctls": {"net.core.somaxconn": "256"},
        "groups": ["10"],
        "init": True,
        "log_driver": "json-file",
        "log_options": {"max-size": "1m"},
        "ipc_mode": "private",
        "cgroupns_mode": "host",
        "runtime": "runc",
        "privileged": False,
        "auto_remove": False,
    },
    "peer": {"image": "bench:1", "network_mode": "container:web", "restart_policy": "no", "tty": False},
    "job": {
        "image": "docker.io/library/bench:1",
        "command": ["sh", "-c", "echo out; echo err >&2; exit 3"],
        "state": "present",
        "network_mode": "default",
        "published_ports": [],
        "entrypoint": [],
        "healthcheck": {"test": "NONE"},
        "memory": "0",
        "pids_limit": -1,
    },
}
