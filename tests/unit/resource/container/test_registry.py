# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether to pull: what the registry says of a tag, and what is made of an answer that says nothing."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.container import registry
from ansible_collections.longshore.docker.plugins.module_utils.resource.container.context import (
    NO,
    UNSURE,
    YES,
    Context,
)

HERE, ELSEWHERE = "sha256:" + "1" * 64, "sha256:" + "2" * 64


class Asked:
    """An Engine that answers GET /distribution/{name}/json."""

    read_only = False

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def send(self, _call: Any) -> Any:
        return self.answer


@pytest.mark.parametrize(
    ("answer", "pull"),
    [
        ({"Descriptor": {"digest": HERE}}, NO),
        ({"Descriptor": {"digest": ELSEWHERE}}, YES),
        ({"Descriptor": None}, UNSURE),
        ({"Descriptor": []}, UNSURE),
        ([], UNSURE),
        (None, UNSURE),
    ],
)
def test_what_the_registry_says(answer: Any, pull: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    context = Context({"name": "web", "pull": "always"}, (1, 41))
    context.image = {"Id": "sha256:0", "RepoDigests": ["registry.example/app@" + HERE]}
    engine: Any = Asked(answer)
    registry.ask(engine, context, "registry.example/app:1")
    assert context.pull == pull
