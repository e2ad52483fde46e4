# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What playbooks for the incumbent do and case files cannot say: names that are IDs, keys that are not returned."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import networks
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.tests.integration.container.service import NEW, OLD, Service, run


@pytest.fixture
def network(engine_socket: str, service: Service) -> Iterator[str]:
    """A network that goes after the containers in it."""
    name = "ls-by-chance"
    engine = open_engine({"docker_host": "unix://" + engine_socket}, {})
    engine.send(networks.create({"Name": name, "IPAM": {"Config": [{"Subnet": "10.66.77.0/24"}]}}))
    yield name
    service.remove()
    engine.send(networks.remove(name))
    engine.close()


@pytest.mark.parametrize("length", [64, 12])
def test_a_name_may_be_an_id(service: Service, length: int) -> None:
    by_id = service.begin(OLD)["Id"][:length]

    for options in ({"state": "stopped"}, {"state": "started"}, {"paused": True}, {"paused": False}):
        result = run(service.socket, {"name": by_id, **options})
        assert (result.get("failed"), result["changed"]) == (None, True), result
    assert service.there()["Id"].startswith(by_id)


def test_one_that_is_replaced_by_its_id_keeps_its_name(service: Service) -> None:
    by_id = service.begin(OLD)["Id"]
    result = run(service.socket, {"name": by_id, **NEW})

    assert (result.get("failed"), result["changed"]) == (None, True), result
    assert result["container"]["Name"] == "/" + service.name
    assert service.release() == "2"
    assert service.look(by_id) is None
    assert service.look(service.aside) is None


def test_one_that_is_removed_by_its_id(service: Service) -> None:
    by_id = service.begin(OLD)["Id"][:12]
    assert run(service.socket, {"name": by_id, "state": "absent"})["changed"]
    assert service.look() is None


def test_the_container_is_returned_where_there_is_one(services: Callable[[str], Service]) -> None:
    service = services("ls-returned")
    assert "container" not in service.run(OLD, check=True)
    there = service.begin(OLD)
    assert service.run(NEW, check=True)["container"]["Id"] == there["Id"]
    assert "container" not in service.run({"state": "absent"})


def test_old_spellings_of_options(service: Service) -> None:
    spelled = {
        **OLD,
        "ports": ["127.0.0.1:18099:80"],
        "exposed": ["9000"],
        "log_driver": "json-file",
        "log_opt": {"max-size": "1m"},
        "forcekill": True,
    }
    host = service.begin(spelled)["HostConfig"]
    assert host["PortBindings"] == {"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "18099"}]}
    assert host["LogConfig"]["Config"] == {"max-size": "1m"}
    assert not service.run(spelled)["changed"]


def test_a_name_is_not_the_beginning_of_anothers_id(service: Service, services: Callable[[str], Service]) -> None:
    there = service.begin(OLD)
    like_it = services("ls-like-it")
    like_it.name = there["Id"][:4]

    assert like_it.run({"state": "absent"})["changed"] is False
    assert like_it.run({"state": "stopped", "image": None})["failed"]
    assert like_it.begin(NEW)["Name"] == "/" + like_it.name
    assert service.there() == there


def test_an_address_that_came_by_chance_is_made_to_stay(service: Service, network: str) -> None:
    there = service.begin({**OLD, "networks": [{"name": network}]})
    address = there["NetworkSettings"]["Networks"][network]["IPAddress"]
    wanted = {"networks": [{"name": network, "ipv4_address": address}]}

    assert service.run({**OLD, **wanted})["changed"]
    document = service.there()
    assert document["Id"] == there["Id"]
    assert document["NetworkSettings"]["Networks"][network]["IPAMConfig"] == {"IPv4Address": address}
    assert not service.run({**OLD, **wanted})["changed"]
