# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random values for every option of the container that describes a property.

A row that has none here has those of its case (tests/integration/container/cases/), so that a new option needs no
further place; where these are few or simple, values that are harder to get right belong here.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import ApiVersion
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.table import ROWS
from ansible_collections.longshore.docker.tests.contract.case_values import values_in_cases


def one(*values: Any) -> st.SearchStrategy[Any]:
    """One of these."""
    return st.sampled_from(values)


def some(*values: Any) -> st.SearchStrategy[list[Any]]:
    """A list of some of these, each at most once."""
    return st.lists(st.sampled_from(values), unique=True, max_size=3)


def by_name(names: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A dict of some of the names."""
    return st.dictionaries(st.sampled_from(names.split()), values, max_size=3)


texts = one("1", "two", "three and four", "")
sizes = one("64m", "128M", 268435456, "0.5g", "1GiB")
devices = ("/dev/sda", "/dev/sdb")


def rates(key: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values for block devices."""
    entry = st.fixed_dictionaries({"path": one(*devices), key: values})
    return st.lists(entry, max_size=2, unique_by=lambda found: found["path"])


HEALTH = st.fixed_dictionaries(
    {},
    optional={
        "test": one("true", ["CMD", "true"], ["true", "-x"], "NONE", ["NONE"], [], ""),
        "test_cli_compatible": st.booleans(),
        "interval": one("30s", "1m30s", "500ms"),
        "timeout": one("1s", "2s"),
        "start_period": one("5s", "0s"),
        "start_interval": one("1s"),
        "retries": st.integers(0, 4),
    },
)
MOUNTS = one(
    {"type": "bind", "source": "/srv", "target": "/m1"},
    {"type": "bind", "source": "/srv", "target": "/m1", "read_only": True, "propagation": "rslave"},
    {"type": "bind", "source": "/etc", "target": "/m2", "non_recursive": True},
    {"type": "volume", "source": "data", "target": "/m3"},
    {"type": "volume", "source": "data", "target": "/m3", "no_copy": True, "labels": {"a": "1"}},
    {"source": "more", "target": "/m4", "volume_driver": "local", "volume_options": {"o": "size=1m"}},
    {"type": "volume", "target": "/m4", "read_only": True},
    {"type": "tmpfs", "target": "/m5", "tmpfs_size": "1m", "tmpfs_mode": "1777"},
    {"type": "tmpfs", "target": "/m5"},
)
NETWORKS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"name": one("bridge")}),
        st.fixed_dictionaries(
            {"name": one("front", "back")},
            optional={
                "ipv4_address": one("10.9.0.2", "10.9.0.3"),
                "ipv6_address": one("fd00::2", "FD00:0::3"),
                "link_local_ips": some("169.254.1.2"),
                "aliases": some("www", "api"),
                "links": some("db:database", "db"),
                "mac_address": one("02:42:0A:09:00:02", "02-42-0a-09-00-03"),
                "driver_opts": by_name("a b", texts),
                "gw_priority": st.integers(0, 2),
            },
        ),
    ),
    max_size=3,
    unique_by=lambda found: found["name"],
)

