# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replacing a container never loses the service: when the new one is no good, the old one runs as it did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import containers
from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.tests.engines.proxy import Answer, Exchange, Proxy
from ansible_collections.longshore.docker.tests.integration.container.service import NEW, OLD, Service

NETWORK, SECOND = "ls-replaced-a", "ls-replaced-b"
PORT = "127.0.0.1:18081:80"
EXITS = ["sh", "-c", "echo no; exit 3"]
SICK = {"test": "echo sick; exit 1", "interval": "50ms", "retries": 1}

# How a new container is no good, and what the task says about it.
BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "it ends at once": ({"command": EXITS}, "it ended with status 3: no."),
    "it ends soon": ({"command": ["sh", "-c", "sleep 0.3; exit 4"]}, "it ended with status 4"),
    "it is restarted again and again": ({"command": EXITS, "restart_policy": "always"}, "it ended"),
    "no such command": ({"command": ["/none/such"]}, "no such file or directory"),
    "no such user": ({"user": "nobody-we-know"}, "nobody-we-know"),
    "no such image": ({"image": "127.0.0.1:9/none:1"}, "pulling image 127.0.0.1:9/none:1"),
    "no such image, and no pull": ({"image": "longshore/none:1", "pull": "never"}, "longshore/none:1"),
    "the port is taken": ({"published_ports": ["127.0.0.1:18082:80"]}, "port is already allocated"),
    "no such bind source": (
        {"mounts": [{"type": "bind", "source": "/none/such", "target": "/x"}]},
        "bind source path does not exist",
    ),
    "no such device": ({"devices": ["/dev/none-such:/dev/x"]}, "/dev/none-such"),
    "no such runtime": ({"runtime": "none-such"}, "none-such"),
    "no such network": ({"networks": [{"name": "none-such"}]}, "none-such"),
    "no such second network": ({"networks": [{"name": NETWORK}, {"name": "none-such"}]}, "none-such"),
    "the address is taken": ({"networks": [{"name": NETWORK, "ipv4_address": "10.66.1.99"}]}, "Address already in use"),
    "no such address": ({"networks": [{"name": NETWORK, "ipv4_address": "10.99.1.1"}]}, "10.99.1.1"),
    "no such container to take volumes from": ({"volumes_from": ["none-such"]}, "none-such"),
    "it is unhealthy": (
        {"state": "healthy", "healthcheck": SICK, "healthy_wait_timeout": 1},
        "sick",
    ),
    "it takes too long to be healthy": (
        {"state": "healthy", "healthcheck": {"test": "false", "interval": "60s"}, "healthy_wait_timeout": 0.3},
        "healthy_wait_timeout",
    ),
}


@pytest.fixture
def neighbour(services: Callable[[str], Service]) -> Service:
    """Two networks, and another container that has the port and the address."""
    made = services("ls-neighbour")
    for number, name in enumerate((NETWORK, SECOND), 1):
        config = {"IPAM": {"Config": [{"Subnet": "10.66.%d.0/24" % number}]}}
        if made.engine.get(Call("GET", "/networks/" + name)) is None:
            made.engine.send(Call("POST", "/networks/create", body={"Name": name, **config}))
    made.begin(
        {
            **OLD,
            "published_ports": ["127.0.0.1:18082:80"],
            "networks": [{"name": NETWORK, "ipv4_address": "10.66.1.99"}],
        }
    )
    return made


def settings(document: dict[str, Any]) -> dict[str, Any]:
    """What must be as it was: all but what a start draws anew."""
    state = {key: document["State"][key] for key in ("Running", "Paused", "Restarting")}
    endpoints = {
        name: (one["IPAddress"], sorted(one["Aliases"] or ()), one["IPAMConfig"])
        for name, one in document["NetworkSettings"]["Networks"].items()
    }
    return {
        "id": document["Id"],
        "name": document["Name"],
        "state": state,
        "endpoints": endpoints,
        "ports": document["NetworkSettings"]["Ports"],
        "config": document["Config"],
        "host": document["HostConfig"],
    }


PAUSED = ("it ends at once", "no such command", "no such second network", "no such image")


