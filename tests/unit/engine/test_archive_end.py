# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives that come whole, and archives that do not, in parts of any size."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.engine.archive import ArchiveInvalid, entries
from ansible_collections.longshore.docker.plugins.module_utils.engine.archive_end import End, whole
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import StreamFailed

FORMATS: Any = (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)
KINDS = (tarfile.REGTYPE, tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE)
GIB = 1 << 30


def archived(members: list[tuple[str, bytes, int]], form: int) -> bytes:
    """With the two blocks at the end and no more, as Engines write it."""
    found = io.BytesIO()
    with tarfile.open(fileobj=found, mode="w", format=form) as archive:
        for name, content, kind in members:
            info = tarfile.TarInfo(name)
            info.type = KINDS[kind]
            info.linkname = name[::-1] if info.type in (tarfile.SYMTYPE, tarfile.LNKTYPE) else ""
            info.size = len(content) if info.isreg() else 0
            archive.addfile(info, io.BytesIO(content))
    data = found.getvalue().rstrip(b"\0")
    return data + bytes(-len(data) % 512 + 1024)


def in_parts(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


names = st.text("abc/é", min_size=1, max_size=90) | st.just("n" * 99) | st.text("ab", min_size=101, max_size=300)
files = st.tuples(names, st.binary(max_size=1500), st.integers(0, len(KINDS) - 1))
archives = st.builds(archived, st.lists(files, max_size=5), st.sampled_from(FORMATS[1:]))


@given(archives, st.integers(1, 3000))
def test_a_whole_archive_passes_as_it_is(data: bytes, size: int) -> None:
    assert b"".join(whole(in_parts(data, size))) == data
    assert b"".join(whole(in_parts(data + bytes(10240), size))) == data + bytes(10240)


@given(archives, st.integers(1, 3000), st.data())
def test_a_part_of_an_archive_does_not(data: bytes, size: int, draw: st.DataObject) -> None:
    cut = draw.draw(st.integers(0, len(data) - 1))
    with pytest.raises(StreamFailed, match="cut off"):
        list(whole(in_parts(data[:cut], size)))


@pytest.mark.parametrize("form", FORMATS[1:])
def test_files_that_are_too_large_for_octal_digits(form: Any) -> None:
    """A size of its own, or that of an extended header: what is between the headers is never there in memory."""
    info = tarfile.TarInfo("large")
    info.size = 9 * GIB + 1
    part = bytes(GIB)
    end = End()
    end.feed(info.tobuf(form))
    for _turn in range(9):
        end.feed(part)
    end.feed(b"x" + bytes(511))
    assert not end.seen
    end.feed(tarfile.TarInfo("small").tobuf(form) + bytes(1024))
    assert end.seen


def test_links_and_folders_have_no_content_whatever_size_they_state() -> None:
    info = tarfile.TarInfo("link")
    info.type, info.linkname, info.size = tarfile.LNKTYPE, "file", 5000
    end = End()
    end.feed(info.tobuf(tarfile.GNU_FORMAT) + bytes(1024))
    assert end.seen


def test_zeros_in_a_file_are_no_end() -> None:
    data = archived([("zeros", bytes(4096), 0)], tarfile.PAX_FORMAT)
    with pytest.raises(StreamFailed):
        list(whole([data[: 512 + 4096]]))


def test_one_block_of_zeros_is_no_end() -> None:
    data = archived([("file", b"x", 0)], tarfile.PAX_FORMAT)
    with pytest.raises(StreamFailed):
        list(whole([data[:-512]]))


def test_the_words_of_the_engine_are_passed_on() -> None:
    """It writes them where it breaks off, in the middle of a file."""
    data = archived([("file", bytes(20000), 0)], tarfile.PAX_FORMAT)[:9000]
    words = b'{"errorDetail":{"message":"open /x: input/output error"},"error":"open /x: input/output error"}\r\n'
    for size in (64, 512, 9010, 100000):
        with pytest.raises(StreamFailed, match=r"cut off: open /x: input/output error$"):
            list(whole(in_parts(data + words, size)))


def test_what_is_no_archive() -> None:
    for data in (b"", b"<html>" * 300, b"\xff" * 511):
        with pytest.raises(StreamFailed):
            list(whole([data]))


def test_reading_one_notices_that_it_has_no_end() -> None:
    """tarfile takes an archive that ends between two entries for a whole one."""
    data = archived([("one", b"1", 0), ("two", b"2", 0)], tarfile.PAX_FORMAT)
    assert [info.name for info, _content in entries([data])] == ["one", "two"]
    for cut in (1024, 1100):
        with pytest.raises(ArchiveInvalid, match="cut off"):
            list(entries([data[:cut]]))
