# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The model shows what real Engines showed of the same containers."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.tests.unit.resource.container.recordings import (
    RECORDED,
    TASKS,
    documents,
    world_of,
)
from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import carry_out, planned, task
from ansible_collections.longshore.docker.tests.unit.resource.container.world import World

# Each Engine has its own list of these.
OWN = ("MaskedPaths", "ReadonlyPaths")
# Written otherwise by our requests than by those recorded; the Engine keeps either as it comes.
SPELLED: dict[str, Any] = {
    "Binds": ["data:/data", "/etc:/host-etc:ro"],
    "SecurityOpt": ["no-new-privileges=true"],
    "PortBindings": {
        "53/udp": [{"HostIp": "", "HostPort": ""}],
        "80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "18080"}],
    },
}
# The tasks say more than was asked for when the containers were recorded.
NOT_ASKED_FOR: dict[str, set[str]] = {"web": {"mac_address"}, "job": {"network_mode", "healthcheck"}, "peer": set()}
NO_RESTART = {"RestartPolicy": {"Name": "no", "MaximumRetryCount": 0}}


def modelled(recorded: str, name: str) -> Any:
    """The model's document of what the task makes."""
    world: World = world_of(recorded)
    there = world.find(name)
    assert there is not None
    world.containers.remove(there)
    given = {key: value for key, value in TASKS[name].items() if key not in NOT_ASKED_FOR[name]}
    carry_out(world, planned(world, task(name=name, **dict(given, state="present")))[1])
    return world.find(name)


def plain(node: Any, own: Any) -> dict[str, Any]:
    """Without what each Engine has of its own, and null for an empty list or dict."""
    return {key: own.get(key, value) or None for key, value in node.items() if key not in OWN and value not in ("", 0)}


@pytest.mark.parametrize("recorded", RECORDED)
@pytest.mark.parametrize("name", TASKS)
def test_the_model_shows_what_the_engine_showed(recorded: str, name: str) -> None:
    made, there = modelled(recorded, name), documents(recorded)[name]
    own = SPELLED if name == "web" else NO_RESTART
    assert plain(made["HostConfig"], own) == plain(there["HostConfig"], own)
    for document in (made, there):
        document["Config"].pop("OnBuild", None)
        document["Config"].pop("MacAddress", None)  # given by the Engine
        if name == "job":
            document["Config"].pop("Hostname")  # made of its own ID
    assert plain(made["Config"], {}) == plain(there["Config"], {"Image": TASKS[name]["image"]})


@pytest.mark.parametrize("recorded", RECORDED)
def test_the_model_shows_the_endpoint_that_the_engine_showed(recorded: str) -> None:
    made = modelled(recorded, "web")["NetworkSettings"]["Networks"]
    there = documents(recorded)["web"]["NetworkSettings"]["Networks"]
    assert set(made) == set(there) == {"front"}
    for key in set(made["front"]) - {"NetworkID", "Aliases", "GwPriority", "MacAddress"}:
        assert made["front"][key] == there["front"][key], key
    assert [one for one in made["front"]["Aliases"] if one == "www"] == ["www"]
