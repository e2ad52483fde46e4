# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A network that is made anew gives its containers back what they had in it; a task about one touches no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import containers, networks
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.plugins.modules.network import TASK
from ansible_collections.longshore.docker.tests.engines.proxy import Proxy, cut_after, cut_before, refused
from ansible_collections.longshore.docker.tests.integration.container.service import run

NAME, SECOND = "ls-attached", "ls-attached-too"
POOLS = [{"subnet": "10.92.0.0/24"}, {"subnet": "fd00:92::/64"}]
USUAL: dict[str, Any] = {"name": NAME, "enable_ipv6": True, "ipam_config": POOLS}
# How each container is connected. `runs`: started, `ended`: started and killed, `created`: never started.
MEMBERS: dict[str, tuple[str, dict[str, Any]]] = {
    "ls-fixed": (
        "runs",
        {
            "IPAMConfig": {"IPv4Address": "10.92.0.50", "IPv6Address": "fd00:92::50"},
            "Aliases": ["www", "shop"],
            "DriverOpts": {"colour": "red"},
        },
    ),
    "ls-free": ("runs", {"Aliases": ["free"]}),
    "ls-paused": ("paused", {"IPAMConfig": {"IPv4Address": "10.92.0.51"}}),
    "ls-ended": ("ended", {"IPAMConfig": {"IPv4Address": "10.92.0.52"}, "Aliases": ["old"]}),
    "ls-created": ("created", {"IPAMConfig": {"IPv4Address": "10.92.0.53"}, "Links": ["ls-fixed:shop"]}),
}


class Members:
    """The network, and the containers that are connected to it."""

    def __init__(self, socket: str, image: str, names: Iterable[str]) -> None:
        self.socket, self.names = socket, list(names)
        self.engine: Engine = open_engine({"docker_host": "unix://" + socket}, {})
        self.clean()
        self.task(USUAL)
        self.task({"name": SECOND})
        for name in self.names:
            state, endpoint = MEMBERS[name]
            body = {"Image": image, "HostConfig": {"NetworkMode": NAME}, "StopSignal": "KILL"}
            body["NetworkingConfig"] = {"EndpointsConfig": {NAME: endpoint}}
            self.engine.send(containers.create(name, body))
            self.engine.send(networks.connect(SECOND, name, {"Aliases": ["too"]}))
            if state != "created":
                self.engine.send(containers.start(name))
            if state == "ended":
                self.engine.send(containers.kill(name))
            if state == "paused":
                self.engine.send(containers.pause(name))

    def task(self, options: dict[str, Any], by: str = "", **modes: Any) -> dict[str, Any]:
        return run(by or self.socket, options, task=TASK, **modes)

    def clean(self) -> None:
        for name in MEMBERS:
            if self.engine.get(containers.inspect(name)):
                self.engine.send(containers.remove(name, volumes=True, force=True))
        for name in (NAME, SECOND):
            if self.engine.get(networks.inspect(name)):
                self.engine.send(networks.remove(name))

    def ident(self) -> str:
        return str(self.engine.send(networks.inspect(NAME))["Id"])

    def endpoint(self, container: str, network: str = NAME) -> dict[str, Any] | None:
        """What was asked for, and what came of it; without what is drawn anew for each endpoint."""
        document = self.engine.send(containers.inspect(container))
        found = document["NetworkSettings"]["Networks"].get(network)
        if found is None:
            return None
        kept = {key: found[key] for key in ("IPAMConfig", "Links", "DriverOpts") if found[key]}
        kept["Aliases"] = sorted(set(found["Aliases"] or ()) - {document["Id"][:12]})
        if "IPAMConfig" in kept:
            kept.update({key: found[key] for key in ("IPAddress", "GlobalIPv6Address")})
            if not (1, 48) <= self.engine.api_version < (1, 54):  # those in between draw a new one each time
                kept["MacAddress"] = found["MacAddress"]
        return kept

    def endpoints(self, network: str = NAME) -> dict[str, Any]:
        return {name: self.endpoint(name, network) for name in self.names}

    def ids_of_endpoints(self) -> dict[tuple[str, str], str]:
        """What changes when an endpoint is touched."""
        return {
            (name, network): one["EndpointID"]
            for name in self.names
            for network, one in self.engine.send(containers.inspect(name))["NetworkSettings"]["Networks"].items()
        }

    def states(self) -> dict[str, tuple[str, str]]:
        documents = {name: self.engine.send(containers.inspect(name)) for name in self.names}
        return {name: (one["Id"], one["State"]["Status"]) for name, one in documents.items()}


