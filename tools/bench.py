# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the benchmarks of tests/benchmarks, and write what they measured: docs/benchmarks.json, and out of that the
tables of docs/benchmarks.md, its picture, and a smaller one for README.

make bench                           all of them; half an hour on an idle machine
make bench BENCHES="loop images"     some of them; the others' figures stay as they are
ROUNDS=1 SIZE=64 make bench          quickly, to see whether they work; what they find is shown, and written nowhere
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from ansible_collections.longshore.docker.tests.benchmarks import figures, plot, table

ROOT = Path(__file__).resolve().parent.parent
BENCHES = ("loop", "over_ssh", "many", "images", "copies", "payloads", "calls")
DATA, PAGE, PICTURE = (ROOT / "docs" / ("benchmarks." + ending) for ending in ("json", "md", "svg"))
README, SMALL = ROOT / "README.md", ROOT / "docs" / "speed.svg"
# What the small picture shows, and whom.
HEADLINES, RIVALS = ("loop", "over_ssh", "many"), (figures.RIVAL,)
BEGIN, END = "<!-- written by make bench -->\n", "<!-- end of what make bench writes -->\n"
# What says of a run that it was no real one.
QUICK = "ROUNDS"
SHOWN = "![How many times as much others need](%s)\n"


def between(text: str, words: str) -> str:
    """The text with these words where the marks are."""
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError("the marks of make bench are missing")
    return before + begin + ("\n%s\n" % words if words else "") + end + after


def foot(runs: list[figures.Run]) -> str:
    """What they all ran on, in a line."""
    shared = set.intersection(*[set(run.ran_on.items()) for run in runs])
    words = {name: words for name, words in runs[0].ran_on.items() if (name, words) in shared}
    words.pop("load before", None)
    return table.words_of(words)


def write(known: dict[str, Any]) -> None:
    """Everything that shows figures."""
    runs = [figures.read(known[name]) for name in BENCHES if name in known]
    DATA.write_text(json.dumps(known, indent=1) + "\n")
    PICTURE.write_text(plot.svg(runs, foot(runs)))
    small = [figures.read(known[name]) for name in HEADLINES if name in known]
    SMALL.write_text(plot.svg(small, foot(runs), RIVALS))
    tables = "\n".join(table.markdown(run) for run in runs)
    PAGE.write_text(between(PAGE.read_text(), SHOWN % PICTURE.name + "\n" + tables))
    README.write_text(between(README.read_text(), SHOWN % SMALL.relative_to(ROOT)))


def main(chosen: list[str]) -> None:
    known = json.loads(DATA.read_text()) if DATA.exists() else {}
    for name in chosen or BENCHES:
        print("=== %s" % name, flush=True)
        run = import_module("ansible_collections.longshore.docker.tests.benchmarks." + name).measure()
        print(table.columns(run), flush=True)
        known[name] = run.document()
        if not os.environ.get(QUICK):
            write(known)


if __name__ == "__main__":
    main(sys.argv[1:])
