# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What benchmarks measure, as data. Pure but for `rounds`, which asks the environment how often to measure."""

from __future__ import annotations

import math
import os
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

# Who it is, against whom everybody doing the same is measured: the first of them in a list.
OURS = "ours"
RIVAL = "rival"
# What no client could do without: plain requests, or Ansible's own part.
LIMIT = "limit"


def rounds(usual: int) -> int:
    """How many rounds to measure; ROUNDS in the environment says otherwise."""
    return int(os.environ.get("ROUNDS") or usual)


@dataclass(frozen=True)
class Figure:
    """What `who` needs to do `what`, one value for each round. `role` is OURS, RIVAL or LIMIT.

    `plotted` figures are those of the plot; a table has them all.
    """

    what: str
    who: str
    unit: str
    values: tuple[float, ...]
    role: str = RIVAL
    plotted: bool = True

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def document(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "what": self.what,
            "who": self.who,
            "role": self.role,
            "unit": self.unit,
            "runs": len(self.values),
            "median": self.median,
            "least": min(self.values),
            "most": max(self.values),
            "values": list(self.values),
            "plotted": self.plotted,
        }


@dataclass(frozen=True)
class Run:
    """The figures of one benchmark, all measured in one run, and what it ran on (words by name)."""

    title: str
    ran_on: dict[str, str]
    figures: tuple[Figure, ...]

    def document(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"title": self.title, "ran_on": self.ran_on, "figures": [one.document() for one in self.figures]}


def read(document: dict[str, Any]) -> Run:
    """A run out of its document."""
    figures = [
        Figure(one["what"], one["who"], one["unit"], tuple(one["values"]), one["role"], one["plotted"])
        for one in document["figures"]
    ]
    return Run(document["title"], document["ran_on"], tuple(figures))


def by_what(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """The figures of each thing that is done, in order."""
    found: dict[str, list[Figure]] = {}
    for one in figures:
        found.setdefault(one.what, []).append(one)
    return found


def ratio(figure: Figure, beside: Sequence[Figure]) -> float | None:
    """How many times as much as the first of ours of those that do the same; None where there is no saying."""
    ours = next((one for one in beside if one.role == OURS), None)
    return figure.median / ours.median if ours is not None and ours.median > 0 and figure.median > 0 else None


def number(value: float) -> str:
    """With three digits that mean something, or as many as there are before the point: 0.0123, 1.23, 1234. A number of
    things is written as it is: 6."""
    if isinstance(value, int) or value == 0:
        return "%d" % value
    return "%.*f" % (max(0, 2 - math.floor(math.log10(abs(value)))), value)
