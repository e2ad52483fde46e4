# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is remembered of a node holds for one play and one ssh connection."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.plugin_utils import ssh_memory
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_memory import Memory


@pytest.fixture
def control(tmp_path: Path) -> Path:
    path = tmp_path / "control"
    path.touch()
    return path


@pytest.fixture
def memory(tmp_path: Path, control: Path) -> Memory:
    made = Memory(str(tmp_path / "longshore" / "node.note"), "play", str(control))
    assert made.recall() == ""
    made.note("target a reason\nin two lines")
    return made


def test_it_holds_for_whoever_asks_in_the_same_play(memory: Memory, tmp_path: Path, control: Path) -> None:
    for one in (memory, Memory(str(tmp_path / "longshore" / "node.note"), "play", str(control))):
        assert one.recall() == "target a reason\nin two lines"


def test_nobody_else_can_look_into_its_folder(memory: Memory, tmp_path: Path) -> None:
    assert (tmp_path / "longshore").stat().st_mode & 0o777 == 0o700


def test_another_play_or_run_has_not_heard_of_it(
    memory: Memory, tmp_path: Path, control: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "longshore" / "node.note")
    assert Memory(path, "next", str(control)).recall() == ""
    monkeypatch.setattr(ssh_memory, "_RUN", "another")
    assert Memory(path, "play", str(control)).recall() == ""


def test_another_connection_is_tried_anew(memory: Memory, control: Path) -> None:
    control.rename(control.with_name("old"))
    assert memory.recall() == ""
    control.touch()
    assert memory.recall() == ""


def test_a_damaged_note_is_none(memory: Memory, tmp_path: Path) -> None:
    (tmp_path / "longshore" / "node.note").write_text("what")
    assert memory.recall() == ""


def test_nothing_is_written_where_others_could_put_links(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o777)
    Memory(str(folder / "node.note"), "play", "").note("anything")
    assert list(folder.iterdir()) == []


def test_what_cannot_be_written_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    memory = Memory(str(tmp_path / "file" / "node.note"), "play", "")
    memory.note("anything")
    assert memory.recall() == ""
