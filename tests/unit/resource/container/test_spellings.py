# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Containers that others made: what they wrote in another way than we would is no difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.container.endpoints import observed
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.table import FIELDS
from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import planned, task, world_of
from ansible_collections.longshore.docker.tests.unit.resource.container.world import World


def made_by_others(**host: Any) -> World:
    """An Engine with a container whose HostConfig (and, below config, Config) holds these."""
    world = world_of((1, 51))
    config = host.pop("config", {})
    for step in planned(world, task(image="app:2", state="present"))[1].steps:
        world.send(step.call)
    container = world.find("web")
    assert container is not None
    container["HostConfig"].update(host)
    container["Config"].update(config)
    return world


def port(ip: str, number: str, *more: str) -> dict[str, Any]:
    return {
        "PortBindings": {"80/tcp": [{"HostIp": one, "HostPort": number} for one in (ip, *more)]},
        "config": {"ExposedPorts": {"80/tcp": {}}},
    }


@pytest.mark.parametrize(
    ("task_says", "network_says", "bound"),
    [
        ({}, None, "0.0.0.0"),
        ({"default_host_ip": ""}, None, ""),
        ({"default_host_ip": "127.0.0.1"}, "192.0.2.1", "127.0.0.1"),
        ({"networks": [{"name": "front"}]}, None, "0.0.0.0"),
        ({"networks": [{"name": "front"}]}, "192.0.2.1", "192.0.2.1"),
    ],
)
def test_where_ports_are_published(task_says: dict[str, Any], network_says: str | None, bound: str) -> None:
    """The incumbent's default, not docker run's."""
    world = world_of((1, 51))
    if network_says:
        world.network_options["com.docker.network.bridge.host_binding_ipv4"] = network_says
    options = task(image="app:2", state="present", published_ports=["8080:80"], **task_says)
    for step in planned(world, options)[1].steps:
        world.send(step.call)
    container = world.find("web")
    assert container is not None
    assert container["HostConfig"]["PortBindings"] == {"80/tcp": [{"HostIp": bound, "HostPort": "8080"}]}
    again = planned(world, options)[1]
    assert not again.changed and again.before == again.after


