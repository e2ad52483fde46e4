# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a task runs is a function of what the task is."""

from __future__ import annotations

import pytest

from ansible_collections.longshore.docker.plugins.plugin_utils.placement import (
    CONTROLLER,
    TARGET,
    Facts,
    Placement,
    PlacementError,
    where,
)

LOCAL = Facts(local=True, connection="local", user="me")
SSH = Facts(connection="ssh", user="me")


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        (LOCAL, Placement(CONTROLLER, "the connection is local")),
        (LOCAL._replace(become_user="me"), Placement(CONTROLLER, "the connection is local")),
        (LOCAL._replace(become_user="root"), Placement(TARGET, "the task becomes root, and we are me")),
        (LOCAL._replace(is_async=True), Placement(TARGET, "the task is async")),
        (SSH, Placement(TARGET, "the connection is ssh")),
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
