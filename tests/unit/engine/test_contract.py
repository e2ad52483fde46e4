# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every call that the client can make, against the official description of the API."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine import api
from ansible_collections.longshore.docker.plugins.module_utils.engine.api import builds
from ansible_collections.longshore.docker.plugins.module_utils.engine.call import ApiVersion, Call
from ansible_collections.longshore.docker.tests.contract.cases import CASES, Case
from ansible_collections.longshore.docker.tests.contract.description import Request, of_call, of_wire
from ansible_collections.longshore.docker.tests.contract.descriptions import descriptions, packaged

# What newer Engines do not take any more, and the version that dropped it from the description.
DROPPED: dict[tuple[str, str], ApiVersion] = {("builds.prune", "keep_storage"): (1, 52)}

every_case = pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)


def until(one: Case) -> ApiVersion:
    """The version from which on the case is no valid request any more."""
    return min([DROPPED.get((one.name, argument), (9, 0)) for argument in one.arguments], default=(9, 0))


@every_case
def test_call_is_as_described(one: Case) -> None:
    call = one.call()
    for version, description in descriptions().items():
        if call.since <= version < until(one):
            assert description.problems(of_call(call)) == [], version


@every_case
def test_since_is_not_later_than_needed(one: Case) -> None:
    """A description older than `since` lacks something that the call uses."""
    call = one.call()
    for version, description in descriptions().items():
        if version < call.since:
            assert description.problems(of_call(call)), version


def functions() -> dict[str, Callable[..., Any]]:
    """What engine/api offers, by name."""
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.iter_modules(api.__path__):
        loaded = importlib.import_module("%s.%s" % (api.__name__, module.name))
        for name, one in inspect.getmembers(loaded, inspect.isfunction):
            if (
                one.__module__ == loaded.__name__
                and not name.startswith("_")
                and "Call" in one.__annotations__["return"]
            ):
                found["%s.%s" % (module.name, name)] = one
    return found


@pytest.mark.parametrize("name", functions())
def test_every_parameter_of_every_function_is_in_a_case(name: str) -> None:
    wanted = set(inspect.signature(functions()[name]).parameters)
    if name == "builds.build":
        wanted = wanted - {"query"} | set(builds.BUILD_QUERY)
    given = {argument for one in CASES if one.name == name for argument in one.arguments}
    assert [one for one in CASES if one.name == name] and given == wanted


def test_build_takes_no_unknown_parameter() -> None:
    with pytest.raises(KeyError, match="dockerfil"):
        builds.build(dockerfil="x")


def test_body_is_not_the_callers() -> None:
    """A plan holds calls: what the caller does to its document later must not reach them."""
    for one in CASES:
        for argument, value in one.arguments.items():
            if argument in ("body", "spec", "config"):
                assert one.call().body is not value


GOOD = Call("POST", "/containers/create", {"name": "a"}, {"Image": "a", "HostConfig": {"Mounts": [{"Type": "bind"}]}})


def body(**changes: Any) -> Call:
    return GOOD._replace(body={**GOOD.body, **changes})


@pytest.mark.parametrize(
    "call, problem",
    [
        (GOOD, None),
        (GOOD._replace(path="/containers/made"), "no operation POST /containers/made"),
        (GOOD._replace(method="GET"), "no operation GET"),
        (GOOD._replace(query={"nam": "a"}), "query nam is not declared"),
        (GOOD._replace(query={"name": ("a", "b")}), "query name is given 2 times"),
        (GOOD._replace(headers={"X-Odd": "1"}), "header x-odd is not declared"),
        (GOOD._replace(body=None), "no body, but one is required"),
        (body(Imag="a"), "Imag"),
        (body(HostConfig={"Mounts": [{"Typ": "bind"}]}), r"body\['HostConfig'\]\['Mounts'\]\[0\].*Typ"),
        (body(HostConfig={"memory": 1}), "memory"),
        (body(HostConfig={"Memory": "1g"}), "'1g' is not of type 'integer'"),
        (body(HostConfig={"RestartPolicy": {"Name": "sometimes"}}), "'sometimes' is not one of"),
        (body(NetworkingConfig={"EndpointsConfig": {"a": {"Alias": []}}}), "Alias"),
        (Call("GET", "/containers/json", {"all": "yes"}), "query all: 'yes' is no boolean"),
        (Call("GET", "/containers/json", {"filters": {"label": "a"}}), "query filters: .* lists of texts"),
        (Call("GET", "/containers/json", {}, {}), "a body, but none is declared"),
        (Call("POST", "/images/load", {}, {}), "a document for a body, but bytes are declared"),
        (Call("POST", "/images/a/b/push"), "header x-registry-auth is required"),
        (Call("GET", "/images/search", {"limit": 1}), "query term is required"),
        (Call("GET", "/images/search", {"term": "a", "limit": "x"}), "query limit: 'x' is no integer"),
    ],
)  # fmt: skip
def test_the_description_finds_what_is_wrong(call: Call, problem: str | None) -> None:
    problems = packaged().problems(of_call(call))
    if problem is None:
        assert problems == []
    else:
        assert len(problems) == 1
        assert re.search(problem, problems[0])


def test_requests_on_the_wire_are_read_as_calls_are() -> None:
    read = of_wire(
        "POST", "/v1.41/containers/create?name=a%2Fb&x=", {"Content-Type": "application/json"}, b'{"Image": "a"}'
    )
    assert read == Request(
        "POST", "/containers/create", [("name", "a/b"), ("x", "")], {"Content-Type": "application/json"}, {"Image": "a"}
    )
    assert of_wire("PUT", "/containers/a/archive", {"Content-Type": "application/x-tar"}, b"tar").body is None
