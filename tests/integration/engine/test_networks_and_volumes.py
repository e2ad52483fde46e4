# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done with networks and volumes, on a real Engine."""

from __future__ import annotations

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import containers, networks, volumes
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ApiError, ApiTooOld, NotFound
from ansible_collections.longshore.docker.plugins.module_utils.values import published
from ansible_collections.longshore.docker.tests.integration.engine.servers import Containers


def test_network(engine: Engine, containers_made: Containers) -> None:
    body = {
        "Name": "longshore-n",
        "IPAM": {"Config": [{"Subnet": "10.213.0.0/24"}]},
        "Labels": {"longshore-n": "1"},
        "Options": {"com.docker.network.bridge.enable_icc": "false"},
    }
    network_id = engine.send(networks.create(body))["Id"]
    try:
        assert [one["Id"] for one in engine.get(networks.list_({"label": ["longshore-n"]}))] == [network_id]
        assert engine.get(networks.inspect("longshore-n", verbose=True, scope="local"))["Id"] == network_id
        assert engine.get(networks.inspect("longshore-none")) is None
        made = containers_made("sleep", "300", HostConfig={"NetworkMode": "bridge"})
        engine.send(networks.connect(network_id, made, {"IPAMConfig": {"IPv4Address": "10.213.0.9"}, "Aliases": ["a"]}))
        endpoint = engine.get(networks.inspect(network_id))["Containers"][made]
        assert endpoint["IPv4Address"] == "10.213.0.9/24"
        with pytest.raises(ApiError, match="has active endpoints"):
            engine.send(networks.remove(network_id))
        engine.send(networks.disconnect(network_id, made, force=True))
        assert engine.get(networks.inspect(network_id))["Containers"] == {}
        assert engine.send(networks.prune({"label": ["longshore-n=1"]}))["NetworksDeleted"] == ["longshore-n"]
    finally:
        if engine.get(networks.inspect(network_id)):
            engine.send(networks.remove(network_id))


def test_network_with_a_mistake(engine: Engine) -> None:
    with pytest.raises(ApiError, match="invalid CIDR"):
        engine.send(networks.create({"Name": "longshore-m", "IPAM": {"Config": [{"Subnet": "10.213.0.0"}]}}))
    with pytest.raises(NotFound, match="longshore-none"):
        engine.send(networks.remove("longshore-none"))


def test_port_lookup(engine: Engine, containers_made: Containers) -> None:
    made = containers_made(
        "sleep", "300", ExposedPorts={"80/tcp": {}, "81/tcp": {}},
        HostConfig={"PortBindings": {"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "18080"}, {"HostPort": "18081"}]}},
    )  # fmt: skip
    found = engine.get(containers.inspect(made))
    assert {"HostIp": "127.0.0.1", "HostPort": "18080"} in published.addresses(found, 80)
    assert {"HostIp": "0.0.0.0", "HostPort": "18081"} in published.addresses(found, "80/tcp")
    assert published.addresses(found, 81) == []


def test_volume(engine: Engine, containers_made: Containers) -> None:
    body = {"Name": "longshore-v", "Labels": {"longshore-v": "1"}, "DriverOpts": {"type": "tmpfs", "device": "tmpfs"}}
    made = engine.send(volumes.create(body))
    try:
        assert made["Name"] == "longshore-v" and made["Options"] == body["DriverOpts"]
        assert engine.send(volumes.create(body))["CreatedAt"] == made["CreatedAt"]
        assert [one["Name"] for one in engine.get(volumes.list_({"label": ["longshore-v"]}))["Volumes"]] == [
            "longshore-v"
        ]
        assert engine.get(volumes.inspect("longshore-v"))["Labels"] == {"longshore-v": "1"}
        assert engine.get(volumes.inspect("longshore-none")) is None
        user = containers_made("true", start=False, HostConfig={"Binds": ["longshore-v:/v"]})
        with pytest.raises(ApiError, match="volume is in use"):
            engine.send(volumes.remove("longshore-v"))
        engine.send(containers.remove(user))
        containers_made.made.remove(user)
    finally:
        engine.send(volumes.remove("longshore-v"))
    with pytest.raises(NotFound, match="no such volume"):
        engine.send(volumes.remove("longshore-v"))
    engine.send(volumes.remove("longshore-v", force=True))


def test_volume_prune(engine: Engine) -> None:
    filters: dict[str, list[str]] = {"label": ["longshore-prune=1"]}
    engine.send(volumes.create({"Name": "longshore-p", "Labels": {"longshore-prune": "1"}}))
    if engine.api_version >= (1, 42):
        assert not engine.send(volumes.prune(filters))["VolumesDeleted"]
        filters["all"] = ["true"]
    assert engine.send(volumes.prune(filters))["VolumesDeleted"] == ["longshore-p"]


def test_volume_update_where_there_is_no_such_thing(engine: Engine) -> None:
    call = volumes.update("longshore-none", 1, {})
    with pytest.raises((ApiTooOld, ApiError), match="PUT /volumes/longshore-none"):
        engine.send(call)