_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "image": one("app:1", "app:2"),
    "platform": one("linux/amd64", "amd64", "linux", "linux/x86_64"),
    "command": one("sleep 5", ["sleep", "5"], ["sh", "-c", "echo 'a b'"], "sh -c 'echo \"a b\"'", []),
    "entrypoint": one(["/bin/run"], ["/bin/run", "-v"], []),
    "env": by_name("A B PATH FROM_IMAGE", texts),
    "labels": by_name("a b from.image", texts),
    "healthcheck": HEALTH,
    "hostname": one("web", "db", ""),
    "domainname": one("example.test", "test", ""),
    "user": one("0", "www:www", ""),
    "working_dir": one("/srv", "/", "/srv/", "/srv/../etc", ""),
    "interactive": st.booleans(),
    "stdin_once": st.booleans(),
    "tty": st.booleans(),
    "shell": one(["/bin/bash", "-c"], ["/bin/sh"]),
    "stop_signal": one("SIGINT", "INT", "2", "SIGTERM", "15", ""),
    "stop_timeout": st.integers(1, 20),
    "groups": some("audio", "44"),
    "init": st.booleans(),
    "auto_remove": st.booleans(),
    "log_driver": one("json-file", "local", ""),
    "log_options": by_name("max-size max-file", texts),
    "runtime": one("runc", "crun", ""),
    "annotations": by_name("a b", texts),
    "published_ports": some(
        "80", "8080:80", "127.0.0.1:81:81/udp", "[::1]::82", "9000-9001:9000-9001", "0.0.0.0:83:83"
    ),
    "publish_all_ports": st.booleans(),
    "exposed_ports": some("80", "90-91/udp", "443/TCP"),
    "network_mode": one("bridge", "default", "host", "none", "front", "container:peer"),
    "networks": NETWORKS,
    "mac_address": one("02:42:AC:11:00:05", "02-42-ac-11-00-06"),
    "network_disabled": st.booleans(),
    "dns_servers": some("10.0.0.53", "FD00:0::53"),
    "dns_opts": some("timeout:3", "ndots:2"),
    "dns_search_domains": some("a.test", "b.test"),
    "etc_hosts": by_name("db cache", one("10.0.0.5", "::1", "0:0::1", "host-gateway")),
    "links": some("db:database", "cache"),
    "volumes": some("/srv:/srv:ro,z", "data:/data", "/cache", "data:/more/:rw", "/etc:/host:rslave"),
    "mounts": st.lists(MOUNTS, max_size=3, unique_by=lambda found: found["target"]),
    "tmpfs": some("/run", "/tmp:size=64k", "/var/tmp:rw"),
    "volume_driver": one("local", ""),
    "volumes_from": some("peer", "other:ro", "third:rw"),
    "memory": sizes,
    "memory_swap": one("2g", "4G", "unlimited", -1, 0),
    "memory_reservation": sizes,
    "memory_swappiness": st.integers(0, 3),
    "kernel_memory": sizes,
    "kernel_memory_tcp": sizes,
    "shm_size": one("64m", "0.1g", 0),
    "oom_killer": st.booleans(),
    "oom_score_adj": st.integers(-3, 3),
    "pids_limit": st.integers(-1, 3),
    "cpus": one(0.5, 1.5, 2.0, 0.01, 1 / 3),
    "cpu_period": one(50000, 100000),
    "cpu_quota": one(20000, 40000),
    "cpu_shares": st.integers(2, 5),
    "cpu_realtime_period": one(1000000),
    "cpu_realtime_runtime": one(950000, 900000),
    "cpuset_cpus": one("0", "0,1"),
    "cpuset_mems": one("0"),
    "blkio_weight": st.integers(10, 12),
    "blkio_weight_device": rates("weight", st.integers(10, 12)),
    "device_read_bps": rates("rate", one("1m", "2M")),
    "device_write_bps": rates("rate", one("1m", "2M")),
    "device_read_iops": rates("rate", st.integers(1, 3)),
    "device_write_iops": rates("rate", st.integers(1, 3)),
    "restart_policy": one("no", "on-failure", "always", "unless-stopped"),
    "restart_retries": st.integers(0, 3),
    "devices": some("/dev/null", "/dev/zero:/dev/nul:rw", "/dev/sda:mr"),
    "device_cgroup_rules": some("c 42:* rmw", "c 1:3 r"),
    "device_requests": st.lists(
        one(
            {"driver": "nvidia", "count": -1},
            {"count": 0, "options": {}},
            {"device_ids": ["0"], "capabilities": [["gpu"]]},
        ),
        max_size=1,
    ),
    "ulimits": some("nofile:1024:2048", "core=0", "nproc:5"),
    "cpu_count": st.integers(1, 3),
    "cpu_percent": st.integers(1, 3),
    "io_maximum_iops": st.integers(1, 3),
    "io_maximum_bandwidth": sizes,
    "privileged": st.booleans(),
    "read_only": st.booleans(),
    "capabilities": some("NET_ADMIN", "cap_sys_time", "ALL"),
    "cap_drop": some("all", "CAP_MKNOD"),
    "security_opts": some("no-new-privileges", "seccomp=unconfined", "label:disable"),
    "masked_paths": some("/proc/kcore", "/proc/keys"),
    "readonly_paths": some("/proc/sys"),
    "sysctls": by_name("net.core.somaxconn net.ipv4.ip_forward", one("1", "0")),
    "cgroup_parent": one("/one", "/two", ""),
    "cgroup": one("container:peer"),
    "cgroupns_mode": one("private", "host"),
    "ipc_mode": one("private", "shareable", "host", "container:peer", ""),
    "pid_mode": one("host", "container:peer", ""),
    "userns_mode": one("host", ""),
    "uts": one("host", ""),
    "isolation": one("default"),
    "storage_opts": by_name("size", one("1g", "2g")),
}
_OF_CASES = {name: st.sampled_from(values) for name, values in values_in_cases().items() if name in ROWS}
VALUES: dict[str, st.SearchStrategy[Any]] = {**_OF_CASES, **_VALUES}

VERSIONS: tuple[ApiVersion, ...] = ((1, 41), (1, 44), (1, 51), (1, 52), (1, 56))
IMAGES: dict[str, dict[str, Any]] = {
    "app:1": {
        "Id": "sha256:" + "1" * 64,
        "RepoTags": ["app:1"],
        "Os": "linux",
        "Architecture": "amd64",
        "Config": {
            "Cmd": ["serve", "--all"],
            "Entrypoint": ["/bin/app"],
            "Env": ["PATH=/bin", "FROM_IMAGE=1"],
            "ExposedPorts": {"8000/tcp": {}},
            "Healthcheck": {"Test": ["CMD", "check"], "Interval": 10**9, "Retries": 2},
            "Labels": {"from.image": "1"},
            "Shell": ["/bin/image-shell", "-c"],
            "StopSignal": "SIGQUIT",
            "User": "app",
            "Volumes": {"/var/lib/app": {}},
            "WorkingDir": "/app",
        },
    },
    # As API 1.52 shows an image that says nothing but its command.
    "app:2": {
        "Id": "sha256:" + "2" * 64,
        "RepoTags": ["app:2"],
        "Os": "linux",
        "Architecture": "amd64",
        "Config": {"Cmd": ["sleep", "86400"]},
    },
}
