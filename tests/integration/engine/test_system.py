# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Engine says of itself."""

from __future__ import annotations

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import system
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ApiTooOld
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine


def test_ping(engine: Engine) -> None:
    headers = engine.head(system.ping())
    assert headers is not None
    assert headers["Api-Version"] == "%d.%d" % engine.api_version


def test_version_and_info(engine: Engine) -> None:
    version = engine.get(system.version())
    assert version["ApiVersion"] == "%d.%d" % engine.api_version
    assert engine.get(system.info())["ServerVersion"] == version["Version"]


def test_df(engine: Engine, image: str) -> None:
    assert image in [tag for one in engine.get(system.df())["Images"] for tag in one["RepoTags"] or ()]


def test_df_of_types_is_not_asked_of_an_engine_that_would_count_everything(engine_socket: str) -> None:
    with open_engine({"docker_host": "unix://" + engine_socket, "api_version": "1.41"}, {}) as opened:
        with pytest.raises(ApiTooOld, match=r"GET /system/df needs API version 1\.42"):
            opened.get(system.df(["volume"]))


def test_events_without_any(engine: Engine) -> None:
    assert list(engine.stream(system.events(since=1, until=2))) == []
