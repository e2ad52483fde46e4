# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the results of a case's tasks have to be. Each problem is a sentence; an empty list is good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ansible_collections.longshore.docker.tests.integration.scenarios.cases import (
    AGAIN,
    CHECK,
    REAL,
    Case,
    Step,
    at,
    comparable,
)

Result = dict[str, Any]


def problems(case: Case, results: list[Result]) -> list[str]:
    """What is wrong with the results on one host."""
    found = []
    left = iter(results)
    before: Result = {}
    made = 0
    for number, step in enumerate(case.steps, 1):
        passes = {one: next(left) for one in step.passes}
        if skipped(step, passes):
            continue
        made += 1
        key = case.subject.document
        found += ["step %d %s" % (number, one) for one in _of_step(step, passes, before, key)]
        if step.aside:
            continue
        real = passes.get(REAL, {}).get(key)
        gone = (step.do or {}).get("state") == "absent"
        before = {} if gone or not case.subject.keeps_id else real if isinstance(real, dict) else before
    if any(one["failed"] for one in left):
        found.append("cleaning up failed")
    return found if made else ["no step is for this Engine"]


def skipped(step: Step, passes: dict[str, Result]) -> bool:
    """Whether a step was not made, as it is for other Engines."""
    return bool(step.conditions) and all(one.get("skipped") for one in passes.values())


def differences(case: Case, here: list[Result], there: list[Result]) -> list[str]:
    """Where the hosts do not agree."""
    titles = [f"step {number} {one}" for number, step in enumerate(case.steps, 1) for one in step.passes]
    asides = {f"step {number} {REAL}" for number, step in enumerate(case.steps, 1) if step.aside}
    found = []
    for title, one, other in zip(titles, here, there, strict=False):
        if title in asides:
            continue  # a command's own times
        left, right = (comparable(result, case.subject).splitlines() for result in (one, other))
        if left != right:
            found.append(
                f"{title}: controller {sorted(set(left) - set(right))}, target {sorted(set(right) - set(left))}"
            )
    return found


def _of_step(step: Step, passes: dict[str, Result], before: Result, key: str) -> Iterator[str]:
    for one, result in passes.items():
        if "Traceback" in str(result.get("msg")) + str(result.get("exception")):
            yield f"{one}: a traceback: {result}"
    if step.aside:
        yield from _of_aside(step, passes[REAL])
    elif "refused" in step.words:
        yield from _of_refusal(step.words["refused"], passes)
    elif "fails" in step.words:
        yield from _of_failure(step.words["fails"], passes)
        yield from _of_values(step.words, passes[REAL])
    elif any(one["failed"] for one in passes.values()):
        yield "failed: " + "; ".join(
            f"{one}: {result.get('msg')}" for one, result in passes.items() if result["failed"]
        )
    else:
        yield from _of_success(step, passes, before, key)


def _of_aside(step: Step, result: Result) -> Iterator[str]:
    if result["failed"]:
        yield f"what prepares it failed: {result.get('stderr')} {result.get('msg')}"
    elif step.words.get("says", "") not in result.get("stdout", ""):
        yield f"it says {result.get('stdout')!r}"


def _of_refusal(words: str, passes: dict[str, Result]) -> Iterator[str]:
    for one, result in passes.items():
        if not result["failed"] or words not in result["msg"]:
            yield f"{one}: not refused in these words: {result.get('msg')!r}"
        if result.get("changed"):
            yield f"{one}: refused, and changed"
    if len({result.get("msg") for result in passes.values()}) > 1:
        yield "not refused with the same words each time"


def _of_failure(words: str, passes: dict[str, Result]) -> Iterator[str]:
    if passes[CHECK]["failed"] or not passes[CHECK]["changed"]:
        yield f"in check mode: no change predicted: {passes[CHECK].get('msg')!r}"
    if not passes[REAL]["failed"] or words not in passes[REAL]["msg"]:
        yield f"did not fail in these words: {passes[REAL].get('msg')!r}"


def _of_success(step: Step, passes: dict[str, Result], before: Result, key: str) -> Iterator[str]:
    wanted = step.words.get("changed", True)
    for one in passes.keys() - {AGAIN}:
        if passes[one]["changed"] is not wanted:
            yield f"{one}: changed is {passes[one]['changed']}, diff {passes[one].get('diff')}"
        diff = passes[one]["diff"]
        if shows_a_change(diff) is not wanted:
            yield f"{one}: changed should be {wanted}, and the diff is {diff}"
        if sorted(passes[one].get("replaced_because", [])) != sorted(step.words.get("replaced", [])):
            yield f"{one}: replaced because of {passes[one].get('replaced_because')}"
        if sorted(passes[one].get("drift", [])) != sorted(step.words.get("drift", [])):
            yield f"{one}: drift is {passes[one].get('drift')}"
    if REAL not in passes:
        return
    if passes[CHECK]["diff"] != passes[REAL]["diff"]:
        yield f"predicted {passes[CHECK]['diff']}, then did {passes[REAL]['diff']}"
    keys = set(step.words.get("diff", [])) | set(step.words.get("replaced", [])) - {"recreate", "force"}
    if not keys <= set(passes[REAL]["diff"]["after"]):
        yield f"{keys} are not all in the diff {passes[REAL]['diff']}"
    if AGAIN in passes:
        yield from _of_repetition(passes, key)
    yield from _of_values(step.words, passes[REAL])
    yield from _of_document(step, passes[REAL].get(key) or {}, before)


def shows_a_change(diff: Result) -> bool:
    """Of a text that stays as it is, `prepared` has what is done all the same; Ansible shows it below the rest."""
    return diff["before"] != diff["after"] or "prepared" in diff


def _of_values(words: dict[str, Any], result: Result) -> Iterator[str]:
    for path, value in words.get("returns", {}).items():
        if at(result, path) != value:
            yield f"{path} is {at(result, path)!r}, not {value!r}"
    warnings = " ".join(result.get("warnings", []))
    expected = "warns" in words or (bool(warnings) and words.get("may_warn", False))
    if expected is not bool(warnings) or words.get("warns", "") not in warnings:
        yield f"it warns: {warnings!r}"


def _of_repetition(passes: dict[str, Result], key: str) -> Iterator[str]:
    again = passes[AGAIN]
    if again["changed"] or shows_a_change(again["diff"]):
        yield f"again: changed is {again['changed']}, because of {again.get('replaced_because')}, diff {again['diff']}"
    if key and identity(again.get(key) or {}) != identity(passes[REAL].get(key) or {}):
        yield "again: another ID"


def identity(document: Result) -> Any:
    """What tells an object from its replacement. Volumes have no ID."""
    return document.get("Id") or document.get("CreatedAt")


def _of_document(step: Step, document: Result, before: Result) -> Iterator[str]:
    for path, value in step.words.get("shows", {}).items():
        if at(document, path) != value:
            yield f"{path} is {at(document, path)!r}, not {value!r}"
    if not before or not document:
        return
    if "Id" in document and (document["Id"] != before["Id"]) is not ("replaced" in step.words):
        yield f"the ID was {before['Id']}, and is {document['Id']}"
    if step.words.get("untouched"):
        for key in ("Config", "HostConfig"):
            if document[key] != before[key]:
                yield f"{key} was {before[key]}, and is {document[key]}"
