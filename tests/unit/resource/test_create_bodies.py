# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the container module asks an Engine to make, against the official description of the API."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import containers
from ansible_collections.longshore.docker.plugins.module_utils.engine.call import ApiVersion, Call
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.context import Context
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.options import check, wanted
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.plan import plan
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.table import FIELDS, argument_spec
from ansible_collections.longshore.docker.plugins.module_utils.state.field import UPDATE
from ansible_collections.longshore.docker.tests.contract.container_options import BESIDE, OPTIONS
from ansible_collections.longshore.docker.tests.contract.description import of_call
from ansible_collections.longshore.docker.tests.contract.descriptions import descriptions

NEWEST = (1, 55)
ROWS = {field.name: field for field in FIELDS}
# Older descriptions have the key, as inspect shows it, but older Engines take no notice of it here.
KNOWN_BEFORE = {"networks.mac_address"}
# Newer Engines take no notice of it, and newer descriptions lack it.
DROPPED = {"kernel_memory": (1, 42), "kernel_memory_tcp": (1, 52)}
VALUES = [(name, value) for name, values in OPTIONS.items() for value in values]

every_value = pytest.mark.parametrize("name, value", VALUES, ids=[name for name, _value in VALUES])


def context_of(options: dict[str, Any], version: ApiVersion) -> Context:
    validator = ArgumentSpecValidator(argument_spec())
    result = validator.validate({"name": "web", "image": "busybox:1", **options})
    assert not result.error_messages
    context = Context(result.validated_parameters, version)
    check(context.options)
    context.image = {"Id": "sha256:0", "Config": {"Cmd": ["sh"]}}
    context.want = wanted(context)
    return context


def calls(options: dict[str, Any], version: ApiVersion = NEWEST) -> list[Call]:
    """All that is asked of an Engine that has the image, but no such container."""
    return [step.call for step in plan(context_of(options, version)).steps]


def needed(options: dict[str, Any]) -> dict[str, ApiVersion]:
    """API versions, by the names of options and suboptions."""
    found: dict[str, ApiVersion] = {}
    for name, want in context_of(options, NEWEST).want.items():
        found.update(ROWS[name].needed(want))
    return found


def taken(name: str, options: dict[str, Any], version: ApiVersion) -> bool:
    return max(needed(options).values()) <= version < DROPPED.get(name, (9, 0))


@every_value
def test_create_is_as_described(name: str, value: Any) -> None:
    options = {**BESIDE.get(name, {}), name: value}
    for version, description in descriptions().items():
        if taken(name, options, version):
            for call in calls(options, version):
                if call.since <= version:
                    assert description.problems(of_call(call)) == [], version


@every_value
def test_needs_no_newer_version_than_it_must(name: str, value: Any) -> None:
    options = {**BESIDE.get(name, {}), name: value}
    for version, description in descriptions().items():
        if any(since > version for name, since in needed(options).items() if name not in KNOWN_BEFORE):
            assert [found for call in calls(options) for found in description.problems(of_call(call))], version


def test_all_together() -> None:
    """The rows' parts of the body fit into one another."""
    alone = {"network_mode", "cpus", "auto_remove", "mac_address", "network_disabled", "platform"}
    options = {name: values[0] for name, values in OPTIONS.items() if name not in alone}
    options["restart_policy"] = "on-failure"
    version, description = list(descriptions().items())[-1]
    options = {
        name: value for name, value in options.items() if taken(name, {**BESIDE.get(name, {}), name: value}, version)
    }
    found = calls(options, version)
    assert [problem for call in found for problem in description.problems(of_call(call))] == []
    assert len(found[0].body["HostConfig"]) > 40


def test_every_option_has_a_value() -> None:
    assert set(OPTIONS) == set(ROWS)


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.spec.get("options")])
def test_every_part_of_an_option_has_a_value(name: str) -> None:
    given: set[str] = set()
    for value in OPTIONS[name]:
        for one in value if isinstance(value, list) else [value]:
            given |= set(one)
    assert set(ROWS[name].spec["options"]) - given <= {"test_cli_compatible"}


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.change == UPDATE])
def test_update_is_as_described(name: str) -> None:
    """What is changed in place has the same words as in HostConfig."""
    for value in OPTIONS[name]:
        options = {**BESIDE.get(name, {}), name: value}
        for version, description in descriptions().items():
            if taken(name, options, version):
                context = context_of(options, version)
                call = containers.update("c", ROWS[name].body(context.want[name], context)["HostConfig"])
                assert description.problems(of_call(call)) == [], version
