# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What takes back the making of a network anew, on an Engine that takes a name for the beginning of an ID."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ApiError, Conflict, NotFound
from ansible_collections.longshore.docker.plugins.module_utils.resource.network.named import look
from ansible_collections.longshore.docker.plugins.module_utils.state.outcome import Outcome
from ansible_collections.longshore.docker.plugins.module_utils.state.step import Step
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption
from ansible_collections.longshore.docker.tests.unit.resource.whole.tasks import (
    NEWEST,
    made_network,
    network_task,
    planned,
)

OLD = made_network({"Name": "front", "Driver": "bridge"})
NEW = {**made_network({"Name": "front", "Driver": "bridge", "Internal": True}), "Id": "a" * 64}


class Engine:
    """One with these networks."""

    api_version = NEWEST

    def __init__(self, *there: dict[str, Any]) -> None:
        self.there = [copy.deepcopy(one) for one in there]

    def get(self, call: Call) -> dict[str, Any] | None:
        name = call.path.rpartition("/")[2]
        for one in self.there:
            if name in (one["Id"], one["Name"]):
                return one
        found = [one for one in self.there if one["Id"].startswith(name)]
        if len(found) > 1:
            raise ApiError("GET", call.path, 400, "2 matches found based on ID prefix: network %s is ambiguous" % name)
        return found[0] if found else None

    inspect = get

    def send(self, call: Call, timeout: float = 0) -> Any:
        if call.method == "DELETE":
            self.there.remove(self.get(call) or {})
            return None
        if self.names().count(call.body["Name"]):
            raise Conflict("POST", call.path, 409, "network with name %s already exists" % call.body["Name"])
        self.there.append({**made_network(call.body), "Id": "b" * 64})
        return {"Id": "b" * 64}

    def names(self) -> list[str]:
        return [one["Name"] for one in self.there]


def undo() -> list[Step]:
    """The new network goes, the old one is made again."""
    steps = planned(network_task({"internal": True}, OLD)).steps
    return [one for step in reversed(steps) for one in step.undo]


def make(step: Step, engine: Any) -> None:
    assert callable(step.how)
    step.how(engine, step, Outcome())


def test_what_was_made_goes_and_what_was_there_comes_back() -> None:
    engine = Engine(NEW)
    for step in undo():
        make(step, engine)
    assert [one["Internal"] for one in engine.there] == [False]


def test_it_can_be_done_twice() -> None:
    engine = Engine(NEW)
    for step in undo() * 2:
        make(step, engine)
    assert [one["Id"] for one in engine.there] == ["b" * 64]


def test_what_was_never_removed_stays() -> None:
    engine = Engine(OLD)
    for step in undo():
        make(step, engine)
    assert engine.there == [OLD]


def test_a_new_one_that_comes_late_is_not_taken_for_the_old_one() -> None:
    engine: Any = Engine()
    remove, again = undo()
    make(remove, engine)
    engine.there.append(NEW)
    with pytest.raises(Conflict):  # so that all is tried once more
        make(again, engine)
    for step in (remove, again):
        make(step, engine)
    assert [one["Internal"] for one in engine.there] == [False]


def test_another_network_whose_id_begins_with_the_name_stays() -> None:
    engine = Engine({**OLD, "Name": "back", "Id": "front" + "0" * 59})
    for step in undo():
        make(step, engine)
    assert engine.names() == ["back", "front"]


def test_what_begins_several_ids_is_no_network() -> None:
    engine: Any = Engine({**OLD, "Id": "db1" + "0" * 61}, {**OLD, "Id": "db2" + "0" * 61})
    assert look(engine, "db") is None
    assert look(engine, "db1") is None
    with pytest.raises(ApiError):
        look(Refusing(), "db")  # type: ignore[arg-type]


def bound(version: tuple[int, int]) -> Any:
    context = network_task({"internal": True}, OLD, ["web"], version)
    context.containers["WEB"]["HostConfig"] = {"NetworkMode": OLD["Id"]}
    return planned(context)


def test_a_container_that_knows_the_network_by_its_id_would_be_lost() -> None:
    with pytest.raises(InvalidOption, match="container web was made for network front by its ID"):
        bound(NEWEST)
    assert bound((1, 43)).changed


def test_who_cannot_be_connected_again_is_not_forgotten() -> None:
    plan = planned(network_task({"internal": True}, OLD, ["web"]))
    step = plan.steps[-1]
    assert step.call.path == "/networks/front/connect"
    make(step, Deaf(there=False))
    with pytest.raises(NotFound):
        make(step, Deaf(there=True))


class Deaf:
    """An Engine that connects nobody."""

    def __init__(self, there: bool) -> None:
        self.there = there

    def send(self, call: Call) -> None:
        raise NotFound("POST", call.path, 404, "could not find a network matching network mode")

    def inspect(self, _call: Call) -> dict[str, Any] | None:
        return {"Id": "WEB"} if self.there else None


class Refusing:
    def inspect(self, call: Call) -> None:
        raise ApiError("GET", call.path, 400, "2 matches found based on name: network db is ambiguous")
