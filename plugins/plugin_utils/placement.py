# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a task runs: on the controller, inside Ansible's worker process, or on the managed node as a module.

The rules are data. docs/where_tasks_run.md shows them as a table, and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

CONTROLLER, TARGET = "controller", "target"
VARIABLE = "longshore_docker_run_on"
# Ways from the controller to the Engine of a managed node.
FORWARD, STDIO = "a forwarded socket", "docker system dial-stdio"


class Facts(NamedTuple):
    """What the decision depends on, and nothing else."""

    run_on: object = "auto"
    local: bool = False
    """The connection is ansible.builtin.local."""
    ssh: bool = False
    """The connection is ansible.builtin.ssh."""
    connection: str = ""
    become_user: str | None = None
    """Whom the task becomes, None when it does not become anyone."""
    user: str = ""
    """Who the connection's user is; on a local connection, who we are."""
    is_async: bool = False
    requests_error: str | None = None
    """Why requests cannot be used on the controller, None when it can."""
    windows: bool = False
    """The managed node's shell is one of Windows."""
    node_files: str = ""
    """What in the options concerns the managed node's files; empty when nothing does."""
    endpoint: str = ""
    """Why docker_host, contexts or certificates lead elsewhere than to a Unix socket of the node; empty for one."""


class Placement(NamedTuple):
    """`ways` are to be tried in turn to reach the node's Engine; none where the controller reaches it by itself.
    `degraded` is set where the controller would have been the choice if it were not for something missing."""

    host: str
    reason: str
    degraded: bool = False
    ways: tuple[str, ...] = ()


class PlacementError(ValueError):
    """The variable longshore_docker_run_on asks for what there is not."""


class Rule(NamedTuple):
    """One line of the table. `task` completes "the task ..."."""

    task: str
    applies: Callable[[Facts], bool]
    reason: Callable[[Facts], str]
    host: str = TARGET
    degraded: bool = False
    ways: tuple[str, ...] = ()


def _becomes_another(facts: Facts) -> bool:
    return facts.become_user not in (None, facts.user)


# The first that applies decides.
RULES = (
    Rule("has `async`", lambda facts: facts.is_async, lambda _: "the task is async"),
    Rule(
        "uses a connection other than `ansible.builtin.local` and `ansible.builtin.ssh` (such as `paramiko_ssh`, "
        "`libssh`, `docker`, `winrm`, or those of Mitogen's strategies)",
        lambda facts: not (facts.local or facts.ssh),
        lambda facts: f"the connection is {facts.connection}",
    ),
    Rule(
        "uses a local connection, and becomes a user other than the one that runs Ansible",
        lambda facts: facts.local and _becomes_another(facts),
        lambda facts: f"the task becomes {facts.become_user}, and we are {facts.user}",
    ),
    Rule(
        "runs under a controller whose Python cannot import `requests`; `-v` says so",
        lambda facts: facts.requests_error is not None,
        lambda facts: f"the controller's Python has no usable requests package ({facts.requests_error})",
        degraded=True,
    ),
    Rule(
        "uses a local connection",
        lambda facts: facts.local,
        lambda _: "the connection is local",
        host=CONTROLLER,
    ),
    Rule(
        "manages a node with a Windows shell",
        lambda facts: facts.windows,
        lambda _: "the node's shell is one of Windows",
    ),
    Rule(
        "has options that concern files of the managed node",
        lambda facts: bool(facts.node_files),
        lambda facts: facts.node_files,
    ),
    Rule(
        "has a `docker_host` that is no Unix socket, or uses TLS files or a context of the docker CLI",
        lambda facts: bool(facts.endpoint),
        lambda facts: facts.endpoint,
    ),
    Rule(
        "uses ssh, and becomes a user other than the one that logs in",
        _becomes_another,
        lambda facts: f"ssh reaches the node, and the task becomes {facts.become_user}",
        host=CONTROLLER,
        ways=(STDIO,),
    ),
    Rule(
        "uses ssh",
        lambda _: True,
        lambda _: "ssh reaches the node",
        host=CONTROLLER,
        ways=(FORWARD, STDIO),
    ),
)


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
    rule = next(rule for rule in RULES if rule.applies(facts))
    return Placement(rule.host, rule.reason(facts), rule.degraded, rule.ways)
