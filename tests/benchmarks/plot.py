# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures as a picture: how many times as much as ours, a bar each, on a logarithmic axis. Pure; writes SVG as text.

The picture has a ground of its own for light and for dark, so it can be read whatever the page around it is.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from ansible_collections.longshore.docker.tests.benchmarks.figures import (
    LIMIT,
    OURS,
    RIVAL,
    Figure,
    Run,
    by_what,
    number,
    ratio,
)

WIDTH, LABELS, MARGIN, END = 880, 290, 24, 130
ROW, BAR, GAP, TOP = 22, 14, 14, 104
STYLE = """\
.ground { fill: #ffffff; stroke: #d0d7de } text { fill: #1f2328; font-size: 13px }
.title { font-size: 18px; font-weight: 600 } .what { font-weight: 600 } .faint { fill: #59636e; font-size: 12px }
.behind { fill: #ffffff } .grid { stroke: #e4e8ec } .one { stroke: #59636e; stroke-width: 1.5 }
.rival { fill: #c2552d } .ours { fill: #2f6fbb } .limit { fill: #8b949e }
@media (prefers-color-scheme: dark) {
  .ground { fill: #0d1117; stroke: #30363d } .behind { fill: #0d1117 } text { fill: #e6edf3 } .faint { fill: #9198a1 }
  .grid { stroke: #21262d } .one { stroke: #9198a1 }
  .rival { fill: #e8825a } .ours { fill: #5b9ce6 } .limit { fill: #6e7681 }
}"""
ROLES = (RIVAL, OURS, LIMIT)
LEGEND = ((RIVAL, "others"), (OURS, "ours, another way"), (LIMIT, "the bare minimum"))


class Row(NamedTuple):
    """A bar, or, without a ratio, the line above those that belong together."""

    label: str
    words: str
    ratio: float | None = None
    role: str = RIVAL


def rows(runs: Sequence[Run], roles: Container[str] = ROLES) -> Iterator[Row]:
    """What is plotted: each thing that is done, with what it takes here, and the others of these roles beside it."""
    for run in runs:
        for what, beside in by_what(one for one in run.figures if one.plotted).items():
            first = next((one for one in beside if one.role == OURS), None)
            others = [(one, ratio(one, beside)) for one in beside if one is not first and one.role in roles]
            if first is None or all(times is None for _one, times in others):
                continue
            yield Row(what, "%s: %s" % (first.who, _amount(first)))
            for one, times in others:
                if times is not None:
                    yield Row(one.who, "%s\u2009\u00d7 (%s)" % (number(times), _amount(one)), times, one.role)


def _amount(figure: Figure) -> str:
    return "%s %s" % (number(figure.median), figure.unit)


class Axis:
    """Where a ratio is, from left to right: whole powers of ten at both ends, and 1 within."""

    def __init__(self, ratios: Sequence[float]) -> None:
        self.lowest = min(0, math.floor(math.log10(min(ratios, default=1))))
        self.highest = max(1, math.ceil(math.log10(max(ratios, default=1))))

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.lowest) / (self.highest - self.lowest)
        return LABELS + share * (WIDTH - LABELS - END)

    def marks(self) -> list[float]:
        return [10.0**power for power in range(self.lowest, self.highest + 1)]


def svg(runs: Sequence[Run], foot: str, roles: Container[str] = ROLES) -> str:
    """The picture, of those who have these roles; `foot` says what it was measured on."""
    shown = list(rows(runs, roles))
    axis = Axis([row.ratio for row in shown if row.ratio is not None])
    heights = [ROW + GAP if row.ratio is None else ROW for row in shown]
    bottom = TOP + sum(heights)
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img"'
        ' font-family="system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif">'
        % (WIDTH, bottom + 52, WIDTH, bottom + 52),
        "<title>How many times as much others need as longshore.docker</title>",
        "<style>%s</style>" % STYLE,
        '<rect class="ground" x="0.5" y="0.5" width="%d" height="%d" rx="8"/>' % (WIDTH - 1, bottom + 51),
        _text(MARGIN, 36, "How many times as much others need", "title"),
        _text(MARGIN, 58, "1 is what longshore.docker needs for the same; to the right is more. Medians.", "faint"),
        *_legend(roles),
        *_grid(axis, bottom),
    ]
    top = TOP
    for row, height in zip(shown, heights, strict=True):
        top += height
        lines += _row(row, axis, top - ROW)
    return "\n".join([*lines, _text(MARGIN, bottom + 38, foot, "faint"), "</svg>", ""])


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    kind = ' class="%s"' % kind if kind else ""
    return '<text x="%.1f" y="%.1f" text-anchor="%s"%s>%s</text>' % (x, y, anchor, kind, escape(words))


def _legend(roles: Container[str]) -> Iterator[str]:
    x = float(MARGIN)
    entries = [entry for entry in LEGEND if entry[0] in roles]
    for role, words in entries if len(entries) > 1 else ():
        yield '<rect class="%s" x="%.1f" y="72" width="12" height="12" rx="2"/>' % (role, x)
        yield _text(x + 18, 83, words, "faint")
        x += 50 + 6.2 * len(words)


def _grid(axis: Axis, bottom: int) -> Iterator[str]:
    for mark in axis.marks():
        x = axis.at(mark)
        kind = "one" if mark == 1 else "grid"
        yield '<line class="%s" x1="%.1f" y1="%d" x2="%.1f" y2="%d"/>' % (kind, x, TOP, x, bottom)
        yield _text(x, bottom + 16, "%g\u2009\u00d7" % mark, "faint", "middle")


def _row(row: Row, axis: Axis, top: float) -> Iterator[str]:
    base = top + ROW / 2 + 4.5
    if row.ratio is None:
        # No line goes through its words.
        yield '<rect class="behind" x="%d" y="%.1f" width="%.1f" height="%d"/>' % (
            MARGIN, top + 1, min(8.0 * len(row.label), WIDTH - 2 * MARGIN), ROW - 2,
        )  # fmt: skip
        yield _text(MARGIN, base, row.label, "what")
        yield _text(WIDTH - MARGIN, base, row.words, "faint", "end")
        return
    left, right = sorted((axis.at(1), axis.at(row.ratio)))
    yield _text(MARGIN + 12, base, row.label)
    yield '<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%d" rx="2"/>' % (
        row.role, left, top + (ROW - BAR) / 2, max(right - left, 2), BAR,
    )  # fmt: skip
    yield _text(right + 6, base, row.words, "faint")
