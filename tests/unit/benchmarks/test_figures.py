# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures of benchmarks as data, as tables, and as a picture."""

from __future__ import annotations

import json
import math
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.tests.benchmarks import plot, table
from ansible_collections.longshore.docker.tests.benchmarks.figures import (
    LIMIT,
    OURS,
    RIVAL,
    Figure,
    Run,
    number,
    ratio,
    read,
)
from ansible_collections.longshore.docker.tools import bench

SLOW = Figure("nothing & more", "them <1>", "ms", (300.0, 100.0, 200.0))
QUICK = Figure("nothing & more", "us", "ms", (10.0, 30.0, 20.0), OURS)
LEAST = Figure("nothing & more", "plain", "ms", (2.0,), LIMIT)
ALONE = Figure("a file", "us", "s", (4.0,), OURS)
COUNTED = Figure("calls", "us", "requests", (6,), OURS, plotted=False)
RUN = Run("Time", {"CPUs": "2", "Python": "3.13"}, (SLOW, QUICK, LEAST, ALONE, COUNTED))

values = st.floats(1e-3, 1e5)
figures = st.builds(
    Figure,
    st.sampled_from(["one", "two"]),
    st.text(st.characters(codec="ascii", exclude_categories=["C"])),
    st.just("s"),
    st.lists(values, min_size=1, max_size=3).map(tuple),
    st.sampled_from([OURS, RIVAL, LIMIT]),
    st.booleans(),
)
runs = st.builds(Run, st.just("Time"), st.just({"CPUs": "2"}), st.lists(figures, max_size=6).map(tuple))


@given(runs)
def test_a_run_is_the_same_after_it_was_written(run: Run) -> None:
    assert read(json.loads(json.dumps(run.document()))) == run


def test_a_document_has_what_a_reader_asks_for() -> None:
    (found, *_others) = RUN.document()["figures"]
    assert {key: found[key] for key in ("runs", "median", "least", "most", "unit")} == {
        "runs": 3,
        "median": 200.0,
        "least": 100.0,
        "most": 300.0,
        "unit": "ms",
    }


def test_ratios_are_to_the_first_of_ours() -> None:
    other = Figure("nothing & more", "us, too", "ms", (5.0,), OURS)
    beside = [SLOW, QUICK, other, LEAST]
    assert [ratio(one, beside) for one in beside] == [10.0, 1.0, 0.25, 0.1]
    assert ratio(SLOW, [SLOW, LEAST]) is None


@pytest.mark.parametrize(
    "value, text",
    [
        (0, "0"),
        (6, "6"),
        (0.0, "0"),
        (0.0123, "0.0123"),
        (1.234, "1.23"),
        (12.34, "12.3"),
        (999.9, "1000"),
        (1234.5, "1234"),
    ],
)
def test_numbers(value: float, text: str) -> None:
    assert number(value) == text


def test_a_table_in_markdown() -> None:
    assert table.markdown(RUN).splitlines() == [
        "### Time",
        "",
        "|  | by | median | least to most | runs | ratio |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
        "| nothing & more | them <1> | 200 ms | 100 to 300 | 3 | 10.0 |",
        "|  | **us** | 20.0 ms | 10.0 to 30.0 | 3 | 1.00 |",
        "|  | plain | 2.00 ms |  | 1 | 0.100 |",
        "| a file | **us** | 4.00 s |  | 1 | 1.00 |",
        "| calls | **us** | 6 requests |  | 1 | 1.00 |",
        "",
        "Ran on: CPUs 2; Python 3.13.",
    ]


def test_the_picture_shows_each_of_the_others_once() -> None:
    shown = list(plot.rows([RUN]))
    assert [(one.label, one.ratio, one.role) for one in shown] == [
        ("nothing & more", None, RIVAL),
        ("them <1>", 10.0, RIVAL),
        ("plain", 0.1, LIMIT),
    ]


