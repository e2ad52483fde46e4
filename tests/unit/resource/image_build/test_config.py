# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a build takes from the docker CLI's config.json, and what becomes of it where that cannot be read."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.image_build.recipe import recipe_of
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_build.steps import build_steps
from ansible_collections.longshore.docker.tests.unit.resource.image.world import Engine

AUTH = base64.b64encode(b"me:secret").decode()


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    (tmp_path / "context").mkdir()
    (tmp_path / "context" / "Dockerfile").write_text("FROM registry.test/one\nCOPY --from=registry.test/two / /\n")
    return tmp_path / "config.json"


def planned(config: Path) -> tuple[Any, list[str]]:
    """The work of the step that builds, and what was noticed."""
    engine: Any = Engine()
    steps = build_steps(engine, recipe_of({"path": str(config.parent / "context")}, ("app:1",)))
    return steps[-1].data, engine.notices


def test_credentials_and_proxies(config: Path) -> None:
    config.write_text(
        json.dumps({"auths": {"registry.test": {"auth": AUTH}}, "proxies": {"default": {"httpProxy": "http://p:1"}}})
    )
    work, notices = planned(config)
    assert work.registry_config and work.query["buildargs"]["HTTP_PROXY"] == "http://p:1"
    assert notices == []


@pytest.mark.parametrize("text", ["{SECRET", "[]"])
def test_a_config_that_cannot_be_read_costs_no_build(config: Path, text: str) -> None:
    config.write_text(text)
    work, notices = planned(config)
    assert work.registry_config is None and "buildargs" not in work.query
    assert len(set(notices)) == 2 and "SECRET" not in "".join(notices)


def test_an_empty_config(config: Path) -> None:
    config.write_text("\n")
    assert planned(config)[1] == []
