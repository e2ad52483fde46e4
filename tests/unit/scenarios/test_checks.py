# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scenarios' checks find what they are there to find."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.tests.integration.scenarios import checks
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import Case, read_cases

CASES = """\
- case: memory
  first: {memory: 64m}
  first_shows: {HostConfig.Memory: 67108864}
  second: {memory: lots}
  second_refused: memory
"""


def _result(changed: bool, before: Any, after: Any, **more: Any) -> dict[str, Any]:
    container = {"Id": "a" * 64, "HostConfig": {"Memory": 67108864}, "Config": {}}
    diff = {"before": before, "after": after}
    return {"failed": False, "changed": changed, "diff": diff, "container": container, **more}


def _good() -> list[dict[str, Any]]:
    made = _result(True, {"exists": False}, {"exists": True, "memory": 67108864})
    refused = {"failed": True, "msg": "memory: lots is no size"}
    foretold = dict(made, container=None)
    return [
        foretold,
        made,
        _result(False, {}, {}),
        refused,
        refused,
        _result(True, {"exists": True}, {"exists": False}),
    ]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    (tmp_path / "cases.yml").write_text(CASES)
    (found,) = read_cases(tmp_path, {})
    assert len(found.tasks({})) == len(_good())
    return found


def test_what_is_right_is_no_problem(case: Case) -> None:
    assert checks.problems(case, _good()) == []
    assert checks.differences(case, _good(), _good()) == []


@pytest.mark.parametrize(
    ("which", "key", "value", "words"),
    [
        (0, "changed", False, "changed is False"),
        (0, "diff", {"before": {}, "after": {"memory": 1}}, "predicted"),
        (1, "diff", {"before": {}, "after": {}}, "the diff is"),
        (1, "failed", True, "failed"),
        (1, "container", {"Id": "a" * 64, "HostConfig": {"Memory": 1}}, "HostConfig.Memory is 1"),
        (1, "warnings", ["beware"], "it warns"),
        (1, "replaced_because", ["env"], "replaced because of"),
        (1, "drift", ["env"], "drift is"),
        (2, "changed", True, "again: changed is True"),
        (2, "container", {"Id": "b" * 64}, "another ID"),
        (3, "failed", False, "not refused"),
        (4, "msg", "no size: memory", "not refused with the same words"),
        (4, "msg", "memory: Traceback (most recent call last)", "a traceback"),
        (5, "failed", True, "cleaning up failed"),
    ],
)
def test_what_is_wrong_is_found(case: Case, which: int, key: str, value: Any, words: str) -> None:
    results = deepcopy(_good())
    results[which] = {"msg": "", **results[which], key: value}
    assert words in "\n".join(checks.problems(case, results))


def test_what_is_for_other_engines_is_left_out(tmp_path: Path) -> None:
    words = '  first_before: "1.44"\n  second_since: "1.44"\n  second_store: containerd\n'
    (tmp_path / "cases.yml").write_text(CASES + words)
    (found,) = read_cases(tmp_path, {})
    older, newer = found.tasks({})[0], found.tasks({})[3]
    assert older["when"] == ["engine_api is version('1.44', '<')"]
    assert newer["when"] == ["engine_api is version('1.44', '>=')", "engine_store == 'containerd'"]
    other: dict[str, Any] = {"failed": False, "changed": False, "skipped": True}
    good = _good()
    assert checks.problems(found, [*good[:3], other, other, good[5]]) == []
    assert checks.problems(found, [other, other, other, *good[3:]]) == []
    assert checks.problems(found, [other] * 5 + good[5:]) == ["no step is for this Engine"]
    partly = {**other, "diff": {"before": {}, "after": {}}}
    assert checks.problems(found, [partly, *good[1:]])


def test_a_step_for_all_engines_may_not_be_skipped(case: Case) -> None:
    other: dict[str, Any] = {"failed": False, "changed": False, "skipped": True, "diff": {"before": {}, "after": {}}}
    assert checks.problems(case, [other, other, other, *_good()[3:]])


def test_hosts_that_disagree_are_found(case: Case) -> None:
    other = deepcopy(_good())
    other[1]["status"] = 0
    assert "step 1 for real" in checks.differences(case, _good(), other)[0]


def test_ids_are_no_difference_between_hosts(case: Case) -> None:
    other = deepcopy(_good())
    other[1]["container"]["Id"] = "b" * 64
    assert checks.differences(case, _good(), other) == []
