# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Docker's notations by example: what a text comes to, which spellings are one, what is refused and in which words."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidValue
from ansible_collections.longshore.docker.tests.unit.values.notations import CASES, NOTATIONS, every, plain


def test_each_notation_has_its_cases() -> None:
    assert sorted(path.stem for path in CASES.glob("*")) == sorted(NOTATIONS)


@pytest.mark.parametrize(("notation", "case"), every("canonical"), ids=repr)
def test_canonical(notation: str, case: Any) -> None:
    given, expected = case
    assert plain(NOTATIONS[notation](given)) == expected


@pytest.mark.parametrize(("notation", "spellings"), every("same"), ids=repr)
def test_one_value_in_several_spellings(notation: str, spellings: Any) -> None:
    values = [NOTATIONS[notation](one) for one in spellings]
    assert values == [values[0]] * len(values)


@pytest.mark.parametrize(("notation", "case"), every("refused"), ids=repr)
def test_refused(notation: str, case: Any) -> None:
    given, words = case
    with pytest.raises(InvalidValue) as caught:
        NOTATIONS[notation](given)
    assert words in str(caught.value)
