# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules network and volume ask an Engine to make, against the official description of the API."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.network.table import FIELDS
from ansible_collections.longshore.docker.tests.contract.description import of_call
from ansible_collections.longshore.docker.tests.contract.descriptions import descriptions
from ansible_collections.longshore.docker.tests.unit.resource.whole.tasks import network_task, planned, volume_task

POOL = {"subnet": "10.1.0.0/24", "iprange": "10.1.0.0/25", "gateway": "10.1.0.1", "aux_addresses": {"one": "10.1.0.5"}}
OPTIONS: dict[str, Any] = {
    "driver": "macvlan",
    "driver_options": {"com.docker.network.driver.mtu": 1400, "parent": "eth0"},
    "config_only": True,
    "config_from": "one",
    "ipam_driver": "default",
    "ipam_driver_options": {"one": 1},
    "ipam_config": [POOL, {"subnet": "fd00:1::/64"}],
    "enable_ipv4": False,
    "enable_ipv6": True,
    "internal": True,
    "attachable": True,
    "ingress": True,
    "scope": "swarm",
    "labels": {"one": "two"},
    "connected": ["web"],
}
# Older descriptions lack what Engines have taken since API 1.30.
UNDESCRIBED = {"config_only": (1, 44), "config_from": (1, 44), "scope": (1, 44)}
# They take addresses that are set apart, of which there may be several, for one text.
FAULTY = "['AuxiliaryAddresses']: {'one': '10.1.0.5'} is not of type 'string'"


@pytest.mark.parametrize("name", OPTIONS)
def test_of_a_network(name: str) -> None:
    (row,) = [one for one in FIELDS if one.name == name]
    met = 0
    for version, description in descriptions().items():
        if version < max(row.since, UNDESCRIBED.get(name, (0, 0))):
            continue
        met += 1
        for step in planned(network_task({name: OPTIONS[name]}, version=version)).steps:
            found = [one for one in description.problems(of_call(step.call)) if not one.endswith(FAULTY)]
            assert found == [], version
    assert met or max(descriptions()) < max(row.since, UNDESCRIBED.get(name, (0, 0)))


def test_every_option_of_a_network_has_a_value() -> None:
    assert set(OPTIONS) == {row.name for row in FIELDS}


def test_of_a_volume() -> None:
    task = {"driver": "other", "driver_options": {"size": "1g", "fast": True}, "labels": {"one": 2}}
    for version, description in descriptions().items():
        for step in planned(volume_task(task)).steps:
            assert description.problems(of_call(step.call)) == [], version