@pytest.mark.parametrize("how, paused", [(how, False) for how in BROKEN] + [(how, True) for how in PAUSED])
def test_the_old_container_comes_back(service: Service, neighbour: Service, how: str, paused: bool) -> None:
    places = [{"name": NETWORK, "ipv4_address": "10.66.1.5", "aliases": ["www"]}, {"name": SECOND, "aliases": ["w2"]}]
    usual = {**OLD, "networks": places, "published_ports": [PORT], "paused": paused}
    before = service.begin(usual)
    change, words = BROKEN[how]
    task = {**usual, "env": {"RELEASE": "2"}, **change}
    predicted = service.run(task, check=True)
    result = service.run(task)
    assert result["failed"] and words in result["msg"], result["msg"]
    assert service.name in result["msg"] or task["image"] in result["msg"]
    assert "failed too" not in result["msg"]
    assert settings(service.there()) == settings(before)
    assert service.look(service.aside) is None
    assert not result.get("changed")
    if "pull" not in change:
        assert predicted["changed"]
    if "network" in how or "image" in how:  # known before the old one is stopped
        assert service.there()["State"]["StartedAt"] == before["State"]["StartedAt"]
    else:
        assert "put back" in result["msg"]
    again = service.run(usual)
    assert not again.get("failed") and not again["changed"], again


def test_a_stopped_container_comes_back_stopped(service: Service) -> None:
    before = service.begin({**OLD, "state": "stopped"})
    result = service.run({**NEW, "command": EXITS})
    assert result["failed"] and "ended with status 3" in result["msg"]
    assert settings(service.there()) == settings(before)
    assert service.look(service.aside) is None


def test_what_ends_well_has_done_its_work(service: Service) -> None:
    service.begin(OLD)
    result = service.run({**NEW, "command": ["true"]})
    assert not result.get("failed") and result["changed"], result
    assert service.there()["State"]["ExitCode"] == 0
    assert service.look(service.aside) is None


def test_a_healthy_one_takes_over(service: Service) -> None:
    before = service.begin(OLD)
    health = {"test": "true", "interval": "50ms"}
    result = service.run({**NEW, "state": "healthy", "healthcheck": health})
    assert not result.get("failed"), result
    assert service.release() == "2" and service.there()["Id"] != before["Id"]
    assert service.look(service.aside) is None


def test_somebody_else_takes_the_name(service: Service, proxy: Proxy) -> None:
    """Nobody's container is removed for ours; the old one runs on, and the message says where."""
    before = service.begin(OLD)

    def take_the_name(exchange: Exchange) -> None:
        service.engine.send(containers.create(service.name, {"Image": OLD["image"]}))
        exchange.reply(exchange.forward())

    proxy.strike("POST /containers/create", take_the_name)
    result = service.run(NEW, by=proxy.socket)
    assert result["failed"] and "already in use" in result["msg"]
    assert service.aside in result["msg"] and "failed too" in result["msg"]
    aside = service.look(service.aside)
    assert aside is not None and aside["Id"] == before["Id"] and aside["State"]["Running"]
    assert service.there()["State"]["Status"] == "created"


@pytest.mark.parametrize("change", [{}, {"command": EXITS}, {"command": ["/none/such"]}], ids=["well", "ends", "none"])
def test_a_container_that_the_engine_removes_when_it_stops(
    service: Service, neighbour: Service, change: dict[str, Any]
) -> None:
    places = [{"name": NETWORK, "ipv4_address": "10.66.1.5", "aliases": ["www"]}, {"name": SECOND, "aliases": ["w2"]}]
    usual = {**OLD, "networks": places, "published_ports": [PORT], "auto_remove": True}
    before = service.begin(usual)
    result = service.run({**usual, "env": {"RELEASE": "2"}, **change})
    assert service.look(service.aside) is None
    if not change:
        assert not result.get("failed"), result
        assert service.release() == "2"
        return
    # It cannot come back under its ID: it was gone when the new one turned out to be no good.
    assert result["failed"] and "made again" in result["msg"], result["msg"]
    assert service.release() == "1"
    as_it_was, now = settings(before), settings(service.there())
    for one in (as_it_was, now):
        del one["id"], one["config"]["Hostname"]
        one["endpoints"] = {
            name: (address, [alias for alias in aliases if len(alias) < 12], config)
            for name, (address, aliases, config) in one["endpoints"].items()
        }
        one["endpoints"][SECOND] = one["endpoints"][SECOND][1:]
    assert as_it_was == now
    again = service.run(usual)
    assert not again["changed"], again


