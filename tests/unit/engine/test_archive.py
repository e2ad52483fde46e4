# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""tar streams in both directions."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.engine.archive import (
    ArchiveInvalid,
    Member,
    from_bytes,
    from_path,
    from_tree,
    pack,
    unpack,
)


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> Member:
    made = from_bytes(name, b"")
    made.info.type, made.info.linkname = kind, target
    return made


def read(parts: list[bytes]) -> dict[str, bytes | None]:
    return {info.name: reader.read() if reader else None for info, reader in unpack(parts)}


@given(st.dictionaries(st.text("abcdé", min_size=1), st.binary(max_size=2000), max_size=5), st.integers(1, 3000))
def test_round_trip_in_parts_of_any_size(files: dict[str, bytes], size: int) -> None:
    data = b"".join(pack(from_bytes(name, content) for name, content in files.items()))
    assert read([data[at : at + size] for at in range(0, len(data), size)]) == files


def test_tarfile_reads_what_is_packed(tmp_path: Path) -> None:
    (tmp_path / "tree" / "sub").mkdir(parents=True)
    (tmp_path / "tree" / "sub" / "file").write_bytes(b"x" * 200_000)
    (tmp_path / "tree" / "sub" / "file").chmod(0o640)
    (tmp_path / "tree" / "link").symlink_to("sub/file")
    (tmp_path / "tree" / ("long" * 40)).write_text("long")
    os.mkfifo(tmp_path / "tree" / "pipe")
    parts = list(pack(from_tree(str(tmp_path / "tree"), "in/")))
    assert max(len(part) for part in parts) < 2 * (1 << 18) + 4096
    with tarfile.open(fileobj=io.BytesIO(b"".join(parts))) as archive:
        assert archive.getnames() == ["in/link", "in/" + "long" * 40, "in/sub", "in/sub/file"]
        file, link = archive.getmember("in/sub/file"), archive.getmember("in/link")
        assert (file.mode, file.uid, file.size) == (0o640, os.getuid(), 200_000)
        assert (link.issym(), link.linkname) == (True, "sub/file")
        content = archive.extractfile(file)
        assert content and content.read() == b"x" * 200_000


def test_tree_leaves_out_what_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / "yes").write_text("")
    kept = from_tree(str(tmp_path), keep=lambda path, is_directory: not is_directory)
    assert [info.name for info, _content in kept] == ["no/yes"]


def test_follow(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to("file")
    assert from_path(str(tmp_path / "link"), "a").info.issym()
    assert from_path(str(tmp_path / "link"), "a", follow=True).info.isreg()


def test_files_that_change_while_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("12345")
    found = from_path(str(path), "file")
    path.write_text("1234567")
    assert read(list(pack([found]))) == {"file": b"12345"}
    path.write_text("123")
    with pytest.raises(ArchiveInvalid, match="became shorter"):
        list(pack([found]))
    path.unlink()
    with pytest.raises(ArchiveInvalid, match="cannot read .*/file: No such file"):
        list(pack([found]))
    with pytest.raises(ArchiveInvalid, match="cannot read .*/none"):
        list(from_tree(str(tmp_path / "none")))


@pytest.mark.parametrize(
    "members, words",
    [
        ([member("/etc/passwd")], "outside of its root: '/etc/passwd'"),
        ([member("a/../../b")], "outside of its root"),
        ([member("..")], "outside of its root"),
        ([member("a", tarfile.SYMTYPE, "/etc")], "link to the outside: 'a' to '/etc'"),
        ([member("a", tarfile.SYMTYPE, "../b")], "link to the outside"),
        ([member("a/b", tarfile.SYMTYPE, "../../c")], "link to the outside"),
        ([member("a", tarfile.LNKTYPE, "../b")], "link to the outside"),
        ([member("a", tarfile.LNKTYPE, "/b")], "link to the outside"),
        ([member("a", tarfile.SYMTYPE, "b"), member("./a/c")], "leads through a link: './a/c'"),
        ([member("a", tarfile.SYMTYPE, "b"), member("c", tarfile.LNKTYPE, "a/d")], "hard link that leads through"),
        ([member("a", tarfile.CHRTYPE)], "device or pipe: 'a'"),
        ([member("a", tarfile.FIFOTYPE)], "device or pipe"),
    ],
)
def test_archives_that_would_escape(members: list[Member], words: str) -> None:
    with pytest.raises(ArchiveInvalid, match=words):
        read(list(pack(members)))


def test_links_that_stay_inside() -> None:
    inside = [member("a/b", tarfile.SYMTYPE, "../c"), member("d", tarfile.LNKTYPE, "c")]
    assert list(read(list(pack(inside)))) == ["a/b", "d"]
    outside = list(pack([member("a", tarfile.SYMTYPE, "/bin/busybox")]))
    assert [info.linkname for info, _reader in unpack(outside, links_out=True)] == ["/bin/busybox"]


@pytest.mark.parametrize("keep", [100, 700, 5000])
def test_archives_that_are_cut_off(keep: int) -> None:
    data = b"".join(pack([from_bytes("a", b"x" * 10_000)]))
    with pytest.raises(ArchiveInvalid, match="damaged or cut off"):
        read([data[:keep]])


def test_what_is_no_archive() -> None:
    with pytest.raises(ArchiveInvalid, match="damaged or cut off"):
        read([b"x" * 2000])
