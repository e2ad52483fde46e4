# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The laws of convergence, over random objects and tasks of a made-up kind."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.state.compare import IGNORE, STRICT, SUBSET, VALUE
from ansible_collections.longshore.docker.plugins.module_utils.state.comparisons import comparison_problem
from ansible_collections.longshore.docker.plugins.module_utils.state.differences import rule_for
from ansible_collections.longshore.docker.plugins.module_utils.state.field import UNKNOWN
from ansible_collections.longshore.docker.tests.unit.state import toy

letters = st.sampled_from("abc")
dicts = st.dictionaries(letters, letters, max_size=2)
lists = st.lists(letters, max_size=3)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "driver": letters,
    "labels": dicts,
    "groups": st.lists(st.sampled_from("abAB"), max_size=3),
    "command": lists,
    "rules": st.lists(st.fixed_dictionaries({"path": letters}, optional={"rate": st.integers(1, 3)}), max_size=2),
    "memory": st.integers(1, 4),
    "shares": st.integers(1, 4),
    "host": letters,
    "note": letters,
}
images = st.fixed_dictionaries({"Labels": dicts, "Cmd": lists})
tasks = st.fixed_dictionaries({}, optional=VALUES)
rules = st.fixed_dictionaries(
    {},
    optional={
        field.name: st.sampled_from([STRICT, IGNORE] if field.kind == VALUE else [STRICT, IGNORE, SUBSET])
        for field in toy.TABLE
    },
)
comparisons: st.SearchStrategy[dict[str, str]] = st.one_of(
    rules, st.sampled_from([{"*": STRICT}, {"*": IGNORE}]), st.just({})
)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Any, toy.Context, dict[str, str]]:
    """An object, made by another task from the same image or not there at all; a task; the user's comparisons."""
    image = draw(images)
    context = toy.Context(draw(tasks), image)
    there = draw(st.one_of(st.none(), tasks))
    if there is None:
        return None, context, draw(comparisons)
    before = toy.Context(there, image)
    return toy.carry_out(toy.plan(None, before, {}), None, before), context, draw(comparisons)


def test_every_row_has_values() -> None:
    assert set(VALUES) == set(toy.ROWS)


@given(situations())
def test_planning_changes_nothing(situation: Any) -> None:
    untouched = copy.deepcopy(situation)
    assert toy.plan(*situation) == toy.plan(*situation)
    assert situation == untouched


@given(situations())
def test_steps_if_and_only_if_changed_if_and_only_if_the_diff_differs(situation: Any) -> None:
    made = toy.plan(*situation)
    assert bool(made.steps) == made.changed == (made.before != made.after)


@given(situations())
def test_what_was_predicted_is_what_is_observed(situation: Any) -> None:
    document, context, _rules = situation
    made = toy.plan(*situation)
    now = toy.observed(toy.carry_out(made, document, context), context)
    for name, value in made.after.items():
        assert name in ("exists", "id") or now[name] == value
    if document is not None:
        before = toy.observed(document, context)
        assert {name: before[name] for name in made.before if name != "id"} == {
            name: value for name, value in made.before.items() if name != "id"
        }
        moved = {name for name in now if now[name] != before[name]}
        assert moved - set(made.after) <= {"host"}  # the one value that nobody can know before


@given(situations())
def test_the_second_run_plans_nothing_and_has_the_same_drift(situation: Any) -> None:
    document, context, given_rules = situation
    made = toy.plan(*situation)
    again = toy.plan(toy.carry_out(made, document, context), context, given_rules)
    assert (again.steps, dict(again.before), dict(again.after), again.reasons) == ((), {}, {}, ())
    assert again.drift == made.drift


@given(situations())
def test_drift_is_what_the_user_ignores_and_is_never_in_the_diff(situation: Any) -> None:
    document, context, given_rules = situation
    made = toy.plan(*situation)
    assert not set(made.drift) & (set(made.before) | set(made.after))
    for name in made.drift:
        row = toy.ROWS[name]
        assert rule_for(row, given_rules) == IGNORE != row.rule
        assert not row.satisfied(row.observed(document, context), toy.wanted(context)[name], row.rule, context)


@given(situations())
def test_what_a_rule_asks_for_is_there_afterwards(situation: Any) -> None:
    document, context, given_rules = situation
    now = toy.observed(toy.carry_out(toy.plan(*situation), document, context), context)
    for name, want in toy.wanted(context).items():
        row, rule = toy.ROWS[name], rule_for(toy.ROWS[name], given_rules)
        if rule == STRICT and row.kind not in ("set(dict)", "set"):
            assert now[name] == row.fresh(want, context)
        elif rule != IGNORE:
            assert row.satisfied(now[name], want, rule, context)


@given(situations())
def test_ignoring_everything_leaves_everything(situation: Any) -> None:
    document, context, _rules = situation
    made = toy.plan(document, context, {"*": IGNORE})
    assert bool(made.steps) == (document is None)
    assert document is None or set(made.drift) == {
        one.name
        for one in toy.TABLE
        if one.name in toy.wanted(context) and one.rule != IGNORE and not _as_wanted(one, situation)
    }


def _as_wanted(row: Any, situation: Any) -> bool:
    document, context, _rules = situation
    return bool(row.satisfied(row.observed(document, context), toy.wanted(context)[row.name], row.rule, context))


@given(situations())
def test_nothing_unknown_is_ever_shown(situation: Any) -> None:
    made = toy.plan(*situation)
    assert UNKNOWN not in list(made.before.values()) + list(made.after.values())


def test_rules_that_cannot_be() -> None:
    assert comparison_problem(toy.ROWS["labels"], SUBSET) is None
    assert "is a value and not a set/list/dict" in (comparison_problem(toy.ROWS["driver"], SUBSET) or "")
    assert "Unknown comparison mode 'exact'" in (comparison_problem(toy.ROWS["labels"], "exact") or "")