def test_a_picture_of_rivals_alone() -> None:
    assert [one.label for one in plot.rows([RUN], (RIVAL,))] == ["nothing & more", "them <1>"]
    assert "bare minimum" not in plot.svg([RUN], "", (RIVAL,))
    assert "bare minimum" in plot.svg([RUN], "")


def test_what_cannot_be_compared_is_not_in_the_picture() -> None:
    nothing = Figure("nothing & more", "us", "ms", (0.0,), OURS)
    assert list(plot.rows([Run("Time", {}, (nothing, SLOW))])) == []


def test_bars_reach_from_one_to_their_ratio() -> None:
    root = ElementTree.fromstring(plot.svg([RUN], "2 CPUs"))  # noqa: S314 - just written
    bars = {
        one.get("class"): (float(one.get("x", "")), float(one.get("width", "")))
        for one in root.iter("{http://www.w3.org/2000/svg}rect")
        if one.get("height") == str(plot.BAR)
    }
    axis = plot.Axis([10.0, 0.1])
    assert bars["rival"] == pytest.approx((axis.at(1), axis.at(10) - axis.at(1)), abs=0.1)
    assert bars["limit"] == pytest.approx((axis.at(0.1), axis.at(1) - axis.at(0.1)), abs=0.1)


@given(st.lists(runs, max_size=3))
def test_a_picture_is_well_formed_and_nothing_leaves_it(given_runs: list[Run]) -> None:
    root = ElementTree.fromstring(plot.svg(given_runs, "foot & more"))  # noqa: S314 - just written
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    for one in root.iter("{http://www.w3.org/2000/svg}rect"):
        x, y, w, h = (float(one.get(key, "")) for key in ("x", "y", "width", "height"))
        assert 0 <= x <= x + w <= width
        assert 0 <= y <= y + h <= height


@given(st.lists(st.floats(1e-4, 1e4), min_size=1))
def test_an_axis_has_room_for_all_and_for_one(ratios: list[float]) -> None:
    axis = plot.Axis(ratios)
    left, right = axis.at(axis.marks()[0]), axis.at(axis.marks()[-1])
    assert all(left - 1e-6 <= axis.at(one) <= right + 1e-6 for one in [*ratios, 1.0])
    assert math.isclose(left, plot.LABELS)


def test_a_page_keeps_what_is_around_the_marks() -> None:
    page = "before\n%sold\n%safter\n" % (bench.BEGIN, bench.END)
    assert bench.between(page, "new\n") == "before\n%s\nnew\n\n%safter\n" % (bench.BEGIN, bench.END)
    assert bench.between(bench.between(page, "new"), "new") == bench.between(page, "new")
    with pytest.raises(ValueError, match="marks"):
        bench.between("a page", "new")


def test_the_foot_says_what_is_true_of_all() -> None:
    other = Run("More", {"CPUs": "2", "Python": "3.12", "Engine": "20.10"}, ())
    assert bench.foot([RUN, other]) == "CPUs 2"


def test_pages_have_the_marks_and_show_what_was_measured() -> None:
    for page in (bench.PAGE, bench.README):
        bench.between(page.read_text(), "")
    assert bench.DATA.exists() == bench.PICTURE.exists() == bench.SMALL.exists()
    if bench.DATA.exists():
        known = json.loads(bench.DATA.read_text())
        measured = [read(known[name]) for name in bench.BENCHES if name in known]
        assert len(measured) == len(known)
        assert bench.PICTURE.read_text() == plot.svg(measured, bench.foot(measured))
        small = [read(known[name]) for name in bench.HEADLINES if name in known]
        assert bench.SMALL.read_text() == plot.svg(small, bench.foot(measured), bench.RIVALS)
        assert all(table.markdown(run) in bench.PAGE.read_text() for run in measured)


def test_every_benchmark_is_run() -> None:
    folder = bench.ROOT / "tests" / "benchmarks"
    assert sorted(bench.BENCHES) == sorted(
        path.stem for path in folder.glob("*.py") if "def measure()" in path.read_text()
    )
