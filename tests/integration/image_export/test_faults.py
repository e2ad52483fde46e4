# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When an export fails, the old archive is as it was, and nothing else is there."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.plugins.module_utils.task.result import run_task
from ansible_collections.longshore.docker.plugins.modules.image_export import TASK
from ansible_collections.longshore.docker.tests.engines.packages import AS_ROOT
from ansible_collections.longshore.docker.tests.engines.proxy import (
    Fault,
    Proxy,
    ended_early,
    refused,
    truncated,
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for 1 MB, half of what the image takes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run([*AS_ROOT, "mount", "-t", "tmpfs", "-o", "size=1m,mode=1777", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run([*AS_ROOT, "umount", folder], check=True)


def export(socket: str, image: str, path: Path) -> dict[str, Any]:
    options = {"names": [image], "tag": "latest", "path": str(path), "force": False, "platform": None}
    with open_engine({"docker_host": "unix://" + socket}, {}) as engine:
        return run_task(TASK, options, lambda: engine, False, True)


def test_a_disk_without_room(engine_socket: str, busybox_image: str, small_disk: Path) -> None:
    (small_disk / "archive.tar").write_text("old")
    result = export(engine_socket, busybox_image, small_disk / "archive.tar")
    assert result["failed"]
    assert not result["changed"]
    assert result["msg"].startswith("Failed while exporting %s to %s/archive.tar: " % (busybox_image, small_disk))
    assert "No space left on device" in result["msg"]
    assert os.listdir(small_disk) == ["archive.tar"]
    assert (small_disk / "archive.tar").read_text() == "old"


def test_a_file_that_is_a_mount_point(engine_socket: str, busybox_image: str, tmp_path: Path) -> None:
    """As a container has it that was given one file: nothing else can take its name."""
    (tmp_path / "there").mkdir()
    path = tmp_path / "there" / "archive.tar"
    for one in (path, tmp_path / "outside"):
        one.write_text("old")
    subprocess.run([*AS_ROOT, "mount", "--bind", tmp_path / "outside", path], check=True)
    try:
        assert export(engine_socket, busybox_image, path)["changed"]
        assert not export(engine_socket, busybox_image, path)["changed"]
        assert os.listdir(path.parent) == ["archive.tar"]
    finally:
        subprocess.run([*AS_ROOT, "umount", path], check=True)
    assert path.read_text() == "old"
    assert (tmp_path / "outside").stat().st_size > 100000


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (truncated, "the answer was cut off"),
        (ended_early, "the archive is damaged or cut off"),
        (refused(500), "the proxy says no"),
    ],
    ids=["truncated", "ended early", "refused"],
)
def test_an_engine_that_breaks_off(
    engine_socket: str, busybox_image: str, tmp_path: Path, fault: Fault, words: str
) -> None:
    (tmp_path / "archive.tar").write_text("old")
    with Proxy(engine_socket) as proxy:
        proxy.strike("GET .*/get", fault)
        result = export(proxy.socket, busybox_image, tmp_path / "archive.tar")
    assert proxy.struck
    assert words in result["msg"]
    assert os.listdir(tmp_path) == ["archive.tar"]
    assert (tmp_path / "archive.tar").read_text() == "old"
