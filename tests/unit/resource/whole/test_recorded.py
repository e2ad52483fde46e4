# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents of real Engines: nothing of them is a difference where the task says what is there."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import networks
from ansible_collections.longshore.docker.plugins.module_utils.resource.network.again import as_it_was
from ansible_collections.longshore.docker.tests.contract.description import of_call
from ansible_collections.longshore.docker.tests.contract.descriptions import descriptions
from ansible_collections.longshore.docker.tests.unit.resource.whole.tasks import network_task, planned, volume_task

# Engine 20.10 for API 1.41, a development Engine of 2026 for the others.
RECORDED = json.loads((Path(__file__).parent / "recorded.json").read_text())
NETWORK: dict[str, Any] = {
    "attachable": True,
    "internal": False,
    "enable_ipv6": False,
    "scope": "local",
    "labels": {"tier": "front"},
    "driver_options": {"com.docker.network.bridge.name": "br-front"},
    "ipam_driver": "default",
    "ipam_driver_options": {},
    "ipam_config": [
        {
            "subnet": "10.99.0.0/24",
            "gateway": "10.99.0.1",
            "iprange": "10.99.0.128/25",
            "aux_addresses": {"router": "10.99.0.5"},
        }
    ],
}
VOLUME: dict[str, Any] = {
    "labels": {"keep": "yes"},
    "driver_options": {"type": "tmpfs", "device": "tmpfs", "o": "size=1m"},
    "recreate": "options-changed",
}

every_version = pytest.mark.parametrize("recorded", RECORDED)


def version_of(recorded: str) -> tuple[int, int]:
    major, minor = recorded.split(".")
    return int(major), int(minor)


def test_there_are_recordings() -> None:
    assert list(RECORDED) == ["1.41", "1.44", "1.51", "1.52", "1.56"]


@every_version
def test_a_network_that_is_there(recorded: str) -> None:
    document = RECORDED[recorded]["network"]
    plan = planned(network_task({**NETWORK, "connected": ["web"]}, document, ["web"], version_of(recorded)))
    assert not plan.steps, plan


@every_version
def test_a_volume_that_is_there(recorded: str) -> None:
    assert not planned(volume_task(VOLUME, RECORDED[recorded]["volume"])).steps


@every_version
@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"attachable": False}, "attachable"),
        ({"labels": {"tier": "back"}}, "labels"),
        ({"ipam_config": [{"subnet": "10.99.0.0/24", "gateway": "10.99.0.2"}]}, "ipam_config"),
        ({"driver": "macvlan"}, "driver"),
    ],
)
def test_one_change_is_one_reason(recorded: str, change: dict[str, Any], name: str) -> None:
    plan = planned(network_task({**NETWORK, **change}, RECORDED[recorded]["network"], (), version_of(recorded)))
    assert plan.reasons == (name,)
    assert set(plan.before) == set(plan.after) == {"id", name}


@every_version
def test_networks_that_spare_words(recorded: str) -> None:
    for document in RECORDED[recorded]["networks"]:
        task = {"driver": document["Driver"], "ingress": document["Ingress"], "scope": document["Scope"]}
        assert not planned(network_task(task, document, (), version_of(recorded))).steps, document["Name"]


@every_version
def test_what_makes_a_network_again_is_as_described(recorded: str) -> None:
    version, document = version_of(recorded), copy.deepcopy(RECORDED[recorded]["network"])
    call = networks.create(as_it_was(document, version))
    assert call.body["IPAM"]["Config"] == document["IPAM"]["Config"]
    del call.body["IPAM"]["Config"][0]["AuxiliaryAddresses"]  # which older descriptions take for one text
    described = [one for known, one in descriptions().items() if known >= version] or list(descriptions().values())[-1:]
    assert described[0].problems(of_call(call)) == []
