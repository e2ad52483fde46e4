# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The laws of convergence, over random networks and volumes and tasks about them."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.resource.network.table import FIELDS as NETWORK
from ansible_collections.longshore.docker.plugins.module_utils.resource.volume.table import PROPERTIES as VOLUME
from ansible_collections.longshore.docker.plugins.module_utils.resource.whole import ALWAYS
from ansible_collections.longshore.docker.tests.unit.resource.whole.tasks import (
    carried_out,
    network_task,
    planned,
    volume_task,
)

letters = st.sampled_from("abc")
texts = st.dictionaries(letters, letters | st.integers(0, 3), max_size=2)
truth = st.booleans()
POOLS: list[list[dict[str, Any]]] = [
    [],
    [{"subnet": "10.1.0.0/24"}],
    [{"subnet": "10.1.0.9/24"}],
    [{"subnet": "10.1.0.0/24", "gateway": "10.1.0.7", "iprange": "10.1.0.128/25"}],
    [{"subnet": "10.1.0.0/24", "aux_addresses": {"one": "10.1.0.3"}}],
    [{"subnet": "10.1.0.0/24", "gateway": "", "iprange": ""}],
    [{"subnet": "FD00:1::/64", "gateway": "fd00:1:0::9"}],
    [{"subnet": "fd00:1:0::/64"}, {"subnet": "10.2.0.0/16"}],
]
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "driver": st.sampled_from(["bridge", "macvlan", "other", ""]),
    "driver_options": texts,
    "ipam_driver": st.sampled_from(["default", "other", ""]),
    "ipam_driver_options": texts,
    "ipam_config": st.sampled_from(POOLS),
    "enable_ipv4": truth,
    "enable_ipv6": truth,
    "internal": truth,
    "attachable": truth,
    "ingress": truth,
    "scope": st.sampled_from(["local", "global", "swarm"]),
    "labels": texts,
    "connected": st.lists(letters, max_size=3),
    "appends": truth,
}
ALONE: dict[str, st.SearchStrategy[Any]] = {
    "config_only": truth,
    "config_from": st.sampled_from(["one", "two"]),
    "driver": st.just("bridge"),
    "connected": st.lists(letters, max_size=3),
}
FORCE = {"force": truth}
VOLUME_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "driver": st.sampled_from(["local", "other", ""]),
    "driver_options": st.dictionaries(letters, letters | truth, max_size=2),
    "labels": texts,
}
RECREATE = {"recreate": st.sampled_from(["always", "never", "options-changed"])}
configurations = st.fixed_dictionaries({}, optional=ALONE).filter(
    lambda task: not (task.get("config_only") and task.get("config_from"))
)
network_tasks = st.fixed_dictionaries({}, optional={**VALUES, **FORCE}) | configurations
volume_tasks = st.fixed_dictionaries({}, optional={**VOLUME_VALUES, **RECREATE})


def network_of(task: dict[str, Any] | None) -> tuple[dict[str, Any] | None, list[str]]:
    return (None, []) if task is None else carried_out(planned(network_task(task)).steps, None)


networks = st.one_of(st.none(), network_tasks).map(network_of)
volumes = st.one_of(st.none(), volume_tasks).map(
    lambda task: None if task is None else carried_out(planned(volume_task(task)).steps, None)[0]
)


def test_every_row_has_values() -> None:
    assert {row.name for row in NETWORK} == (set(VALUES) | set(ALONE)) - {"appends"}
    assert {row.name for row in VOLUME} == set(VOLUME_VALUES)


@given(networks, network_tasks)
def test_networks(there: tuple[Any, list[str]], task: dict[str, Any]) -> None:
    document, attached = there
    context = network_task(task, document, attached)
    untouched = copy.deepcopy((document, attached, task))
    plan = planned(context)
    assert planned(context)._replace(steps=()) == plan._replace(steps=())
    assert (document, attached, task) == untouched
    assert bool(plan.steps) == plan.changed == (plan.before != plan.after)
    assert not plan.drift

    after, members = carried_out(plan.steps, document, attached)
    assert after is not None
    if document is not None and task.get("connected") is None:
        assert members == attached
    elif task.get("connected") is not None:
        kept = set(attached) if task.get("appends") and document is not None else set()
        assert set(members) == set(task["connected"]) | kept
    again = planned(network_task(task, after, members))
    assert again.reasons == (("force",) if task.get("force") else ())


@given(volumes, volume_tasks)
def test_volumes(document: Any, task: dict[str, Any]) -> None:
    plan = planned(volume_task(task, document))
    assert bool(plan.steps) == plan.changed == (plan.before != plan.after)
    recreate = task.get("recreate", "never")
    assert not plan.drift or recreate == "never"
    assert not plan.reasons or recreate != "never"
    after, _members = carried_out(plan.steps, document)
    again = planned(volume_task(task, after))
    assert again.drift == plan.drift
    assert bool(again.steps) is (recreate == ALWAYS)


@given(networks)
def test_absent(there: tuple[Any, list[str]]) -> None:
    document, attached = there
    plan = planned(network_task({"state": "absent"}, document, attached))
    assert plan.changed is (document is not None)
    assert carried_out(plan.steps, document, attached)[0] is None


@given(networks, network_tasks)
def test_every_step_that_breaks_something_can_be_taken_back(there: tuple[Any, list[str]], task: dict[str, Any]) -> None:
    """Making the steps of a replacement and then, in reverse, what takes them back, gives what was there."""
    document, attached = there
    if document is None or task.get("ingress"):
        return
    plan = planned(network_task(task, document, attached))
    state = carried_out(plan.steps, document, attached)
    back = [one for step in reversed(plan.steps) for one in step.undo]
    found, members = carried_out(back, *state)
    assert members == attached
    if plan.reasons:
        assert found is not None
        assert {key: found[key] for key in ("Driver", "IPAM", "Labels", "Options")} == {
            key: document[key] for key in ("Driver", "IPAM", "Labels", "Options")
        }
