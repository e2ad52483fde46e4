# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records and frames come out the same wherever the stream is cut."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.engine.framing import Truncated, frames, records
from ansible_collections.longshore.docker.plugins.module_utils.engine.streams import is_multiplexed

TEXTS = st.text(max_size=20)
RECORDS = st.lists(st.dictionaries(TEXTS, st.one_of(TEXTS, st.integers(), st.dictionaries(TEXTS, TEXTS)), max_size=3))
FRAMES = st.lists(st.tuples(st.sampled_from([1, 2]), st.binary(min_size=1, max_size=30)))


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


@given(RECORDS, st.sampled_from(["", "\n", "\r\n", " \n\t"]), st.booleans(), st.lists(st.integers(0, 10_000)))
def test_records_cut_anywhere(wanted: list[object], between: str, ascii_only: bool, places: list[int]) -> None:
    text = "".join(json.dumps(record, ensure_ascii=ascii_only) + between for record in wanted)
    data = text.encode("utf-8", "surrogatepass" if not ascii_only else "strict")
    assert list(records(cut(data, places))) == wanted


@given(RECORDS.filter(bool))
def test_each_record_is_given_as_soon_as_it_is_complete(wanted: list[object]) -> None:
    pieces = iter([json.dumps(record).encode() for record in wanted])
    reader = records(pieces)
    assert next(reader) == wanted[0]
    assert len(list(pieces)) == len(wanted) - 1


def test_record_of_bytes_one_by_one() -> None:
    assert list(records(bytes([byte]) for byte in '{"a": "é}{"}{"b":{}}'.encode())) == [{"a": "é}{"}, {"b": {}}]


@pytest.mark.parametrize("data", [b'{"a": 1', b'{"a": 1}\n{"b"', b"not json", b'{"a": }'])
def test_records_that_do_not_end(data: bytes) -> None:
    with pytest.raises(Truncated, match="in the middle of a record"):
        list(records([data]))


def encode(wanted: list[tuple[int, bytes]]) -> bytes:
    return b"".join(bytes([stream, 0, 0, 0]) + len(data).to_bytes(4, "big") + data for stream, data in wanted)


def merged(parts: list[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    result: list[tuple[int, bytes]] = []
    for stream, data in parts:
        if result and result[-1][0] == stream:
            data = result.pop()[1] + data
        result.append((stream, data))
    return result


@given(FRAMES, st.lists(st.integers(0, 10_000)))
def test_frames_cut_anywhere(wanted: list[tuple[int, bytes]], places: list[int]) -> None:
    assert merged(list(frames(cut(encode(wanted), places)))) == merged(wanted)


def test_empty_frames_are_passed_over() -> None:
    assert list(frames([encode([(1, b""), (2, b"a"), (1, b"")])])) == [(2, b"a")]


@given(FRAMES.filter(bool), st.integers(1, 7))
def test_frames_that_do_not_end(wanted: list[tuple[int, bytes]], missing: int) -> None:
    with pytest.raises(Truncated, match="in the middle of a frame"):
        list(frames([encode(wanted)[: -min(missing, len(wanted[-1][1]))]]))
    with pytest.raises(Truncated, match="in the middle of a frame"):
        list(frames([encode(wanted), b"\1\0\0"]))


def test_what_is_not_multiplexed_is_not_read_as_a_length() -> None:
    with pytest.raises(Truncated, match="not multiplexed"):
        list(frames([b"hello world\n"]))


@pytest.mark.parametrize(
    "content_type, tty, version, wanted",
    [
        ("application/vnd.docker.multiplexed-stream", True, (1, 42), True),
        ("application/vnd.docker.raw-stream", False, (1, 42), False),
        ("application/vnd.docker.raw-stream", False, (1, 41), True),
        ("application/vnd.docker.raw-stream", True, (1, 41), False),
        ("application/octet-stream", False, (1, 52), True),
        ("", True, (1, 52), False),
    ],
)
def test_who_decides_whether_it_is_multiplexed(
    content_type: str, tty: bool, version: tuple[int, int], wanted: bool
) -> None:
    assert is_multiplexed(content_type, tty, version) is wanted
