# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What volumes hold, against archives and folders: what is the same, and what would be lost."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource import whole
from ansible_collections.longshore.docker.plugins.module_utils.resource.volume.contents import of_archive, of_disk
from ansible_collections.longshore.docker.plugins.module_utils.resource.volume.data import Way
from ansible_collections.longshore.docker.plugins.module_utils.resource.volume.table import FIELDS
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption
from ansible_collections.longshore.docker.tests.unit.resource.whole.tasks import made_volume, planned, volume_task

FILE, FOLDER = b"1", None


def archive(path: Path, **members: Any) -> str:
    """A tar archive of these, by name: content, None for a directory, a text for a hard link to that."""
    with tarfile.open(path, "w") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            if content is None:
                info.type, info.mode = tarfile.DIRTYPE, 0o755
            elif isinstance(content, str):
                info.type, info.linkname = tarfile.LNKTYPE, content
            else:
                info.size = len(content)
            tar.addfile(info, io.BytesIO(content) if isinstance(content, bytes) else None)
    return str(path)


def task(held: dict[str, str], **options: Any) -> Any:
    context = volume_task(options, made_volume({"Name": "data"}))
    context.held, context.way = held, Way("c1", "/data")
    context.want = whole.wanted(FIELDS, context)
    return context


def test_directories_that_an_archive_does_not_name(tmp_path: Path) -> None:
    given = archive(tmp_path / "given.tar", **{"a/b/c": FILE})
    there = archive(tmp_path / "there.tar", **{"a": FOLDER, "a/b": FOLDER, "a/b/c": FILE})
    assert not planned(task(of_archive(there), restore=given)).changed
    more = archive(tmp_path / "more.tar", **{"a": FOLDER, "a/b": FOLDER, "a/b/c": FILE, "a/x": FOLDER})
    assert planned(task(of_archive(more), restore=given)).changed


def test_the_names_of_one_file_are_told_from_each_other_in_one_way(tmp_path: Path) -> None:
    one = of_archive(archive(tmp_path / "one.tar", **{"b": FILE, "a": "b", "c/a": "a"}))
    other = of_archive(archive(tmp_path / "other.tar", **{"a": FILE, "b": "./a", "c/a": "a"}))
    assert one == other
    assert one["b"] == "the same as a" and one["a"].startswith("file")
    again = of_archive(archive(tmp_path / "again.tar", a=FILE, b=FILE))
    assert one != again and again["b"].startswith("file")


def test_a_directory_with_something_in_it_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "site").write_text("1")
    path = str(tmp_path / "from")
    words = "directory, mode 0755, owner 0:0"
    with pytest.raises(InvalidOption, match="site is a directory in volume data with something in it"):
        planned(task({"site": words, "site/db": "file"}, populate=path))
    assert planned(task({"site": words}, populate=path)).changed
    assert planned(task({"site": words, "site.d/x": "file"}, populate=path)).changed
    assert not planned(task({**of_disk(path), "more": "file"}, populate=path)).changed


def test_a_backup_of_nothing_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "backup.tar"
    assert planned(task({}, backup=str(path))).changed
    archive(path)
    assert not planned(task({}, backup=str(path))).changed


def test_a_driver_s_volume_of_any_name_is_removed() -> None:
    context = volume_task({"volume_name": "MyVolume@store", "state": "absent"}, made_volume({"Name": "MyVolume@store"}))
    assert planned(context).changed
    with pytest.raises(InvalidOption, match="is no name of a volume"):
        volume_task({"volume_name": "MyVolume@store"})
