# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the integration scenarios on every Engine release that can be had here, and write the table of docs/engines.md.

make engines                        all of them
make engines RELEASES="28.5"        some of them
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from ansible_collections.longshore.docker.tests.engines.releases import RELEASES, VARIABLE

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "engines.md"
BEGIN, END = "<!-- the table is written by make engines -->\n", "<!-- end of the table -->\n"
INTEGRATION = ROOT / "tests" / "integration"
# What has to do with Ansible's connections and hosts, and not with the Engine behind them.
NOT_OF_THE_ENGINE = {"hosts", "ssh", "scenarios", "examples"}


class Suite(NamedTuple):
    """What became of one folder of tests on one Engine."""

    passed: int
    failed: int

    def __str__(self) -> str:
        return "%d" % self.passed if not self.failed else "%d of %d" % (self.passed, self.passed + self.failed)


def suites() -> list[str]:
    """The folders of tests that are run."""
    folders = sorted({path.parent.name for path in INTEGRATION.glob("*/test_*.py")})
    return [name for name in folders if name not in NOT_OF_THE_ENGINE]


def run(release: str, folder: Path) -> dict[str, Suite]:
    """Run them all on one Engine."""
    report = folder / (release + ".xml")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "--junitxml=%s" % report]
    command += [str(INTEGRATION / name) for name in suites()]
    subprocess.run(command, cwd=ROOT, env={**os.environ, VARIABLE: release}, check=False)
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - pytest wrote it, just now
        suite = case.get("classname", "").split("tests.integration.")[-1].split(".")[0]
        failed = case.find("failure") is not None or case.find("error") is not None
        found[suite][failed] += 1
    return {name: Suite(*counts) for name, counts in found.items()}


def table(results: dict[str, dict[str, Suite]], seconds: dict[str, float]) -> str:
    """As Markdown: a row for each suite, a column for each Engine."""
    lines = ["| tests | %s |" % " | ".join(results), "| --- |%s" % (" --- |" * len(results))]
    for name in suites():
        cells = [str(results[release].get(name, "did not run")) for release in results]
        lines.append("| %s | %s |" % (name, " | ".join(cells)))
    lines.append("| minutes | %s |" % " | ".join("%.0f" % (seconds[release] / 60) for release in results))
    return "\n".join(lines) + "\n"


def write(text: str) -> None:
    """Put the table into the page, in place of the one that is there."""
    before, _begin, rest = PAGE.read_text().partition(BEGIN)
    PAGE.write_text(before + BEGIN + "\n" + text + "\n" + END + rest.partition(END)[2])


def main(chosen: list[str]) -> None:
    folder = ROOT / ".work" / "engines"
    folder.mkdir(parents=True, exist_ok=True)
    results, seconds = {}, {}
    for release in chosen or list(RELEASES):
        print("=== Engine", release, flush=True)
        began = time.monotonic()
        results[release] = run(release, folder)
        seconds[release] = time.monotonic() - began
    text = table(results, seconds)
    print(text)
    if not chosen:
        write(text)
    if any(suite.failed for of_release in results.values() for suite in of_release.values()):
        sys.exit("FAILED: not all tests passed on all Engines")


if __name__ == "__main__":
    main(sys.argv[1:])