BIND = {"Mounts": [{"Type": "bind", "Source": "/srv", "Target": "/data", "ReadOnly": True}]}
VOLUME = {"Mounts": [{"Type": "volume", "Source": "data", "Target": "/data", "VolumeOptions": {}}]}
SAME: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (port("0.0.0.0", "8080"), {"published_ports": ["8080:80"]}),
    (port("", "8080"), {"published_ports": ["8080:80"]}),
    (port("", "8080"), {"published_ports": ["0.0.0.0:8080:80", "[::]:8080:80"]}),
    (port("0.0.0.0", "8080", "::"), {"published_ports": ["[::]:8080:80", "0.0.0.0:8080:80"]}),
    (port("", "8080", "::"), {"published_ports": ["[::]:8080:80", "8080:80"]}),
    (port("", "8080"), {"published_ports": ["0.0.0.0:8080:80"]}),
    (port("0:0:0:0:0:0:0:1", "8080"), {"published_ports": ["[::1]:8080:80"]}),
    (port("", "0"), {"published_ports": ["80"]}),
    (BIND, {"volumes": ["/srv:/data:ro"]}),
    (VOLUME, {"volumes": ["data:/data"]}),
    (
        {"Binds": ["/srv:/data:ro"]},
        {"mounts": [{"type": "bind", "source": "/srv", "target": "/data", "read_only": True}]},
    ),
    ({"Binds": ["data:/data:rw,z"]}, {"volumes": ["data:/data:z"]}),
    ({"Binds": ["data:/data/"]}, {"volumes": ["data:/data"]}),
    ({"Binds": ["/srv/:/data"]}, {"volumes": ["/srv:/data"]}),
    ({"config": {"Volumes": {"/cache/": {}}}}, {"volumes": ["/cache"]}),
    ({"Mounts": [{"Type": "bind", "Source": "/srv/", "Target": "/data/"}]}, {"volumes": ["/srv:/data"]}),
    (
        {"Mounts": [{"Type": "bind", "Source": "/srv/", "Target": "/data/"}]},
        {"mounts": [{"type": "bind", "source": "/srv", "target": "/data"}]},
    ),
    (
        {"Mounts": [{**VOLUME["Mounts"][0], "VolumeOptions": {"Labels": {"a": "true"}}}]},
        {"mounts": [{"source": "data", "target": "/data/", "labels": {"a": True}, "no_copy": False}]},
    ),
    ({"CapAdd": ["CAP_NET_ADMIN"]}, {"capabilities": ["NET_ADMIN"]}),
    ({"SecurityOpt": ["label:disable"]}, {"security_opts": ["label=disable"]}),
    ({"SecurityOpt": ["no-new-privileges:true"]}, {"security_opts": ["no-new-privileges"]}),
    ({"RestartPolicy": {"Name": ""}}, {"restart_policy": "no"}),
    ({"RestartPolicy": None}, {"restart_policy": "no", "restart_retries": None}),
    ({"PidsLimit": None}, {"pids_limit": -1}),
    (
        {"Devices": [{"PathOnHost": "/dev/sda", "PathInContainer": "/dev/sda", "CgroupPermissions": "mr"}]},
        {"devices": ["/dev/sda:/dev/sda:rm"]},
    ),
    (
        {"DeviceRequests": [{"Driver": "nvidia", "Count": 1, "Options": {"a": "1", "b": "true"}}]},
        {"device_requests": [{"driver": "nvidia", "count": 1, "options": {"a": 1, "b": True}}]},
    ),
    # Ansible's own reading of sizes rounds up what docker drops.
    ({"Memory": 751619277, "MemorySwap": 1503238554}, {"memory": "0.7g", "memory_swap": "1.4g"}),
    ({"Memory": 751619277, "MemorySwap": 1503238554}, {"memory": "0.7g", "memory_swap": "0"}),
    ({"ShmSize": 107374183}, {"shm_size": "0.1g"}),
    ({"config": {"ExposedPorts": {"7000-7002/tcp": {}, "80": {}}}}, {"exposed_ports": ["80", "7000-7001"]}),
    ({"ExtraHosts": ["db:0:0::1"]}, {"etc_hosts": {"db": "::1"}}),
    ({"ExtraHosts": ["db:host-gateway"]}, {"etc_hosts": {"db": "host-gateway"}}),
    ({"VolumesFrom": ["peer:rw"]}, {"volumes_from": ["peer"]}),
    ({"Links": ["/peer:/web/database"]}, {"links": ["peer:database"]}),
    ({"config": {"StopSignal": "2"}}, {"stop_signal": "SIGINT"}),
    ({"config": {"Healthcheck": {"Test": ["NONE"]}}}, {"healthcheck": {"test": ""}}),
    ({"config": {"Cmd": ["sleep", "86400"]}}, {"command": "sleep 86400"}),
    ({"config": {"Entrypoint": None}}, {"entrypoint": [""]}),
    (
        {"config": {"Entrypoint": ["sh", "-c"], "Cmd": ["sleep 5", "x"]}},
        {"command": ["'sleep 5'", "x"], "entrypoint": ["sh -c"], "command_handling": "compatibility"},
    ),
]


@pytest.mark.parametrize("there, options", SAME, ids=repr)
def test_no_difference(there: dict[str, Any], options: dict[str, Any]) -> None:
    plan = planned(made_by_others(**there), task(image="app:2", state="present", **options))[1]
    assert (plan.steps, plan.drift) == ((), ())


