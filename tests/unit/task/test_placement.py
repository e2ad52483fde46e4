# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a task runs is a function of what the task is."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.plugin_utils.placement import (
    CONTROLLER,
    FORWARD,
    RULES,
    STDIO,
    TARGET,
    Facts,
    Placement,
    PlacementError,
    where,
)

LOCAL = Facts(local=True, connection="local", user="me")
OTHER = Facts(connection="paramiko", user="me")
SSH = Facts(ssh=True, connection="ssh", user="me")
PAGE = Path(__file__).resolve().parents[3] / "docs" / "where_tasks_run.md"
BY_SSH = Placement(CONTROLLER, "ssh reaches the node", ways=(FORWARD, STDIO))


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        (LOCAL, Placement(CONTROLLER, "the connection is local")),
        (LOCAL._replace(become_user="me"), Placement(CONTROLLER, "the connection is local")),
        (LOCAL._replace(become_user="root"), Placement(TARGET, "the task becomes root, and we are me")),
        (LOCAL._replace(is_async=True), Placement(TARGET, "the task is async")),
        (OTHER, Placement(TARGET, "the connection is paramiko")),
        (LOCAL._replace(node_files="env_file", endpoint="tcp"), Placement(CONTROLLER, "the connection is local")),
        (SSH, BY_SSH),
        (SSH._replace(become_user="me"), BY_SSH),
        (
            SSH._replace(become_user="root"),
            Placement(CONTROLLER, "ssh reaches the node, and the task becomes root", ways=(STDIO,)),
        ),
        (SSH._replace(node_files="env_file is a file"), Placement(TARGET, "env_file is a file")),
        (SSH._replace(endpoint="docker_host is no socket"), Placement(TARGET, "docker_host is no socket")),
        (SSH._replace(windows=True), Placement(TARGET, "the node's shell is one of Windows")),
        (SSH._replace(is_async=True), Placement(TARGET, "the task is async")),
        (
            SSH._replace(requests_error="none"),
            Placement(TARGET, "the controller's Python has no usable requests package (none)", degraded=True),
        ),
        (SSH._replace(run_on="controller"), Placement(CONTROLLER, "longshore_docker_run_on is controller")),
        (LOCAL._replace(run_on="target"), Placement(TARGET, "longshore_docker_run_on is target")),
        (
            LOCAL._replace(requests_error="none"),
            Placement(TARGET, "the controller's Python has no usable requests package (none)", degraded=True),
        ),
        (LOCAL._replace(requests_error="none", is_async=True), Placement(TARGET, "the task is async")),
    ],
)
def test_where(facts: Facts, place: Placement) -> None:
    assert where(facts) == place


@pytest.mark.parametrize("value", ["", "here", None, True, ["auto"]])
def test_what_is_no_host_is_refused(value: object) -> None:
    with pytest.raises(PlacementError, match="must be one of auto, controller, target"):
        where(LOCAL._replace(run_on=value))


def test_async_on_the_controller_is_refused() -> None:
    with pytest.raises(PlacementError, match="async run on the target only"):
        where(LOCAL._replace(run_on="controller", is_async=True))


def test_the_page_has_the_table() -> None:
    rows = [f"| {rule.task} | the {rule.host} | {', else '.join(rule.ways)} |".replace("|  |", "| |") for rule in RULES]
    lines = PAGE.read_text().splitlines()
    start = lines.index("| the task | runs on | and reaches the Engine by |")
    assert lines[start + 2 : start + 2 + len(rows) + 1] == [*rows, ""]


@pytest.mark.parametrize("facts", [LOCAL, SSH, OTHER])
def test_one_rule_applies_to_whatever_is_left(facts: Facts) -> None:
    assert RULES[-1].applies(facts)
