# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios from case files: what a playbook does for them, and what each result has to be.

A case is a list of steps. Each step is foretold in check mode, made, and made again, with the diff shown:

case       its name, and (with blanks as hyphens) the container's
first      options of the first step             second     options of the second step
steps      instead of first and second: a list of steps, each with `do` (options) and any of the words below

For a step (for first and second written first_shows, ..., but for `replaced`, which is the second's):

shows      path in the inspect document -> value
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
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

NAME = "longshore.docker.container"
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
CHECK, REAL, AGAIN = "in check mode", "for real", "again"


@dataclass
class Step:
    """One step of a case; `results` are filled in by host and pass."""

    do: dict[str, Any] | None
    run: str | None = None
    words: dict[str, Any] = field(default_factory=dict)

    @property
    def passes(self) -> tuple[str, ...]:
        if self.run is not None:
            return (REAL,)
        if self.words.get("only_check"):
            return (CHECK,)
        return (CHECK, REAL) if self.words.keys() & {"once", "refused", "fails"} else (CHECK, REAL, AGAIN)


@dataclass
class Case:
    name: str
    steps: list[Step]

    @property
    def container(self) -> str:
        return "ls-" + re.sub(r"[^a-z0-9_]+", "-", self.name.lower())

    def tasks(self, defaults: dict[str, Any]) -> list[dict[str, Any]]:
        """All tasks of the case, in order; cleaning up is the last."""
        found: list[dict[str, Any]] = []
        for number, step in enumerate(self.steps, 1):
            for one in step.passes:
                title = "%s: step %d %s" % (self.name, number, one)
                if step.run is not None:
                    command = "{%% raw %%}%s{%% endraw %%}" % step.run.replace("@NAME@", self.container)
                    found.append({"name": title, "ansible.builtin.shell": command})
                    continue
                options = {"name": self.container, **defaults, **(step.do or {})}
                options = {key: value for key, value in options.items() if value is not None}
                found.append({"name": title, NAME: options, "check_mode": one == CHECK})
        found.append({"name": self.name, NAME: {"name": self.container, "state": "absent", "force_kill": True}})
        return found


def _step(words: dict[str, Any]) -> Step:
    unknown = set(words) - {"do", "run", *WORDS}
    assert not unknown, unknown
    return Step(words.get("do"), words.get("run"), {key: words[key] for key in WORDS if key in words})


def _case(document: dict[str, Any]) -> Case:
    if "steps" in document:
        return Case(document["case"], [_step(one) for one in document["steps"]])
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
    return Case(document["case"], steps)


def read_cases(folder: Path, fill: dict[str, str]) -> list[Case]:
    """All cases of a folder; `fill` says what stands for @WORD@."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        text = path.read_text()
        for word, value in fill.items():
            text = text.replace("@%s@" % word, value)
        found += [_case(one) for one in yaml.safe_load(text)]
    names = [one.container for one in found]
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
    (re.compile(r"[0-9a-f]{64}"), "<id>"),
    (re.compile(r"\b[0-9a-f]{12}\b"), "<short id>"),
    (re.compile(r"172\.17\.0\.\d+"), "<address>"),
    (re.compile(r"02:42(:[0-9a-f]{2}){4}"), "<address>"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"), "<time>"),
)


def comparable(result: dict[str, Any]) -> str:
    """What both hosts have to agree on: IDs and times aside, and what depends on who came first."""
    container = result.get("container") or {}
    kept = {key: value for key, value in result.items() if key not in ("container", "invocation")}
    kept["container"] = {key: container.get(key) for key in ("Name", "Config", "HostConfig", "Path", "Args", "Output")}
    kept["container"]["keys"] = sorted(container)
    text = json.dumps(kept, sort_keys=True, indent=1)
    for pattern, word in _ACCIDENTS:
        text = pattern.sub(word, text)
    return text
