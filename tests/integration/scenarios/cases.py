# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios from case files: what a playbook does for them, and what each result has to be.

A case is a list of steps. Each step is foretold in check mode, made, and made again, with the diff shown:

case       its name, and (with blanks as hyphens, after "ls-") that of the object it is about, which @NAME@ stands for
first      options of the first step             second     options of the second step
steps      instead of first and second: a list of steps, each with `do` (options) and any of the words below

For a step (for first and second written first_shows, ..., but for `replaced`, which is the second's):

shows      path in the object's document -> value
replaced   the options that make a replacement necessary; a change without it has to be made in place
changed    false where the step changes nothing (true if not said)
diff       keys that `after` has to have in the diff, besides those in `replaced`
returns    path in the result -> value
once       true for what is done each time (restart: true, say)
only_check true for a step that is foretold and not made
refused    a part of the message; check mode refuses with the same words
fails      a part of the message; check mode cannot know it
warns      a part of the warning; may_warn: true where it depends on the machine
untouched  true where Config and HostConfig have to stay as they were, byte for byte
drift      the options that differ and are left alone
run        instead of `do`: a command, made once; `says` is a part of what it prints
task       instead of `do`: a task of any module, made once, which has to succeed

A step may be for some Engines only, and each case has to have one for any Engine:

since      those with this version of the API, in quotes, or a newer one
before     those with an older one
store      those which keep images in this: containerd, or graphdriver
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PREFIX = "longshore.docker."
NAME = PREFIX + "container"
RAN_ON = "ran on"  # a key that the results of tasks over ssh are given: controller or target
WORDS = [
    "shows",
    "returns",
    "replaced",
    "changed",
    "diff",
    "once",
    "only_check",
    "refused",
    "fails",
    "warns",
    "may_warn",
]
WORDS += ["untouched", "drift", "says"]
# What says for which Engines a step is -> the condition of its tasks; runs.py sets the variables.
ENGINES = {
    "since": "engine_api is version('%s', '>=')",
    "before": "engine_api is version('%s', '<')",
    "store": "engine_store == '%s'",
}
WORDS += ENGINES
CHECK, REAL, AGAIN = "in check mode", "for real", "again"


@dataclass(frozen=True)
class Subject:
    """The module that cases are about.

    named_by  the option that names the object; empty where none does
    document  the key of the result under which the object's document is
    cleanup   tasks after a case, with @NAME@; one that asks for state absent where none is given
    accidents keys of the result that are not the same from one moment to the next
    keeps_id  a change in place leaves the object's ID as it is; an image with something changed is another image
    """

    module: str
    named_by: str = "name"
    document: str = ""
    cleanup: tuple[dict[str, Any], ...] = ()
    accidents: tuple[str, ...] = ()
    keeps_id: bool = True

    def name_of(self, case: str) -> dict[str, str]:
        return {self.named_by: case} if self.named_by else {}

    def cleaning(self) -> tuple[dict[str, Any], ...]:
        return self.cleanup or ({PREFIX + self.module: {self.named_by: "@NAME@", "state": "absent"}},)


CONTAINER = Subject(
    "container", document="container", cleanup=({NAME: {"name": "@NAME@", "state": "absent", "force_kill": True}},)
)


@dataclass
class Step:
    """One step of a case. `do` are options; `run` and `task` are what prepares, or looks, between steps."""

    do: dict[str, Any] | None
    run: str | None = None
    task: dict[str, Any] | None = None
    words: dict[str, Any] = field(default_factory=dict)

    @property
    def aside(self) -> bool:
        """Whether the step is no task of the module in question."""
        return self.run is not None or self.task is not None

    @property
    def conditions(self) -> dict[str, list[str]]:
        """The tasks' `when`, where it is not for every Engine."""
        found = [condition % self.words[word] for word, condition in ENGINES.items() if word in self.words]
        return {"when": found} if found else {}

    @property
    def passes(self) -> tuple[str, ...]:
        if self.aside:
            return (REAL,)
        if self.words.get("only_check"):
            return (CHECK,)
        return (CHECK, REAL) if self.words.keys() & {"once", "refused", "fails"} else (CHECK, REAL, AGAIN)


@dataclass
class Case:
    name: str
    steps: list[Step]
    subject: Subject = CONTAINER

    @property
    def object(self) -> str:
        return object_of(self.name)

    def tasks(self, defaults: dict[str, Any]) -> list[dict[str, Any]]:
        """All tasks of the case, in order; cleaning up comes last."""
        found: list[dict[str, Any]] = []
        for number, step in enumerate(self.steps, 1):
            for one in step.passes:
                title = "%s: step %d %s" % (self.name, number, one)
                found.append({"name": title, **step.conditions, **self._task(step, defaults, one == CHECK)})
        return found + [{"name": self.name, **_named(task, self.object)} for task in self.subject.cleaning()]

    def _task(self, step: Step, defaults: dict[str, Any], check_mode: bool) -> dict[str, Any]:
        if step.run is not None:
            return {"ansible.builtin.shell": "{%% raw %%}%s{%% endraw %%}" % step.run}
        if step.task is not None:
            return step.task
        options = {**self.subject.name_of(self.object), **defaults, **(step.do or {})}
        options = {key: value for key, value in options.items() if value is not None}
        return {PREFIX + self.subject.module: options, "check_mode": check_mode}


def object_of(case: str) -> str:
    """The name of the object that a case is about."""
    return "ls-" + re.sub(r"[^a-z0-9_]+", "-", case.lower())


def _named(value: Any, name: str) -> Any:
    return json.loads(json.dumps(value).replace("@NAME@", name))


def _step(words: dict[str, Any]) -> Step:
    unknown = set(words) - {"do", "run", "task", *WORDS}
    assert not unknown, unknown
    known = {key: words[key] for key in WORDS if key in words}
    return Step(words.get("do"), words.get("run"), words.get("task"), known)


def _case(document: dict[str, Any], subject: Subject) -> Case:
    if "steps" in document:
        return Case(document["case"], [_step(one) for one in document["steps"]], subject)
    steps = []
    for place in ("first", "second"):
        if place in document:
            words = {key: document[f"{place}_{key}"] for key in WORDS if f"{place}_{key}" in document}
            steps.append(_step({"do": document[place], **words}))
    if "replaced" in document:
        steps[-1].words["replaced"] = document["replaced"]
    known = {
        "case",
        "first",
        "second",
        "replaced",
        *(f"{place}_{key}" for place in ("first", "second") for key in WORDS),
    }
    assert set(document) <= known, set(document) - known
    return Case(document["case"], steps, subject)


def read_cases(folder: Path, fill: dict[str, str], subject: Subject = CONTAINER) -> list[Case]:
    """All cases of a folder; `fill` says what stands for @WORD@."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        text = path.read_text()
        for word, value in fill.items():
            text = text.replace("@%s@" % word, value)
        found += [_case(_named(one, object_of(one["case"])), subject) for one in yaml.safe_load(text)]
    names = [one.object for one in found]
    assert len(set(names)) == len(names), "two cases of one name"
    return found


def at(document: Any, path: str) -> Any:
    """What stands at a path such as HostConfig.Mounts.0.Target; None where there is nothing."""
    for key in path.split("."):
        if isinstance(document, list):
            document = document[int(key)] if key.isdigit() and int(key) < len(document) else None
        else:
            document = (document or {}).get(key)
    return document


_ACCIDENTS = (
    # Only through ssh there is anything else that was tried before.
    (re.compile(r"\.? The task ran on the node itself because [^\"]*"), ""),
    (re.compile(r"[0-9a-f]{64}"), "<id>"),
    (re.compile(r"\b[0-9a-f]{12}\b"), "<short id>"),
    # Where nobody says which, an Engine takes the next of these that is free.
    (re.compile(r"\b(172\.(1[7-9]|2\d|3[01])|192\.168)(\.\d+){2}(/\d+)?"), "<address>"),
    (re.compile(r"\b[0-9a-f][26ae](:[0-9a-f]{2}){5}\b"), "<address>"),  # Engines before 28 make it of the IPv4 address
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"), "<time>"),
    (re.compile(r"\b1\d{9}\b"), "<time>"),
    (re.compile(r"\bcontainerd-mount\d+"), "<folder>"),
    # An image's in the containerd image store, which counts compressed bytes, among them those of a time.
    (re.compile(r'"(Size|size|images_space_reclaimed)": \d+'), r'"\1": <size>'),
)


def comparable(result: dict[str, Any], subject: Subject = CONTAINER) -> str:
    """What both hosts have to agree on: IDs and times aside, and what depends on who came first."""
    kept = {key: value for key, value in result.items() if key not in ("invocation", RAN_ON, *subject.accidents)}
    if subject.module == "container":
        container = kept.get("container") or {}
        kept["container"] = {
            key: container.get(key) for key in ("Name", "Config", "HostConfig", "Path", "Args", "Output")
        }
        kept["container"]["keys"] = sorted(container)
    text = json.dumps(kept, sort_keys=True, indent=1)
    return without_accidents(text)


def without_accidents(text: str) -> str:
    """The text with words in place of IDs, addresses and times."""
    for pattern, word in _ACCIDENTS:
        text = pattern.sub(word, text)
    return text
