# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a copy plans and shows, of long archives, and of files with nothing in them."""

from __future__ import annotations

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.files import copy_into
from ansible_collections.longshore.docker.plugins.module_utils.resource.files.entries import Entry
from ansible_collections.longshore.docker.plugins.module_utils.resource.files.source import Item
from ansible_collections.longshore.docker.plugins.module_utils.resource.files.stats import DIRECTORY
from ansible_collections.longshore.docker.plugins.module_utils.resource.files.survey import survey
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption
from ansible_collections.longshore.docker.tests.unit.resource.files.test_survey import Files, file

OPTIONS = {"force": None, "directory_mode": None, "content": None, "path": "/x", "mode_parse": "modern", "mode": None}
TREE = {"": Item(Entry(DIRECTORY, 0o755, 0, 0)), "zz": file(b"1")}


@pytest.mark.parametrize("size", [10, 17 << 20])
def test_a_directory_in_the_way_within_a_tree_is_refused_however_much_is_read(size: int) -> None:
    engine = Files({"/t": None, "/t/big": b"x" * size, "/t/zz": None})
    seen = survey(engine, "web", "/t", TREE, 0)  # type: ignore[arg-type]
    with pytest.raises(InvalidOption, match="/t/zz is a directory in container web"):
        copy_into._plan(copy_into.Context(OPTIONS, "web", "/t", TREE, seen))


def test_a_new_file_with_nothing_in_it_is_shown_in_words() -> None:
    plan = copy_into._plan(copy_into.Context(OPTIONS, "web", "/t", {"": file(b"")}, {}, b""))
    assert plan.before == {"/t": None}
    assert plan.after["/t"].startswith("file, mode ")
    assert plan.titles == {}
