# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the Engine is reached is read from the task, then from the environment, then from the defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.longshore.docker.plugins.module_utils.engine.endpoint import DEFAULT_HOST
from ansible_collections.longshore.docker.plugins.module_utils.task.options import specification
from ansible_collections.longshore.docker.plugins.module_utils.task.task import Result, Task

TASK = Task(
    "t",
    {"name": {"type": "str"}, "other": {"type": "str"}},
    lambda options, engine, check_mode: Result(False, {}),
    {"mutually_exclusive": [("name", "other")], "required_by": {"other": ["name"]}},  # type: ignore[dict-item]
)
VARIABLES = ("HOST", "TLS_HOSTNAME", "API_VERSION", "TIMEOUT", "CERT_PATH", "TLS", "TLS_VERIFY")


@pytest.fixture(autouse=True)
def _no_docker_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv("DOCKER_" + name, raising=False)


def validated(**given: Any) -> Any:
    return ArgumentSpecValidator(**specification(TASK)).validate(given)


def test_defaults() -> None:
    options = validated().validated_parameters
    assert options["docker_host"] == "unix:///var/run/docker.sock"
    assert (options["api_version"], options["timeout"]) == ("auto", 60)
    assert {name for name, value in options.items() if value is not None} == {"docker_host", "api_version", "timeout"}


@pytest.mark.parametrize(
    ("variable", "text", "option", "value"),
    [
        ("DOCKER_HOST", "tcp://h:1", "docker_host", "tcp://h:1"),
        ("DOCKER_TLS_HOSTNAME", "h", "tls_hostname", "h"),
        ("DOCKER_API_VERSION", "1.41", "api_version", "1.41"),
        ("DOCKER_TIMEOUT", "7", "timeout", 7),
        ("DOCKER_TLS", "1", "tls", True),
        ("DOCKER_TLS_VERIFY", "yes", "validate_certs", True),
    ],
)
def test_the_environment(monkeypatch: pytest.MonkeyPatch, variable: str, text: str, option: str, value: object) -> None:
    monkeypatch.setenv(variable, text)
    assert validated().validated_parameters[option] == value
    given = {"timeout": 9, "tls": False, "validate_certs": False}.get(option, "given")
    assert validated(**{option: given}).validated_parameters[option] == given


@pytest.mark.parametrize("variable", VARIABLES)
def test_a_variable_that_is_empty_is_not_set(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv("DOCKER_" + variable, "")
    found = validated()
    assert not found.errors.errors
    given = {name: value for name, value in found.validated_parameters.items() if value is not None}
    assert given == {"docker_host": DEFAULT_HOST, "api_version": "auto", "timeout": 60}


def test_certificates_are_taken_as_far_as_they_exist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCKER_CERT_PATH", str(tmp_path))
    (tmp_path / "ca.pem").touch()
    options = validated().validated_parameters
    assert options["ca_path"] == str(tmp_path / "ca.pem")
    assert options["client_cert"] is None and options["client_key"] is None
    assert validated(ca_path="/x").validated_parameters["ca_path"] == "/x"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"client_cert": "c"}, "required together: client_cert, client_key"),
        ({"name": "a", "other": "b"}, "mutually exclusive: name|other"),
        ({"other": "b"}, "missing parameter(s) required by 'other': name"),
    ],
)
def test_constraints_of_both_kinds(given: dict[str, str], message: str) -> None:
    assert message in validated(**given).errors.msg


def test_a_task_may_have_an_option_of_its_own_by_the_same_name() -> None:
    task = TASK._replace(argument_spec={"timeout": {"type": "str"}})
    assert specification(task)["argument_spec"]["timeout"] == {"type": "str"}
