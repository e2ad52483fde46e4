# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are written all at once: what is there afterwards, and what after a failure."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.files import (
    CannotWrite,
    check_destination,
    replace_file,
)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_gets_what_the_umask_leaves(tmp_path: Path) -> None:
    path = tmp_path / "new"
    before = os.umask(0o027)
    try:
        replace_file(str(path), [b"one", b"", b"two"])
    finally:
        os.umask(before)
    assert path.read_bytes() == b"onetwo"
    assert mode_of(path) == 0o640
    assert os.listdir(tmp_path) == ["new"]


def test_what_is_there_keeps_its_mode_unless_another_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_text("old")
    path.chmod(0o604)
    replace_file(str(path), [b"new"])
    assert mode_of(path) == 0o604
    replace_file(str(path), [b"newer"], 0o600)
    assert mode_of(path) == 0o600
    assert path.read_bytes() == b"newer"


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_one(tmp_path: Path, there: bool) -> None:
    (tmp_path / "below").mkdir()
    real, link = tmp_path / "below" / "real", tmp_path / "link"
    link.symlink_to("below/real")
    if there:
        real.write_text("old")
    replace_file(str(link), [b"new"])
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_what_fails_while_reading_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_text("old")

    def parts() -> Iterator[bytes]:
        yield b"x" * 100000
        raise KeyError("the source")

    with pytest.raises(KeyError, match="the source"):
        replace_file(str(path), parts())
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["old"]


def test_a_disk_without_room_leaves_the_old_file(tmp_path: Path) -> None:
    """A process of its own, whose files may have 100 KB: the kernel refuses more, in the middle of a write."""
    (tmp_path / "old").write_text("old")
    script = "\n".join(
        [
            "import resource, sys",
            "resource.setrlimit(resource.RLIMIT_FSIZE, (100000, 100000))",
            "from %s import replace_file" % replace_file.__module__,
            "replace_file(sys.argv[1], (b'x' * 65536 for _turn in range(3)))",
        ]
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", script, tmp_path / "old"], capture_output=True, text=True, check=False
    )
    assert "CannotWrite: cannot write %s: File too large" % (tmp_path / "old") in done.stderr
    assert os.listdir(tmp_path) == ["old"]
    assert (tmp_path / "old").read_text() == "old"


def test_a_large_file_is_whole(tmp_path: Path) -> None:
    """The disk is told to begin with it several times meanwhile."""
    parts = [bytes([number]) * (1 << 20) for number in range(25)]
    replace_file(str(tmp_path / "new"), iter(parts))
    assert (tmp_path / "new").read_bytes() == b"".join(parts)


def test_where_the_system_cannot_be_advised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_use(*_arguments: int) -> None:
        raise OSError(errno.ESPIPE, "no use for it")

    for advise in (no_use, None):
        monkeypatch.setattr(os, "posix_fadvise", advise)
        replace_file(str(tmp_path / "new"), [bytes(9 << 20)])
        assert (tmp_path / "new").stat().st_size == 9 << 20
        (tmp_path / "new").unlink()


@pytest.fixture(params=["rename", "mkstemp"])
def bound(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file whose name cannot be given to another one: it is a mount point, or the directory is closed."""
    path = tmp_path / "bound"
    path.write_text("the old content, which is longer")
    path.chmod(0o640)
    real = tempfile.mkstemp

    def busy(_old: str, _new: str) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy")

    def closed(**options: Any) -> Any:
        if options.get("dir") == str(tmp_path):
            raise OSError(errno.EROFS, "Read-only file system")
        return real(**options)

    if request.param == "rename":
        monkeypatch.setattr(os, "rename", busy)
    else:
        monkeypatch.setattr(tempfile, "mkstemp", closed)
    return path


def test_the_content_is_replaced_where_the_name_cannot_be_given(bound: Path) -> None:
    before = bound.stat().st_ino
    replace_file(str(bound), [b"new", b"er"])
    assert bound.read_bytes() == b"newer"
    assert (bound.stat().st_ino, mode_of(bound)) == (before, 0o640)
    replace_file(str(bound), [b"newest"], 0o600)
    assert bound.read_bytes() == b"newest"
    assert mode_of(bound) == 0o600
    assert os.listdir(bound.parent) == ["bound"]


def test_what_breaks_off_costs_no_content_there_either(bound: Path) -> None:
    def parts() -> Iterator[bytes]:
        yield b"new"
        raise KeyError("the source")

    with pytest.raises(KeyError):
        replace_file(str(bound), parts())
    assert bound.read_text() == "the old content, which is longer"
    assert os.listdir(bound.parent) == ["bound"]


def test_a_new_name_in_a_closed_directory(bound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotWrite, match="cannot write .*: "):
        replace_file(str(bound.parent / "other"), [b"new"])
    monkeypatch.undo()
    assert os.listdir(bound.parent) == ["bound"]


def test_a_disk_that_fills_up_while_the_content_is_replaced(bound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(number: int, length: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "ftruncate", full)
    with pytest.raises(CannotWrite, match="No space left on device, and what is there now is not whole"):
        replace_file(str(bound), [b"new"])
    assert os.listdir(bound.parent) == ["bound"]


def test_a_file_in_a_closed_directory_is_a_destination(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "there").write_text("")
    monkeypatch.setattr(os, "access", lambda path, _mode: os.path.basename(path) == "there")
    check_destination(str(tmp_path / "there"))
    with pytest.raises(CannotWrite, match="may not create files"):
        check_destination(str(tmp_path / "new"))


def test_what_cannot_become_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    check_destination(str(tmp_path / "new"))
    for path, words in (
        (tmp_path, "no regular file"),
        (tmp_path / "pipe", "no regular file"),
        (tmp_path / "nowhere" / "new", "there is no directory"),
    ):
        with pytest.raises(CannotWrite, match=words):
            check_destination(str(path))
    with pytest.raises(CannotWrite, match="No such file or directory"):
        replace_file(str(tmp_path / "nowhere" / "new"), [b"x"])
    with pytest.raises(CannotWrite, match="Is a directory"):
        replace_file(str(tmp_path), [b"x"])
    assert os.listdir(tmp_path) == ["pipe"]
