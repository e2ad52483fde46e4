# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Moments: every notation, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidValue
from ansible_collections.longshore.docker.plugins.module_utils.values.moments import (
    Now,
    format_moment,
    parse_moment,
    parse_now,
)

SECOND = 10**9
# Noon of a day, on a clock two hours ahead of UTC.
NOW = Now(1_000_000_000 * SECOND, 7200)


def never() -> Now:
    raise AssertionError("the clock was asked, and need not have been")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        (1700000000, 1700000000),
        ("2001-09-09T01:46:40Z", 1000000000),
        ("2001-09-09 01:46:40+00:00", 1000000000),
        ("2001-09-09T03:46:40+02:00", 1000000000),
        ("2001-09-08T20:46:40-0500", 1000000000),
    ],
)
def test_moments_that_are_the_same_everywhere(text: object, seconds: int) -> None:
    assert parse_moment(text, never) == seconds * SECOND


@pytest.mark.parametrize(
    ("text", "before"),
    [("10m", 600), ("1h30m", 5400), ("2001-09-09T03:46:40", 0), ("2001-09-09T03:46", 40), ("2001-09-09T03", 2800)],
)
def test_moments_by_the_clock(text: str, before: int) -> None:
    assert parse_moment(text, lambda: NOW) == NOW.nanoseconds - before * SECOND


def test_a_day_begins_where_the_clock_is() -> None:
    assert parse_moment("2001-09-09", lambda: NOW) == parse_moment("2001-09-08T22:00:00Z", never)


def test_nanoseconds_are_kept() -> None:
    assert parse_moment("1700000000.000000001", never) == 1700000000 * SECOND + 1
    assert parse_moment("2001-09-09T01:46:40.000000001Z", never) == 1000000000 * SECOND + 1


@given(st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)))
def test_as_python_reads_it(moment: datetime) -> None:
    whole = moment.replace(tzinfo=UTC, microsecond=0)
    expected = int(whole.timestamp()) * SECOND + moment.microsecond * 1000
    assert parse_moment(moment.isoformat() + "Z", never) == expected


@given(st.integers(0, 2**62))
def test_what_is_written_is_read(nanoseconds: int) -> None:
    assert parse_moment(format_moment(nanoseconds), never) == nanoseconds


def test_a_clock_tells_its_zone() -> None:
    assert parse_now("2001-09-09T03:46:40.5+02:00") == Now(1000000000 * SECOND + SECOND // 2, 7200)
    assert parse_now("2001-09-09T01:46:40Z") == Now(1000000000 * SECOND, 0)
    assert parse_now("2001-09-08T20:46:40-05:00").ahead == -18000


@pytest.mark.parametrize(
    "text", ["", "now", "yesterday", "-1", "2001-02-30", "2001-13-01", "2001-01-01T25:00:00Z", "5 minutes"]
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(InvalidValue):
        parse_moment(text, lambda: NOW)
