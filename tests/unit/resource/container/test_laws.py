# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The laws of convergence over the real table of the container, against a model of the Engine."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.resource.container.table import FIELDS, ROWS
from ansible_collections.longshore.docker.plugins.module_utils.state.compare import IGNORE, STRICT
from ansible_collections.longshore.docker.tests.unit.resource.container.tasks import (
    carry_out,
    named,
    planned,
    possible,
    seen,
    situations,
    task,
)
from ansible_collections.longshore.docker.tests.unit.resource.container.values import VALUES, VERSIONS

EVERY_ROW = settings(max_examples=150)
RULES: st.SearchStrategy[dict[str, str]] = st.sampled_from([{}, {"*": STRICT}])
# Of these the Engine shows more than was asked for: addresses and aliases, an architecture.
ADDED_TO = {"networks", "platform"}
# Nobody can know these before the Engine has chosen them: they are in no diff.
UNFORESEEN = {"hostname", "mac_address", "networks"}


def test_every_row_has_values() -> None:
    assert set(VALUES) == {field.name for field in FIELDS}


@EVERY_ROW
@given(situations())
def test_planning_changes_nothing(situation: Any) -> None:
    world, options = situation
    given_options, untouched = task(**options), copy.deepcopy(world.__dict__)
    before = copy.deepcopy(given_options)
    one, other = planned(world, given_options)[1], planned(world, given_options)[1]
    assert (one, given_options, world.__dict__) == (other, before, untouched)


@EVERY_ROW
@given(situations(), RULES)
def test_a_new_container_is_as_predicted(situation: Any, comparisons: Any) -> None:
    world, options = situation
    options["comparisons"] = comparisons
    context, plan = planned(world, task(**options))
    assert plan.changed and plan.before == {"exists": False} and plan.after["exists"] is True
    carry_out(world, plan)
    now = seen(context, world)
    for name in set(plan.after) - {"exists"} - ADDED_TO:
        assert now[name] == plan.after[name], name
    context = planned(world, task(**options))[0]
    for name, want in context.want.items():
        rule = comparisons.get("*", ROWS[name].rule)
        assert ROWS[name].satisfied(ROWS[name].observed(context.container, context), want, rule, context), name


@EVERY_ROW
@given(situations(), RULES)
def test_the_second_run_does_nothing(situation: Any, comparisons: Any) -> None:
    world, options = situation
    options["comparisons"] = comparisons
    carry_out(world, planned(world, task(**options))[1])
    plan = planned(world, task(**options))[1]
    assert (plan.steps, plan.changed, plan.reasons, plan.drift) == ((), False, (), ())
    assert plan.before == plan.after == {}


# What changes with an option, because the Engine or the image derives it from that option.
FOLLOWERS = {
    "image": {"command", "entrypoint", "env", "labels", "healthcheck", "user", "working_dir", "stop_signal", "volumes"}
    | {"exposed_ports"},
    "entrypoint": {"command"},
    "published_ports": {"exposed_ports"},
    "networks": {"network_mode"},
    "network_mode": {"networks"},
    "memory": {"memory_swap"},
    "memory_swap": {"memory"},
    "privileged": {"security_opts"},
    "ipc_mode": {"security_opts"},
    "pid_mode": {"security_opts"},
    "mounts": {"volumes"},
    "volumes": {"mounts"},
    "restart_policy": {"restart_retries"},
    "restart_retries": {"restart_policy"},
}
# Of several networks the container may be made in any: which one is no difference, and not shown as one.
NOT_SHOWN = {"networks": {"network_mode"}, "privileged": {"masked_paths", "readonly_paths"}}
BESIDE: dict[str, dict[str, Any]] = {
    "log_options": {"log_driver": "json-file"},
    "restart_retries": {"restart_policy": "on-failure"},
    "memory_swap": {"memory": "64m"},
}


