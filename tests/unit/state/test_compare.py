# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When does what is there satisfy what is wanted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.state.compare import (
    DICT,
    DICTS,
    IGNORE,
    LIST,
    SET,
    STRICT,
    SUBSET,
    VALUE,
    holds,
    merged,
)

letters = st.sampled_from("abc")
KINDS: dict[str, st.SearchStrategy[Any]] = {
    VALUE: st.one_of(letters, st.integers(0, 2)),
    LIST: st.lists(letters, max_size=4),
    SET: st.lists(letters, max_size=4).map(sorted),
    DICT: st.dictionaries(letters, letters, max_size=3),
    DICTS: st.lists(st.dictionaries(letters, letters, min_size=1, max_size=2), max_size=3),
}


@pytest.mark.parametrize(
    ("kind", "have", "want", "strict", "subset"),
    [
        (VALUE, 1, 1, True, True),
        (VALUE, 1, 2, False, False),
        (VALUE, None, 1, False, False),
        (LIST, ["a", "b"], ["a", "b"], True, True),
        (LIST, ["a", "b"], ["b", "a"], False, False),
        (LIST, ["a", "x", "b"], ["a", "b"], False, True),
        (LIST, ["a"], ["a", "a"], False, False),
        (LIST, None, [], False, False),
        (SET, ["a", "b"], ["b", "a"], True, True),
        (SET, ["a", "b"], ["a"], False, True),
        (SET, ["a"], ["a", "b"], False, False),
        (SET, ["a"], ["a", "a"], True, True),
        (DICT, {"a": 1}, {"a": 1}, True, True),
        (DICT, {"a": 1, "b": 2}, {"a": 1}, False, True),
        (DICT, {"a": 1}, {"a": 2}, False, False),
        (DICT, {"a": 1}, {}, False, True),
        (DICTS, [{"a": 1, "b": 2}], [{"a": 1}], True, True),
        (DICTS, [{"a": 1}, {"a": 2}], [{"a": 2}], False, True),
        (DICTS, [{"a": 1}], [{"a": 1, "b": 2}], False, False),
        (DICTS, [], [], True, True),
    ],
)
def test_by_example(kind: str, have: Any, want: Any, strict: bool, subset: bool) -> None:
    assert (holds(kind, STRICT, have, want), holds(kind, SUBSET, have, want)) == (strict, subset)
    assert holds(kind, IGNORE, have, want)


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_a_value_satisfies_itself(kind: str, data: st.DataObject) -> None:
    value = data.draw(KINDS[kind])
    assert all(holds(kind, rule, value, value) for rule in (STRICT, SUBSET, IGNORE))


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_what_is_strictly_right_has_all_that_is_wanted(kind: str, data: st.DataObject) -> None:
    have, want = data.draw(KINDS[kind]), data.draw(KINDS[kind])
    assert not holds(kind, STRICT, have, want) or holds(kind, SUBSET, have, want)


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_what_is_merged_has_all_that_is_wanted(kind: str, data: st.DataObject) -> None:
    base, want = data.draw(KINDS[kind]), data.draw(KINDS[kind])
    both = merged(kind, base, want)
    assert holds(kind, SUBSET, both, want)
    assert holds(kind, STRICT, merged(kind, both, want), both)
    assert merged(kind, type(base)(), want) == want