@pytest.fixture
def members(engine_socket: str, busybox_image: str) -> Iterator[Members]:
    made = Members(engine_socket, busybox_image, MEMBERS)
    try:
        yield made
    finally:
        made.clean()
        made.engine.close()


@pytest.fixture
def few(engine_socket: str, busybox_image: str) -> Iterator[Members]:
    made = Members(engine_socket, busybox_image, ["ls-fixed", "ls-created"])
    try:
        yield made
    finally:
        made.clean()
        made.engine.close()


@pytest.fixture
def proxy(engine_socket: str) -> Iterator[Proxy]:
    with Proxy(engine_socket) as made:
        yield made


def test_made_anew_with_all_its_containers(members: Members) -> None:
    ident, endpoints, states, others = members.ident(), members.endpoints(), members.states(), members.endpoints(SECOND)
    assert endpoints["ls-fixed"]["IPAddress"] == "10.92.0.50"
    task = {**USUAL, "driver_options": {"com.docker.network.driver.mtu": 1400}}
    predicted = members.task(task, check=True)
    assert members.ident() == ident
    result = members.task(task)
    assert result["replaced_because"] == predicted["replaced_because"] == ["driver_options"], result
    assert result["diff"] == predicted["diff"]
    assert members.ident() != ident
    assert members.endpoints() == endpoints
    assert (members.states(), members.endpoints(SECOND)) == (states, others)
    assert not members.task(task)["changed"]
    for name in ("ls-ended", "ls-created"):  # the network that they know is the new one
        members.engine.send(containers.start(name))
        fixed = MEMBERS[name][1]["IPAMConfig"]["IPv4Address"]
        assert (members.endpoint(name) or {})["IPAddress"] == fixed


def test_made_anew_by_force(members: Members) -> None:
    ident, endpoints = members.ident(), members.endpoints()
    assert members.task({**USUAL, "force": True})["replaced_because"] == ["force"]
    assert members.ident() != ident
    assert members.endpoints() == endpoints


def test_one_container_less_touches_no_other(members: Members) -> None:
    before, ident = members.ids_of_endpoints(), members.ident()
    result = members.task({**USUAL, "connected": [name for name in MEMBERS if name != "ls-free"]})
    assert result["changed"] and members.ident() == ident, result
    assert members.endpoint("ls-free") is None
    del before["ls-free", NAME]
    assert members.ids_of_endpoints() == before


def test_one_container_more_touches_no_other(members: Members) -> None:
    members.engine.send(networks.disconnect(NAME, "ls-free"))
    before = members.ids_of_endpoints()
    result = members.task({**USUAL, "connected": ["ls-free"], "appends": True})
    assert result["diff"]["after"] == {"connected": sorted(MEMBERS)}, result
    found = members.ids_of_endpoints()
    assert found.pop(("ls-free", NAME))
    assert found == before


def test_a_container_by_its_id(members: Members) -> None:
    idents = [one[0] for one in members.states().values()]
    assert not members.task({**USUAL, "connected": [idents[0][:12], *idents[1:]]})["changed"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ipam_config": [{"subnet": "10.92.1.0/24"}, POOLS[1]]}, "container ls-created has the address 10.92.0.53"),
        ({"ipam_config": [{**POOLS[0], "gateway": "10.92.0.50"}, POOLS[1]]}, "takes for its own (gateway)"),
        ({"ipam_config": [{**POOLS[0], "aux_addresses": {"x": "10.92.0.52"}}, POOLS[1]]}, "(aux_addresses.x)"),
        ({"ipam_config": None, "force": True}, "the task names none"),
    ],
    ids=["another subnet", "the gateway", "set apart", "no subnet"],
)
def test_who_could_not_have_his_address_is_not_disconnected(
    members: Members, change: dict[str, Any], words: str
) -> None:
    before, ident = members.ids_of_endpoints(), members.ident()
    for check in (True, False):
        result = members.task({**USUAL, **change}, check=check)
        assert result["failed"] and words in result["msg"] and not result.get("changed"), result
    assert (members.ids_of_endpoints(), members.ident()) == (before, ident)


def test_who_goes_need_not_have_his_address(members: Members) -> None:
    task = {**USUAL, "ipam_config": [{"subnet": "10.92.1.0/24"}, POOLS[1]], "connected": ["ls-free"]}
    result = members.task(task)
    assert not result.get("failed"), result
    assert [name for name, one in members.endpoints().items() if one] == ["ls-free"]