@pytest.mark.parametrize("name", sorted(VALUES))
@given(st.data())
@settings(max_examples=10)
def test_one_option_changes(name: str, data: st.DataObject) -> None:
    row = ROWS[name]
    versions = [one for one in VERSIONS if row.since <= one and (row.until is None or one < row.until)]
    world, options = data.draw(situations(most=0, versions=versions))
    options.update(BESIDE.get(name, {}))
    first, then = (dict(options, **{name: data.draw(VALUES[name])}) for _turn in range(2))
    assume(possible(world, first) and possible(world, then))
    context, plan = planned(world, task(**first))
    carry_out(world, plan)
    before = seen(context, world)
    context, plan = planned(world, task(**then))
    assert plan.changed == bool(plan.steps) == (plan.before != plan.after)
    assert set(plan.reasons) <= {name} | FOLLOWERS.get(name, set())
    assert set(plan.before) | set(plan.after) <= {name, "id"} | FOLLOWERS.get(name, set())
    assert ("id" in plan.after) == bool(plan.reasons)
    assert plan.changed == any(_is_off(row, context) for row in context.want)
    there = {key: value for key, value in named(world, plan.before).items() if key != "id"}
    assert there == {key: before[key] for key in there}
    carry_out(world, plan)
    now = seen(context, world)
    for key in set(plan.after) - {"id"} - ADDED_TO:
        assert now[key] == plan.after[key], key
    moved = {key for key in now if now[key] != before[key]}
    assert moved <= set(plan.after) | UNFORESEEN | NOT_SHOWN.get(name, set())
    again = planned(world, task(**then))[1]
    assert (again.steps, again.before, again.after, again.drift) == ((), {}, {}, ())


def _is_off(name: str, context: Any) -> bool:
    row = ROWS[name]
    return not row.satisfied(row.observed(context.container, context), context.want[name], row.rule, context)


@EVERY_ROW
@given(situations(), st.data())
def test_another_task_converges(situation: Any, data: st.DataObject) -> None:
    world, first = situation
    carry_out(world, planned(world, task(**first))[1])
    names = data.draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=3))
    then = dict(first, **{name: data.draw(VALUES[name]) for name in names})
    assume(possible(world, then))
    context, plan = planned(world, task(**then))
    before = seen(context, world)
    assert plan.changed == bool(plan.steps) == (plan.before != plan.after)
    there = {key: value for key, value in named(world, plan.before).items() if key != "id"}
    assert there == {key: before[key] for key in there}
    carry_out(world, plan)
    now = seen(context, world)
    for key in set(plan.after) - {"id"} - ADDED_TO:
        assert now[key] == plan.after[key], key
    again = planned(world, task(**then))[1]
    assert (again.steps, again.before, again.after, again.drift) == ((), {}, {}, ())


@EVERY_ROW
@given(situations(), situations())
def test_what_is_ignored_is_drift_and_nothing_else(situation: Any, other: Any) -> None:
    (world, first), (_world, then) = situation, other
    carry_out(world, planned(world, task(**first))[1])
    then = dict(then, comparisons={"*": IGNORE})
    assume(possible(world, then))
    context, plan = planned(world, task(**then))
    assert (plan.steps, plan.changed, plan.before, plan.after, plan.reasons) == ((), False, {}, {}, ())
    assert set(plan.drift) == {name for name in context.want if ROWS[name].rule != IGNORE and _is_off(name, context)}


@EVERY_ROW
@given(situations(), situations(), st.sampled_from(["absent", "present", "started", "stopped"]), st.booleans())
def test_changed_if_and_only_if_the_diff_differs(situation: Any, other: Any, state: str, running: bool) -> None:
    (world, first), (_world, then) = situation, other
    carry_out(world, planned(world, task(**dict(first, state="started" if running else "present")))[1])
    then = dict(then, state=state)
    assume(possible(world, then))
    context, plan = planned(world, task(**then))
    assert plan.changed == bool(plan.steps) == (plan.before != plan.after)
    assert set(plan.drift) == set() and not set(plan.reasons) - set(context.want)
    carry_out(world, plan)
    there = world.find("web")
    assert (there is None) == (plan.after.get("exists") is False or (state == "absent" and not plan.changed))
    if there is None:
        return  # absent, or stopped with auto_remove: there is nothing left to be stopped
    assert there["State"]["Running"] == {"started": True, "stopped": False}.get(state, running)
    again = planned(world, task(**then))[1]
    assert (again.steps, again.changed) == ((), False)
