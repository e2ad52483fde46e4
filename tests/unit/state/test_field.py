# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a row says of itself."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.state.compare import (
    DICT,
    LIST,
    SET,
    STRICT,
    SUBSET,
    VALUE,
)
from ansible_collections.longshore.docker.plugins.module_utils.state.field import (
    STEPS,
    UNKNOWN,
    UPDATE,
    Field,
    merge_into,
)
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption, InvalidValue
from ansible_collections.longshore.docker.tests.unit.state.toy import Context


def context(**options: Any) -> Context:
    return Context(options, {})


@pytest.mark.parametrize(
    ("words", "kind", "rule", "default"),
    [
        ({}, VALUE, STRICT, ""),
        ({"type": "int"}, VALUE, STRICT, 0),
        ({"type": "bool"}, VALUE, STRICT, False),
        ({"type": "list"}, SET, SUBSET, []),
        ({"type": "list", "kind": LIST}, LIST, STRICT, []),
        ({"type": "dict"}, DICT, SUBSET, {}),
        ({"type": "raw", "default": UNKNOWN}, VALUE, STRICT, UNKNOWN),
    ],
)
def test_what_follows_from_the_type(words: Any, kind: str, rule: str, default: Any) -> None:
    row = Field("one", "One", **words)
    assert (row.kind, row.rule, row.default) == (kind, rule, default)


@pytest.mark.parametrize(
    ("api", "read", "document"),
    [
        ("User", "", {"Config": {"User": "me"}}),
        ("HostConfig.Runtime", "", {"HostConfig": {"Runtime": "me"}}),
        ("HostConfig.LogConfig.Type", "", {"HostConfig": {"LogConfig": {"Type": "me"}}}),
        ("User", "Other.Place", {"Other": {"Place": "me"}}),
    ],
)
def test_where_it_is_read(api: str, read: str, document: Any) -> None:
    assert Field("one", api, read=read).observed(document, context()) == "me"


@pytest.mark.parametrize("document", [{}, {"Config": None}, {"Config": {}}, {"Config": {"User": None}}])
def test_what_is_not_shown_is_empty(document: Any) -> None:
    assert Field("one", "User").observed(document, context()) == ""
    assert Field("one", "User", type="list").observed(document, context()) == []
    assert Field("one", "User", default=0).observed(document, context()) == 0
    assert Field("one", "User", default=UNKNOWN).observed(document, context()) == ""
    assert Field("one", "User", decode=lambda raw, _: raw or "root").observed(document, context()) == "root"


def test_the_body_is_written_where_the_api_has_it() -> None:
    assert Field("one", "HostConfig.LogConfig.Type").body("x", context()) == {
        "HostConfig": {"LogConfig": {"Type": "x"}}
    }
    assert Field("one", "A", encode=lambda value, _: value + 1).body(1, context()) == {"A": 2}
    assert Field("one", write=lambda value, _: {"A": value, "B": value}).body(1, context()) == {"A": 1, "B": 1}
    assert Field("one").body("x", context()) == {}


def test_a_bad_value_names_its_option() -> None:
    def refuse(value: Any, _context: Any) -> Any:
        raise InvalidValue("%r is odd" % value)

    with pytest.raises(InvalidOption, match="one: 'x' is odd"):
        Field("one", parse=refuse).wanted(context(one="x"))
    assert Field("one", parse=refuse).wanted(context()) is None


@pytest.mark.parametrize(
    ("words", "want", "updatable"),
    [
        ({}, 1, False),
        ({"change": UPDATE}, 1, True),
        ({"change": UPDATE}, 0, False),  # POST /containers/{id}/update takes 0 for "as it is"
        ({"change": UPDATE, "in_place": lambda *_: True}, 0, True),
        ({"change": UPDATE, "in_place": lambda *_: False}, 1, False),
        ({"change": STEPS}, [], True),
        ({"change": STEPS, "in_place": lambda *_: False}, [1], False),
        ({"in_place": lambda *_: True}, 1, False),
    ],
)
def test_what_can_be_mended_in_place(words: Any, want: Any, updatable: bool) -> None:
    assert Field("one", "One", type="int", **words).updatable(5, want, context()) is updatable


def test_strict_comparison_allows_for_what_is_supplied() -> None:
    row = Field("one", "One", type="dict", default=lambda _: {"image": "1"})
    assert row.satisfied({"image": "1", "a": "1"}, {"a": "1"}, STRICT, context())
    assert not row.satisfied({"image": "2", "a": "1"}, {"a": "1"}, STRICT, context())
    assert row.satisfied({"image": "2", "a": "1"}, {"a": "1"}, SUBSET, context())


leaves = st.one_of(st.integers(0, 3), st.lists(st.integers(0, 3), max_size=2))
trees = st.recursive(leaves, lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3), max_leaves=6)
bodies = st.dictionaries(st.sampled_from("abc"), trees, max_size=3)


@given(bodies)
def test_merging_into_nothing_and_nothing_into_it(body: dict[str, Any]) -> None:
    assert merge_into({}, body) == body
    assert merge_into(dict(body), {}) == body


@given(bodies, bodies)
def test_what_is_merged_in_is_there(body: dict[str, Any], part: dict[str, Any]) -> None:
    untouched = copy.deepcopy((body, part))
    found = merge_into(merge_into({}, body), part)
    assert (body, part) == untouched
    assert set(found) == set(body) | set(part)
    for key, value in part.items():
        if isinstance(value, list) and isinstance(body.get(key), list):
            assert found[key] == body[key] + value
        elif not isinstance(value, dict):
            assert found[key] == value
