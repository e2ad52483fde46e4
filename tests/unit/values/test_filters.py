# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters: as they are written, and which labels they mean."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidValue
from ansible_collections.longshore.docker.plugins.module_utils.values.filters import (
    encode_filters,
    labels_match,
    truth,
)


def test_values_are_lists_of_texts() -> None:
    given = {"dangling": True, "label": ["a=b", "c"], "size": 5, "name": "web"}
    assert encode_filters(given) == {"dangling": ["true"], "label": ["a=b", "c"], "size": ["5"], "name": ["web"]}
    assert encode_filters(None) == {}


@pytest.mark.parametrize("value", [None, {"a": "b"}, [["a"]], [None]])
def test_what_the_engine_could_not_be_told(value: Any) -> None:
    with pytest.raises(InvalidValue, match="label: "):
        encode_filters({"label": value})


@pytest.mark.parametrize(
    ("filters", "matches"),
    [
        ({}, True),
        ({"label": ["a"]}, True),
        ({"label": ["a=1", "b=2"]}, True),
        ({"label": ["a=2"]}, False),
        ({"label": ["a=1", "c"]}, False),
        ({"label": ["a="]}, False),
        ({"label": ["empty="]}, True),
        ({"label!": ["a"]}, False),
        ({"label!": ["a=2"]}, True),
        ({"label": []}, True),
        ({"label!": []}, False),  # to the Engine, all of none are there
        # Spared is what has all of them.
        ({"label!": ["a", "c"]}, True),
        ({"label": ["a"], "label!": ["b=2"]}, False),
    ],
)
def test_labels(filters: dict[str, list[str]], matches: bool) -> None:
    assert labels_match(filters, {"a": "1", "b": "2", "empty": ""}) is matches


def test_no_labels() -> None:
    assert labels_match({"label!": ["a"]}, None)
    assert not labels_match({"label": ["a"]}, None)


def test_truth() -> None:
    assert truth({}, "all", True) and not truth({}, "all", False)
    assert truth({"all": ["1"]}, "all", False) and not truth({"all": ["False"]}, "all", True)
    for wrong in (["maybe"], ["true", "false"]):
        with pytest.raises(InvalidValue):
            truth({"all": wrong}, "all", True)
