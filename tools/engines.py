# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the integration scenarios on every Engine release that can be had here, and write the table of docs/engines.md.

make engines                                          all of them
make engines RELEASES="28.5" SUITES="volume network"  some of them

Two suites are run at a time, each on an Engine of its own; what pytest says is in .work/engines/RELEASE-SUITE.log.
The table is written after each suite. What is not run keeps its place in it, with the day on which it was.
"""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

from ansible_collections.longshore.docker.tests.engines.description import description_of
from ansible_collections.longshore.docker.tests.engines.releases import RELEASES, VARIABLE

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "engines.md"
BEGIN, END = "<!-- the table is written by make engines -->\n", "<!-- end of the table -->\n"
INTEGRATION = ROOT / "tests" / "integration"
# What has to do with Ansible's connections and hosts, and not with the Engine behind them.
NOT_OF_THE_ENGINE = {"hosts", "ssh", "scenarios", "examples", "awx"}
NEITHER = "test*_over_ssh.py"
NOR = "tests/integration/container/test_cases.py::test_case_over_ssh"
NOT_RUN = "not run"
FOLDER = ROOT / ".work" / "engines"
AT_ONCE = 2

Table = dict[str, dict[str, str]]  # release -> suite -> what became of it


def suites() -> list[str]:
    """The folders of tests that are run."""
    folders = sorted({path.parent.name for path in INTEGRATION.glob("*/test_*.py")})
    return [name for name in folders if name not in NOT_OF_THE_ENGINE]


def prepared(release: str) -> dict[str, str]:
    """The environment of tests on a release, whose root and description are there then."""
    environment = {**os.environ, VARIABLE: release}
    if RELEASES[release].suite:
        environment["LONGSHORE_API_DESCRIPTIONS"] = str(description_of(RELEASES[release].suite))
    return environment


def run(suite: str, environment: dict[str, str], report: Path) -> str:
    """Run a suite on an Engine of its own. Returns the table's cell: how many tests passed, and of how many if not all.

    Raises RuntimeError where pytest ended without a report.
    """
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-v", "--junitxml=%s" % report]
    command += ["--ignore-glob=" + str(INTEGRATION / suite / NEITHER), "--deselect=" + NOR, str(INTEGRATION / suite)]
    report.unlink(missing_ok=True)
    with report.with_suffix(".log").open("w") as log:
        subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=log, stderr=subprocess.STDOUT)
    if not report.exists():
        raise RuntimeError("pytest came to no end: see %s" % log.name)
    wrong: dict[tuple[str | None, str | None], bool] = {}  # a test may fail, and its cleaning up, too
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - pytest wrote it, just now
        if case.find("skipped") is not None:
            continue
        failed = case.find("failure") is not None or case.find("error") is not None
        name = (case.get("classname"), case.get("name"))
        wrong[name] = wrong.get(name, False) or failed
    passed = list(wrong.values()).count(False)
    counts = "%d" % passed if passed == len(wrong) else "**%d of %d**" % (passed, len(wrong))
    return "%s (%s)" % (counts, datetime.date.today().isoformat())


def read() -> Table:
    """The table as the page has it."""
    text = PAGE.read_text().partition(BEGIN)[2].partition(END)[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    if not rows:
        return {}
    cells = {release: {row[0]: row[number] for row in rows[2:]} for number, release in enumerate(rows[0]) if number}
    return {release: of_release for release, of_release in cells.items() if release in RELEASES}


def written(table: Table) -> str:
    """As Markdown: a row for each suite, a column for each Engine."""
    lines = ["| tests | %s |" % " | ".join(RELEASES), "| --- |%s" % (" --- |" * len(RELEASES))]
    for name in suites():
        cells = [table.get(release, {}).get(name, NOT_RUN) for release in RELEASES]
        lines.append("| %s | %s |" % (name, " | ".join(cells)))
    return "\n".join(lines) + "\n"


def write(text: str) -> None:
    """Put the table into the page, in place of the one that is there."""
    before, _begin, rest = PAGE.read_text().partition(BEGIN)
    PAGE.write_text(before + BEGIN + "\n" + text + "\n" + END + rest.partition(END)[2])


def main(releases: Sequence[str], chosen: Sequence[str]) -> None:
    unknown = {*releases} - {*RELEASES} | {*chosen} - {*suites()}
    if unknown:
        sys.exit("there is no %s; releases are %s, suites %s" % (sorted(unknown), list(RELEASES), suites()))
    FOLDER.mkdir(parents=True, exist_ok=True)
    environments = {release: prepared(release) for release in releases or RELEASES}
    page = threading.Lock()

    def cell_of(release: str, suite: str) -> str:
        cell = run(suite, environments[release], FOLDER / ("%s-%s.xml" % (release, suite)))
        with page:
            table = read()
            table.setdefault(release, {})[suite] = cell
            write(written(table))
            print("Engine %s: %s: %s" % (release, suite, cell), flush=True)
        return cell

    with ThreadPoolExecutor(AT_ONCE) as pool:
        pairs = [(release, suite) for release in environments for suite in chosen or suites()]
        cells = list(pool.map(lambda pair: cell_of(*pair), pairs))
    failed = any("of" in re.split(r"\W+", cell) for cell in cells)
    print(written(read()))
    if failed:
        sys.exit("FAILED: not all tests passed on all Engines")


if __name__ == "__main__":
    main(os.environ.get("RELEASES", "").split(), os.environ.get("SUITES", "").split())
