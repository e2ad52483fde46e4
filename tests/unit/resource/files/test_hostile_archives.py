# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an Engine's archive may hold, nothing is written outside of the destination, and mostly nothing at all."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.archive import Member, from_bytes, pack
from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.task.result import run_task
from ansible_collections.longshore.docker.plugins.modules.container_fetch import TASK


def entry(name: str, kind: bytes = tarfile.REGTYPE, target: str = "", data: bytes = b"evil") -> Member:
    made = from_bytes(name, data if kind == tarfile.REGTYPE else b"", mode=0o4755)
    made.info.type, made.info.linkname = kind, target
    return made


TOP = entry("tree", tarfile.DIRTYPE)
HOSTILE = {
    "above": [TOP, entry("tree/../../evil")],
    "beside": [TOP, entry("evil")],
    "absolute": [TOP, entry("/tmp/longshore-evil")],
    "a link out": [TOP, entry("tree/link", tarfile.SYMTYPE, "../outside")],
    "an absolute link": [TOP, entry("tree/link", tarfile.SYMTYPE, "/etc")],
    "through a link": [TOP, entry("tree/in", tarfile.SYMTYPE, "."), entry("tree/in/evil")],
    "a hard link out": [TOP, entry("tree/hard", tarfile.LNKTYPE, "../outside/victim")],
    "a device": [TOP, entry("tree/device", tarfile.CHRTYPE)],
    "a pipe": [TOP, entry("tree/pipe", tarfile.FIFOTYPE)],
    "a top that is a link": [entry("tree", tarfile.SYMTYPE, "outside")],
    "no archive": [],
}


class Parts(list[bytes]):
    """The body of an answer."""

    def __enter__(self) -> Parts:
        return self

    def __exit__(self, *_exc_info: object) -> None:
        pass


class Archives:
    """An Engine whose container gives out these archives, one a request, the last one again and again."""

    api_version = (1, 41)

    def __init__(self, archives: Sequence[Sequence[Member]], cut: int = 0) -> None:
        self.archives, self.cut = list(archives), cut
        self.notices: list[str] = []

    def inspect(self, _call: Call) -> dict[str, Any]:
        return {"Id": "c" * 64, "Name": "/web"}

    def chunks(self, _call: Call) -> Parts:
        last = len(self.archives) == 1
        chosen = self.archives[0] if last else self.archives.pop(0)
        data = b"".join(pack(chosen)) if chosen else b"no archive" * 100
        return Parts([data[: -self.cut] if last and self.cut else data])

    def report(self, *_arguments: object) -> None:
        pass


def fetch(folder: Path, archives: Sequence[Sequence[Member]], cut: int = 0, **options: Any) -> dict[str, Any]:
    defaults = {name: row.get("default") for name, row in TASK.argument_spec.items()}
    given = {"container": "web", "container_path": "/tree", "dest": str(folder / "dest"), **options}
    engine: Any = Archives(archives, cut)
    return run_task(TASK, {**defaults, **given}, lambda: engine, False, True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "victim").write_text("good")
    return tmp_path


def untouched(folder: Path) -> bool:
    outside = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if "dest" not in path.parts)
    return outside == ["outside", "outside/victim"] and (folder / "outside" / "victim").read_text() == "good"


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_before_anything_is_written(folder: Path, name: str) -> None:
    result = fetch(folder, [HOSTILE[name]])
    assert result["failed"], result
    assert not os.path.lexists(folder / "dest")
    assert untouched(folder)
    assert not os.path.lexists("/tmp/longshore-evil")


@pytest.mark.parametrize("name", HOSTILE)
def test_an_archive_that_changes_between_two_looks_writes_below_the_destination_only(folder: Path, name: str) -> None:
    good = [TOP, entry("tree/in", tarfile.DIRTYPE), entry("tree/in/evil"), entry("tree/link"), entry("tree/hard")]
    assert fetch(folder, [good, HOSTILE[name]])["failed"]
    assert untouched(folder)


def test_links_that_may_be_kept_are_not_followed(folder: Path) -> None:
    link = [TOP, entry("tree/link", tarfile.SYMTYPE, "../outside")]
    assert fetch(folder, [link], links_out=True)["changed"]
    assert os.readlink(folder / "dest" / "link") == "../outside"
    through = [TOP, entry("tree/link", tarfile.DIRTYPE), entry("tree/link/victim")]
    assert fetch(folder, [through], links_out=True)["changed"]
    assert (folder / "dest" / "link" / "victim").read_text() == "evil"
    assert untouched(folder)


def test_nobody_gets_another_ones_rights(folder: Path) -> None:
    assert fetch(folder, [[entry("tree")]])["changed"]
    assert (folder / "dest").stat().st_mode & 0o7777 == 0o755


def test_an_archive_that_is_cut_off_leaves_the_old_file(folder: Path) -> None:
    (folder / "dest").write_text("old")
    new = [entry("tree", data=b"x" * 100_000)]
    result = fetch(folder, [new, new], cut=50_000)
    assert "the archive is damaged or cut off" in result["msg"]
    assert (folder / "dest").read_text() == "old"
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_what_was_written_before_a_failure_is_said(folder: Path) -> None:
    new = [TOP, entry("tree/one"), entry("tree/two", data=b"x" * 100_000)]
    result = fetch(folder, [new, new], cut=50_000)
    assert result["changed"]
    assert result["msg"].endswith("2 of 3 were written")
