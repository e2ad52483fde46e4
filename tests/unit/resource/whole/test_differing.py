# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How what differs is named in the diff of networks and volumes; playbooks assert on these names."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.differing import differing
from ansible_collections.longshore.docker.plugins.module_utils.resource.network import table as network
from ansible_collections.longshore.docker.plugins.module_utils.resource.volume import table as volume

ROWS = {row.name: row for row in (*volume.PROPERTIES, *network.FIELDS)}
OLD = {"subnet": "10.1.0.0/24", "gateway": "10.1.0.1"}
NEW = {"subnet": "10.2.0.0/24", "aux_addresses": {"one": "10.2.0.9"}}


@pytest.mark.parametrize(
    ("row", "have", "want", "names"),
    [
        ("internal", True, False, ["internal"]),
        ("labels", {"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"}, ["labels.b", "labels.c"]),
        ("labels", {}, {"a": "1"}, ["labels"]),
        ("driver_options", {"a.b": "1"}, {"a.b": "2"}, ["driver_options.a.b"]),
        ("ipam_driver_options", {"a": "b"}, {"a": "c"}, ["ipam_driver_options"]),
        ("ipam_config", [OLD], [NEW], ["ipam_config[0].subnet", "ipam_config[0].aux_addresses"]),
        ("ipam_config", [OLD], [OLD, NEW], ["ipam_config[1].subnet", "ipam_config[1].aux_addresses"]),
        ("ipam_config", [], [OLD], ["ipam_config"]),
    ],
)
def test_differing(row: str, have: Any, want: Any, names: list[str]) -> None:
    assert differing([ROWS[row]], {row: have}, {row: want}) == names


def test_rows_apart_name_each_key_that_is_not_there() -> None:
    found = differing([ROWS["labels"]], {"labels": {}}, {"labels": {"a": "1", "b": "2"}}, apart=("labels",))
    assert found == ["labels.a", "labels.b"]
