# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that are hidden among the arguments, and nowhere else."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from ansible_collections.longshore.docker.plugins.module_utils.task.veiled import uncover

OPTIONS: dict[str, Any] = {
    "name": "app:1",
    "password": "s3cret",
    "args": {"VERSION": "1", "TOKEN": "t0ken", "COUNT": 3},
    "build": {"args": {"TOKEN": "t0ken"}, "path": "/srv"},
    "word": None,
}
SECRETS = {"s3cret", "1", "t0ken", "3"}


def test_names_are_shown_and_values_are_not() -> None:
    before = deepcopy(OPTIONS)
    left, shown = uncover(["args", "build.args", "word", "missing"], OPTIONS, SECRETS)
    assert left == {"s3cret"}
    assert list(shown["args"]) == ["VERSION", "TOKEN", "COUNT"]
    assert shown["build"]["path"] == "/srv"
    assert "t0ken" not in str(shown)
    assert shown["word"] is None
    assert before == OPTIONS


def test_nothing_is_hidden_where_nothing_is_to_be() -> None:
    assert uncover([], OPTIONS, SECRETS) == (SECRETS, OPTIONS)
