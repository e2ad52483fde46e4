# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures as tables: in Markdown for a page, in columns for a terminal. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ansible_collections.longshore.docker.tests.benchmarks.figures import OURS, Figure, Run, by_what, number, ratio

HEAD = ("", "by", "median", "least to most", "runs", "ratio")


def rows(figures: tuple[Figure, ...]) -> Iterator[tuple[str, ...]]:
    """A row for each figure; what is done is said once, and the ratio is to the first of ours."""
    for what, beside in by_what(figures).items():
        for place, one in enumerate(beside):
            found = ratio(one, beside)
            spread = "" if len(one.values) == 1 else "%s to %s" % (number(min(one.values)), number(max(one.values)))
            yield (
                what if place == 0 else "",
                one.who,
                "%s %s" % (number(one.median), one.unit),
                spread,
                str(len(one.values)),
                "" if found is None else number(found),
            )


def words_of(ran_on: dict[str, str]) -> str:
    """What a benchmark ran on, as one line."""
    return "; ".join("%s %s" % one for one in ran_on.items())


def markdown(run: Run) -> str:
    """A section of a page. What is ours is in bold."""
    ours = {one.who for one in run.figures if one.role == OURS}
    lines = ["### %s" % run.title, "", "| %s |" % " | ".join(HEAD), "| --- | --- | ---: | ---: | ---: | ---: |"]
    for what, who, *cells in rows(run.figures):
        lines.append("| %s |" % " | ".join([what, "**%s**" % who if who in ours else who, *cells]))
    return "\n".join([*lines, "", "Ran on: %s." % words_of(run.ran_on), ""])


def columns(run: Run) -> str:
    """For a terminal."""
    table = [HEAD, *rows(run.figures)]
    widths = [max(len(row[place]) for row in table) for place in range(len(HEAD))]
    lines = []
    for row in table:
        left = [row[place].ljust(widths[place]) for place in (0, 1)]
        right = [row[place].rjust(widths[place]) for place in range(2, len(HEAD))]
        lines.append("  ".join([*left, *right]).rstrip())
    return "\n".join([run.title, "", *lines, "", words_of(run.ran_on), ""])