OTHER: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    (port("127.0.0.1", "8080"), {"published_ports": ["8080:80"]}, "published_ports"),
    (port("0.0.0.0", "8080"), {"published_ports": ["8080:80"], "default_host_ip": "127.0.0.1"}, "published_ports"),
    (port("0.0.0.0", "8080"), {"published_ports": ["8081:80"]}, "published_ports"),
    (port("0.0.0.0", "8080"), {"published_ports": ["8080:80", "[::]:8080:80"]}, "published_ports"),
    (port("0.0.0.0", "8080"), {"published_ports": ["[::]:8080:80"]}, "published_ports"),
    (port("", "8080"), {"published_ports": ["[::]:8080:80"]}, "published_ports"),
    (port("::", "8080"), {"published_ports": ["8080:80"]}, "published_ports"),
    (port("0.0.0.0", "8080", "::"), {"published_ports": ["8080:80"]}, "published_ports"),
    (port("0.0.0.0", "8080", "::"), {"published_ports": ["[::]:8080:80"]}, "published_ports"),
    (port("", "8080", "127.0.0.1"), {"published_ports": ["8080:80"]}, "published_ports"),
    (port("", "8080"), {"published_ports": ["8080:80"], "default_host_ip": "0.0.0.0"}, "published_ports"),
    (BIND, {"volumes": ["/srv:/data"]}, "volumes"),
    (VOLUME, {"volumes": ["other:/data"]}, "volumes"),
    (
        {"Binds": ["/srv:/data"]},
        {"mounts": [{"type": "bind", "source": "/srv", "target": "/data", "read_only": True}]},
        "mounts",
    ),
    ({"SecurityOpt": ["no-new-privileges:false"]}, {"security_opts": ["no-new-privileges"]}, "security_opts"),
]


@pytest.mark.parametrize("there, options, reason", OTHER, ids=repr)
def test_a_difference(there: dict[str, Any], options: dict[str, Any], reason: str) -> None:
    plan = planned(made_by_others(**there), task(image="app:2", state="present", **options))[1]
    assert plan.reasons == (reason,)


ODD: Sequence[dict[str, Any]] = [
    {"Binds": ["/srv:/data:U"]},
    {"Binds": ["/srv:/data:O,upperdir=/u"]},
    {"ExtraHosts": ["db:example.test", "alone"]},
    {"PortBindings": {"80/tcp": None, "81/tcp": [{}], "82/tcp": [{"HostIp": "host.example"}]}},
    {"Links": ["peer"]},
    {"CapAdd": []},
    {"config": {"ExposedPorts": {"web/tcp": {}, "9-8": {}}}},
    {"RestartPolicy": {}, "LogConfig": None},
    {"config": {"StopSignal": "99", "MacAddress": "odd", "Env": ["ALONE", "=x"], "Labels": None}},
]


@pytest.mark.parametrize("there", ODD, ids=repr)
def test_whatever_stands_there_can_be_read(there: dict[str, Any]) -> None:
    options = task(image="app:2", volumes=["/a:/b"], mounts=[{"type": "volume", "target": "/c"}], state="present")
    context, _plan = planned(made_by_others(**there), options)
    for field in FIELDS:
        field.show(field.observed(context.container, context))


def test_what_a_template_left_empty_of_an_endpoint() -> None:
    world = world_of((1, 51))
    front: dict[str, Any] = {"name": "front", "driver_opts": {"a": True}}
    empty = dict(front, ipv4_address="", ipv6_address="", mac_address="", aliases=[])
    for endpoint in (dict(front, ipv4_address="10.0.0.9"), empty):
        plan = planned(world, task(image="app:2", state="present", networks=[endpoint]))[1]
        for step in plan.steps:
            world.send(step.call)
    assert plan.steps == ()
    container = world.find("web")
    assert container is not None
    assert container["NetworkSettings"]["Networks"]["front"]["DriverOpts"] == {"a": "true"}


def test_the_alias_made_from_the_id_is_nobodys() -> None:
    settings = {"NetworkID": "b" * 64, "Aliases": ["web", "a" * 12]}
    (found,) = observed({"Id": "a" * 64, "NetworkSettings": {"Networks": {"net": settings}}}, None)
    assert found["aliases"] == ["web"]
