# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Dockerfiles say about their builders (dockerfiles.yml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.values.dockerfile import parse_dockerfile

CASES = yaml.safe_load(Path(__file__).with_name("dockerfiles.yml").read_text(encoding="utf-8"))
WORDS = ["FROM a", "RUN", "<<EOF", "EOF", "\\", "\n", " ", "--mount=", "type=ssh", "ARG A=", "$A", "${A:-", "}", "#"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_case(case: dict[str, Any]) -> None:
    found = parse_dockerfile(case["text"], case.get("args", {}))
    expected = [case.get(word, []) for word in ("needs", "sessions", "images")]
    assert [list(found.needs), list(found.sessions), list(found.images)] == expected


@pytest.mark.parametrize(("text", "stages"), [("", 0), ("FROM a", 1), ("from a\n# FROM b\nRUN FROM\nFROM a AS b", 2)])
def test_stages(text: str, stages: int) -> None:
    assert parse_dockerfile(text, {}).stages == stages


@given(st.lists(st.sampled_from(WORDS), max_size=30).map("".join) | st.text())
def test_any_text_is_read(text: str) -> None:
    parse_dockerfile(text, {})