def test_an_auto_remove_container_is_untouched_when_the_new_one_cannot_be_made(service: Service) -> None:
    before = service.begin({**OLD, "auto_remove": True})
    result = service.run({**NEW, "auto_remove": True, "volumes_from": ["none-such"]})
    assert result["failed"] and "put back" in result["msg"], result["msg"]
    assert settings(service.there()) == settings(before)


def test_a_new_container_that_removes_itself_is_no_replacement(service: Service) -> None:
    before = service.begin(OLD)
    result = service.run({**NEW, "auto_remove": True, "command": EXITS})
    # How it ended, or, when it is gone by then, that nobody knows.
    assert result["failed"] and "it ended" in result["msg"], result["msg"]
    assert settings(service.there()) == settings(before)


@pytest.mark.parametrize("status", ["removing", "dead"])
def test_one_that_is_on_its_way_out(service: Service, proxy: Proxy, status: str) -> None:
    """It is seen gone before another takes its name."""
    before = service.begin(OLD)

    def going(exchange: Exchange) -> None:
        answer = exchange.forward()
        body = answer.body.replace(
            b'"Status":"running","Running":true', b'"Status":"%s","Running":false' % status.encode()
        )
        assert body != answer.body
        exchange.reply(Answer(answer.status, body))

    proxy.strike("GET /containers/%s/json" % service.name, going)
    result = service.run(OLD, by=proxy.socket)
    assert not result.get("failed") and result["diff"]["before"]["exists"] is False, result
    assert service.there()["Id"] != before["Id"] and service.release() == "1"
    assert not service.run(OLD)["changed"]


# The incumbent needs 6 requests for nothing to do, 10 to create, 14 to replace, 5 to remove. A limit that the container
# has not got costs GET /info: a host that knows no such limit would drop it, and the task would be changed each time.
@pytest.mark.parametrize(
    "what, start, task, most",
    [
        ("nothing", OLD, OLD, 2),
        ("create", {"state": "absent"}, OLD, 6),
        ("update", {**OLD, "memory": "32m"}, {**OLD, "memory": "64m"}, 5),
        ("update of a first limit", OLD, {**OLD, "memory": "64m"}, 6),
        ("replace", OLD, NEW, 11),
        ("stop", OLD, {"state": "stopped"}, 4),
        ("remove", OLD, {"state": "absent"}, 4),
        ("nothing to remove", {"state": "absent"}, {"state": "absent"}, 2),
    ],
)
def test_no_request_is_idle(
    service: Service, what: str, start: dict[str, Any], task: dict[str, Any], most: int
) -> None:
    service.run(start)
    history: list[str] = []
    result = service.run(task, history=history)
    assert not result.get("failed") and result["changed"] is ("nothing" not in what), result
    assert len(history) <= most, history


def test_a_warning_of_the_engine_is_given_once(service: Service, proxy: Proxy) -> None:
    def warn(exchange: Exchange) -> None:
        answer = exchange.forward()
        body = answer.body.replace(b'"Warnings":[]', b'"Warnings":["Mind the gap","Mind the gap"]')
        exchange.reply(Answer(answer.status, body))

    proxy.strike("POST /containers/create", warn)
    assert service.run(OLD, by=proxy.socket)["warnings"] == ["Docker warning: Mind the gap"]
    proxy.strike("POST /containers/create", warn)
    failed = service.run({**NEW, "command": EXITS}, by=proxy.socket)
    assert failed["failed"] and failed["warnings"] == ["Docker warning: Mind the gap"]
    assert "warnings" not in service.run(OLD)


def test_the_engines_own_warning(service: Service) -> None:
    result = service.run({**OLD, "sysctls": {"net.ipv4.ip_forward": "1"}, "oom_killer": True})
    assert not result.get("failed"), result
    assert result.get("warnings"), result