STRIKES = ["POST /networks/create", "POST /networks/%s/connect" % NAME, "DELETE /networks/", "/disconnect"]
FAULTS = {"refused": refused(500), "cut before": cut_before, "cut after": cut_after}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("strike", STRIKES)
def test_what_cannot_be_made_is_taken_back(few: Members, proxy: Proxy, strike: str, fault: str) -> None:
    endpoints, states = few.endpoints(), few.states()
    proxy.strike(strike, FAULTS[fault])
    result = few.task({**USUAL, "internal": True}, by=proxy.socket)
    assert proxy.struck and result["failed"] and "again" in result["msg"], result
    assert not result["changed"], result
    assert (few.endpoints(), few.states()) == (endpoints, states)
    assert not few.task({**USUAL, "internal": False})["changed"]


def test_a_driver_that_is_unknown_disconnects_nobody(few: Members) -> None:
    before, ident = few.ids_of_endpoints(), few.ident()
    result = few.task({**USUAL, "driver": "nosuchdriver", "timeout": 60})
    assert result["failed"] and 'plugin "nosuchdriver" not found' in result["msg"], result
    assert (few.ids_of_endpoints(), few.ident()) == (before, ident)


def test_a_container_made_for_its_id_keeps_it(few: Members, busybox_image: str) -> None:
    """Newer Engines connect it to no network once that one is gone; with older ones it moves along."""
    few.clean()
    few.task(USUAL)
    body = {"Image": busybox_image, "HostConfig": {"NetworkMode": few.ident()}, "StopSignal": "KILL"}
    few.engine.send(containers.create("ls-fixed", body))
    few.engine.send(containers.start("ls-fixed"))
    ident = few.ident()
    result = few.task({**USUAL, "internal": True})
    if few.engine.api_version < (1, 44):
        assert result["changed"] and few.endpoint("ls-fixed"), result
    else:
        assert "container ls-fixed was made for network ls-attached by its ID" in result["msg"], result
        assert few.endpoint("ls-fixed") and few.ident() == ident


@pytest.fixture
def prefix(few: Members) -> Iterator[str]:
    """The beginning of the ID of the members' network: a name that the Engine takes for it."""
    taken = few.engine.documents(networks.list_())
    idents = [one["Id"] for one in taken]
    name = min((few.ident()[:n] for n in range(3, 12)), key=lambda name: sum(one.startswith(name) for one in idents))
    yield name
    for one in few.engine.documents(networks.list_()):
        if one["Name"] == name:
            few.engine.send(networks.remove(one["Id"]))


def test_a_name_that_begins_another_network_s_id(few: Members, proxy: Proxy, prefix: str) -> None:
    before, ident = few.ids_of_endpoints(), few.ident()
    assert not few.task({"name": prefix, "state": "absent"})["changed"]
    assert few.task({"name": prefix})["changed"]
    assert not few.task({"name": prefix, "connected": []})["changed"]
    proxy.strike("POST /networks/create", cut_before)
    result = few.task({"name": prefix, "internal": True}, by=proxy.socket)
    assert proxy.struck and result["failed"] and "The network was made again" in result["msg"], result
    assert few.task({"name": prefix, "internal": True})["changed"]
    assert few.task({"name": prefix, "state": "absent"})["changed"]
    assert not few.task({"name": prefix, "state": "absent"})["changed"]
    assert (few.ids_of_endpoints(), few.ident()) == (before, ident)


def test_removed_with_its_containers(few: Members) -> None:
    states, others = few.states(), few.endpoints(SECOND)
    assert few.task({"name": NAME, "state": "absent"})["changed"]
    assert set(few.endpoints().values()) == {None}
    assert (few.states(), few.endpoints(SECOND)) == (states, others)


@pytest.mark.parametrize(
    ("options", "most"),
    [
        (USUAL, 1),
        ({**USUAL, "connected": ["ls-fixed", "ls-created"]}, 2),
        ({"name": "ls-attached-none", "state": "absent"}, 1),
    ],
    ids=["nothing", "connected", "nothing to remove"],
)
def test_no_request_is_idle(few: Members, options: dict[str, Any], most: int) -> None:
    history: list[str] = []
    result = few.task(options, history=history)
    assert not result["changed"] and len(history) <= most, history
