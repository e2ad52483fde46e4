# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of connections that have ended go after a day, and nothing else does."""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_sweep import OLD, sweep

NAME = "0123456789abcdef"


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir="/tmp") as made:  # a short path
        yield Path(made)


def socket_at(path: Path, listens: bool = False) -> socket.socket:
    made = socket.socket(socket.AF_UNIX)
    made.bind(str(path))
    if listens:
        made.listen(5)
    else:
        made.close()
    return made


def age(folder: Path) -> None:
    for one in folder.iterdir():
        os.utime(one, (time.time() - OLD - 10,) * 2, follow_symlinks=False)


def left(folder: Path) -> list[str]:
    sweep(str(folder))
    return sorted(one.name for one in folder.iterdir())


def test_what_is_old_and_does_not_answer_goes(folder: Path) -> None:
    socket_at(folder / NAME)
    for end in (".lock", ".note", ".note.4711"):
        (folder / (NAME + end)).touch()
    (folder / ("f" * 16 + ".lock")).touch()
    age(folder)
    assert left(folder) == []


def test_what_is_new_stays(folder: Path) -> None:
    socket_at(folder / NAME)
    (folder / (NAME + ".lock")).touch()
    (folder / (NAME + ".note")).touch()
    assert len(left(folder)) == 3


def test_what_answers_stays_with_its_lock(folder: Path) -> None:
    with socket_at(folder / NAME, listens=True):
        (folder / (NAME + ".lock")).touch()
        age(folder)
        assert left(folder) == [NAME, NAME + ".lock"]


def test_what_is_being_made_anew_stays(folder: Path) -> None:
    socket_at(folder / NAME)
    with open(folder / (NAME + ".lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        age(folder)
        assert left(folder) == [NAME, NAME + ".lock"]


def test_strangers_stay(folder: Path) -> None:
    for name in ("other", NAME, NAME + ".text"):
        (folder / name).touch()
    age(folder)
    assert left(folder) == sorted(["other", NAME, NAME + ".text"])


def test_a_folder_that_is_not_there_is_no_trouble(folder: Path) -> None:
    sweep(str(folder / "nowhere"))
