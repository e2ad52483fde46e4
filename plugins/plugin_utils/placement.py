# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a task runs: on the controller, inside Ansible's worker process, or on the managed node as a module."""

from __future__ import annotations

from typing import NamedTuple

CONTROLLER, TARGET = "controller", "target"
VARIABLE = "longshore_docker_run_on"


class Facts(NamedTuple):
    """What the decision depends on, and nothing else."""

    run_on: object = "auto"
    local: bool = False
    """The connection is ansible.builtin.local."""
    connection: str = ""
    become_user: str | None = None
    """Whom the task becomes, None when it does not become anyone."""
    user: str = ""
    """Who we are."""
    is_async: bool = False
    requests_error: str | None = None
    """Why requests cannot be used on the controller, None when it can."""


class Placement(NamedTuple):
    """`degraded` is set where the controller would have been the choice if it were not for something missing."""

    host: str
    reason: str
    degraded: bool = False


class PlacementError(ValueError):
    """The variable longshore_docker_run_on asks for what there is not."""


def where(facts: Facts) -> Placement:
    """Decide. Raises PlacementError."""
    if facts.run_on not in ("auto", CONTROLLER, TARGET):
        raise PlacementError(f"{VARIABLE} is {facts.run_on!r}; it must be one of auto, controller, target")
    if facts.run_on == TARGET:
        return Placement(TARGET, f"{VARIABLE} is target")
    if facts.run_on == CONTROLLER:
        if facts.is_async:
            raise PlacementError(f"{VARIABLE} is controller, but tasks with async run on the target only")
        return Placement(CONTROLLER, f"{VARIABLE} is controller")
    if facts.is_async:
        return Placement(TARGET, "the task is async")
    if not facts.local:
        return Placement(TARGET, f"the connection is {facts.connection}")
    if facts.become_user not in (None, facts.user):
        return Placement(TARGET, f"the task becomes {facts.become_user}, and we are {facts.user}")
    if facts.requests_error is not None:
        reason = f"the controller's Python has no usable requests package ({facts.requests_error})"
        return Placement(TARGET, reason, degraded=True)
    return Placement(CONTROLLER, "the connection is local")
