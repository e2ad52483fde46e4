# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks that span a swarm, of which this Engine is the only member: each foretold, made, made again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import containers, networks
from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.plugins.modules.network import TASK
from ansible_collections.longshore.docker.tests.integration.container.service import run

NAME, CONFIGURATION, MEMBER = "ls-spanning", "ls-spanning-configuration", "ls-spanning-member"


class Swarm:
    def __init__(self, socket: str) -> None:
        self.socket = socket
        self.engine: Engine = open_engine({"docker_host": "unix://" + socket}, {})
        self.engine.send(
            Call("POST", "/swarm/init", body={"ListenAddr": "127.0.0.1:2377", "AdvertiseAddr": "127.0.0.1"})
        )

    def task(self, options: dict[str, Any], **modes: Any) -> dict[str, Any]:
        result = run(self.socket, {"name": NAME, "timeout": 60, **options}, task=TASK, **modes)
        assert not result.get("failed"), result
        return result

    def converge(self, options: dict[str, Any], reasons: list[str] | None = None) -> dict[str, Any]:
        """Foretold, made, made again; returns the network."""
        predicted, made, again = (self.task(options, check=check) for check in (True, False, False))
        assert predicted["changed"] and made["changed"] and predicted["diff"] == made["diff"]
        assert made.get("replaced_because") == predicted.get("replaced_because") == reasons
        assert not again["changed"], again
        found: dict[str, Any] = made.get("network") or {}
        return found

    def close(self) -> None:
        if self.engine.get(containers.inspect(MEMBER)):
            self.engine.send(containers.remove(MEMBER, force=True))
        for name in (NAME, CONFIGURATION):
            self.task({"name": name, "state": "absent"})
        self.engine.send(Call("POST", "/swarm/leave", {"force": True}))
        self.engine.close()


@pytest.fixture
def swarm(engine_socket: str, busybox_image: str) -> Iterator[Swarm]:
    made = Swarm(engine_socket)
    try:
        yield made
    finally:
        made.close()


# Engines have taken Scope, ConfigOnly and ConfigFrom since API 1.30; the description has them since 1.44.
undescribed = pytest.mark.made_up_requests


@undescribed
def test_overlay(swarm: Swarm) -> None:
    pool = [{"subnet": "10.93.0.0/24"}]
    found = swarm.converge({"driver": "overlay", "attachable": True, "scope": "swarm", "ipam_config": pool})
    assert (found["Driver"], found["Scope"], found["Attachable"]) == ("overlay", "swarm", True)
    assert not swarm.task({"driver": "overlay", "scope": "global"})["changed"]
    found = swarm.converge({"driver": "overlay", "labels": {"one": "two"}, "ipam_config": pool}, ["labels"])
    assert found["Labels"] == {"one": "two"}
    swarm.converge({"state": "absent"})


def test_its_container_comes_back(swarm: Swarm, busybox_image: str) -> None:
    pool = [{"subnet": "10.93.1.0/24"}]
    swarm.converge({"driver": "overlay", "attachable": True, "ipam_config": pool})
    swarm.engine.send(containers.create(MEMBER, {"Image": busybox_image, "StopSignal": "KILL"}))
    swarm.engine.send(containers.start(MEMBER))
    endpoint = {"IPAMConfig": {"IPv4Address": "10.93.1.50"}, "Aliases": ["www"]}
    swarm.engine.send(networks.connect(NAME, MEMBER, endpoint))
    task = {"driver": "overlay", "attachable": True, "ipam_config": pool, "labels": {"one": "two"}}
    swarm.converge(task, ["labels"])
    found = swarm.engine.send(containers.inspect(MEMBER))["NetworkSettings"]["Networks"][NAME]
    assert found["IPAddress"] == "10.93.1.50" and "www" in found["Aliases"]


@undescribed
def test_a_network_of_this_host_from_a_configuration(swarm: Swarm) -> None:
    pool = [{"subnet": "10.93.2.0/24"}]
    swarm.converge({"name": CONFIGURATION, "config_only": True, "ipam_config": pool})
    found = swarm.converge({"config_from": CONFIGURATION, "scope": "swarm"})
    assert (found["Driver"], found["Scope"]) == ("bridge", "swarm")


def test_ingress(swarm: Swarm) -> None:
    swarm.converge({"name": "ingress", "state": "absent"})
    found = swarm.converge({"driver": "overlay", "ingress": True, "ipam_config": [{"subnet": "10.93.3.0/24"}]})
    assert found["Ingress"] is True
    swarm.converge({"driver": "overlay", "ingress": True, "ipam_config": [{"subnet": "10.93.4.0/24"}]}, ["ipam_config"])
