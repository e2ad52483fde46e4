# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write docs/errors.md from the messages that the scenarios provoked (tests/integration/scenarios/messages.py).

To be run after `make integration`. `make unit` checks that the page has every message that a case file asks for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "errors.md"
MESSAGES = ROOT / ".work" / "messages"
HEAD = """\
# What is refused, and what may fail

Each message here was provoked by a test, on the controller and on the target, with an Engine 20.10; `make errors`
writes the page from what the tests saw. A message says what was being done, to which object, in the Engine's words
where it comes from there, and what to do next.

- **Refused** means that nothing was touched, and that check mode refuses in the same words.
- **Fails** means that only the real run can know. What was done before is taken back, or named in the result.

Names that begin with `ls-` or `longshore`, and the registries on 127.0.0.1, are those of the tests.
"""
OPTION_WIDTH = 110


class Entry(NamedTuple):
    """One message that a case asks for: what was asked of the module, and what the message has to hold."""

    module: str
    options: str
    kind: str
    part: str
    message: str


def steps(case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The steps of a case with their words, however they are written."""
    yield from case.get("steps", ())
    for place in ("first", "second"):
        if place in case:
            words = {key: case[place + "_" + key] for key in ("refused", "fails") if place + "_" + key in case}
            yield {"do": case[place], **words}


def entries() -> Iterator[Entry]:
    """All that the case files ask for of each Engine, with the messages that were seen.

    What newer ones say in other words is left out: the page is written from what one Engine has said."""
    for path in sorted(ROOT.glob("tests/integration/*/cases/**/*.yml")):
        module = module_of(path)
        for case in yaml.safe_load(path.read_text()):
            name = "ls-" + re.sub(r"[^a-z0-9_]+", "-", case["case"].lower())
            kept = MESSAGES / ("%s.%s.json" % (module, name))
            seen = json.loads(kept.read_text()) if kept.exists() else []
            messages = {(one["step"], one["kind"]): one["message"] for one in seen}
            for number, step in enumerate(steps(case), 1):
                for kind in ("refused", "fails"):
                    if step.get(kind) and "since" not in step:
                        options = shown(step.get("do") or {}, name)
                        yield Entry(module, options, kind, step[kind], nowhere(messages.get((number, kind), "")))


def nowhere(message: str) -> str:
    """The message without the folders that tests make for themselves, which are others each time."""
    message = re.sub(r"[^\s'\"]*/longshore-[a-z]+-\d+", "/folder", message)
    return re.sub(r"\S*/pytest-of-\S*?/\.docker", "~/.docker", message)


def module_of(path: Path) -> str:
    """A folder of cases bears its module's name; a folder for several modules has a file for each."""
    folder = path.relative_to(ROOT / "tests" / "integration").parts[0]
    return folder if (ROOT / "plugins" / "modules" / (folder + ".py")).exists() else path.stem


def shown(options: dict[str, Any], name: str) -> str:
    """Options as one line of YAML's flow style, shortened."""
    text = ", ".join("%s: %s" % (key, json.dumps(value, ensure_ascii=False)) for key, value in options.items())
    text = text.replace("@NAME@", name)
    return text if len(text) <= OPTION_WIDTH else text[: OPTION_WIDTH - 4] + " ..."


def cell(text: str) -> str:
    """A text within a table, as code."""
    return "`%s`" % text.replace("|", "\\|").replace("`", "'").replace("\n", " ").strip() if text else ""


def page() -> str:
    """The whole page."""
    lines = [HEAD]
    module = ""
    for entry in dict.fromkeys(entries()):
        if entry.module != module:
            module = entry.module
            lines += ["\n## `%s`\n" % module, "| asked | | message |", "| --- | --- | --- |"]
        lines.append("| %s | %s | %s |" % (cell(entry.options), entry.kind, cell(entry.message)))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    missing = sorted({entry.module for entry in entries() if not entry.message})
    if missing:
        raise SystemExit("Run the scenarios first (make integration); nothing was seen of: %s" % ", ".join(missing))
    PAGE.write_text(page())
