# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`.dockerignore` by a table of its rules (dockerignore.yml), and what has to hold for any file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.values.dockerignore import Ignore, read_patterns
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidValue

RULES = yaml.safe_load(Path(__file__).with_name("dockerignore.yml").read_text(encoding="utf-8"))
names = st.text("ab*?!./[]\\^ #é", min_size=1, max_size=6)
paths = st.lists(st.sampled_from(["a", "b", "ab", "a.b", "é", "!a"]), min_size=1, max_size=4).map("/".join)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["rule"])
def test_rule(rule: dict[str, Any]) -> None:
    ignore = Ignore(read_patterns(rule["ignore"]))
    found = {path: ignore.leaves_out(path) for path in [*rule.get("out", ()), *rule.get("in", ())]}
    assert found == {**dict.fromkeys(rule.get("out", ()), True), **dict.fromkeys(rule.get("in", ()), False)}


@pytest.mark.parametrize("text", ["!", "! ", "[a", "a\n![b"])
def test_what_is_no_pattern(text: str) -> None:
    with pytest.raises(InvalidValue, match=".dockerignore"):
        Ignore(read_patterns(text))


def ignoring(lines: list[str]) -> Ignore | None:
    try:
        return Ignore(read_patterns("\n".join(lines)))
    except InvalidValue:
        return None


@given(st.lists(names, max_size=5), paths, paths)
def test_without_exceptions_all_below_is_left_out(lines: list[str], path: str, below: str) -> None:
    ignore = ignoring([line for line in lines if "!" not in line])
    if ignore is not None and ignore.leaves_out(path):
        assert ignore.leaves_out(f"{path}/{below}")
        assert ignore.leaves_out_all_below(path)


@given(st.lists(names, max_size=5), paths, paths)
def test_a_directory_that_is_not_read_has_nothing_that_is_wanted(lines: list[str], path: str, below: str) -> None:
    ignore = ignoring(lines)
    if ignore is not None and ignore.leaves_out(path) and ignore.leaves_out_all_below(path):
        assert ignore.leaves_out(f"{path}/{below}")


@given(st.lists(names, max_size=5))
def test_read_patterns_reads_what_it_gave(lines: list[str]) -> None:
    patterns = read_patterns("\n".join(line.replace("#", "") for line in lines))
    assert read_patterns("\n".join(patterns)) == patterns
