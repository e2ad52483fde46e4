# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The container of a name."""

from __future__ import annotations

from typing import Any, cast

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.named import look

ID = "d" * 64


class One:
    """An Engine with the container web, which answers to any beginning of its ID."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def inspect(self, call: Any) -> Any:
        self.paths.append(call.path)
        return {"Id": ID, "Name": "/web"}


@pytest.mark.parametrize(
    ("name", "asked", "found"),
    [
        ("web", "web", True),
        ("/web", "web", True),
        (ID[:12], ID[:12], True),
        ("dd", "dd", False),
    ],
)
def test_a_name_a_path_or_an_id(name: str, asked: str, found: bool) -> None:
    engine = One()
    assert bool(look(cast(Engine, engine), name)) is found
    assert engine.paths == ["/containers/%s/json" % asked]
