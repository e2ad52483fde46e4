# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is imported: archives of nothing, and comments that nobody makes."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.image_import.resource import (
    Context,
    _differences,
)
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_import.sources import _check_file

OPTIONS = {"force": False, "url": None, "changes": None, "platform": None, "path": "x"}


@pytest.mark.parametrize(
    ("comment", "differs"), [(None, []), ("", []), ("mine", [("comment", "Imported from -", "mine")])]
)
def test_an_empty_comment_is_none(comment: str | None, differs: list[Any]) -> None:
    image = {"RootFS": {"Layers": ["l"]}, "Comment": "Imported from -"}
    assert _differences(Context({**OPTIONS, "comment": comment}, "a:latest", image, "l")) == differs


def test_an_archive_of_nothing_is_one(tmp_path: Path) -> None:
    tarfile.open(tmp_path / "empty.tar", "w").close()
    _check_file(str(tmp_path / "empty.tar"))
