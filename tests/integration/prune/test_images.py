# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images: what check mode lists is what goes, names, layers and images that others are made from included."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.plugins.module_utils.task.result import run_task
from ansible_collections.longshore.docker.plugins.modules.prune import TASK
from ansible_collections.longshore.docker.tests.integration.examples.plain import ask

OWN = "LABEL own=ls-prune-test"
DANGLING = {"label": "own=ls-prune-test"}
ALL = {**DANGLING, "dangling": False}


def archive(text: bytes) -> bytes:
    """A file system of one file."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        entry = tarfile.TarInfo("file")
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
    return buffer.getvalue()


def image(socket: str, content: bytes, *names: str) -> None:
    """Import a file system under several names."""
    body, changes = archive(content), [OWN, 'CMD ["true"]']
    repository, _colon, tag = names[0].partition(":")
    ask(socket, "POST", "/images/create", body, fromSrc="-", repo=repository, tag=tag, changes=changes)
    for name in names[1:]:
        repository, _colon, tag = name.partition(":")
        ask(socket, "POST", "/images/%s/tag" % names[0], repo=repository, tag=tag)


@pytest.fixture
def container(engine_socket: str) -> Iterator[str]:
    """Of an image with three names that has been replaced twice under its first one, and that another is made from."""
    for content in (b"1", b"2"):
        image(engine_socket, content, "ls-prune-a:1")
    image(engine_socket, b"3", "ls-prune-a:1", "ls-prune-a:2", "ls-prune-b:1")
    image(engine_socket, b"1", "ls-prune-c:1", "ls-prune-c:2")
    made = json.loads(ask(engine_socket, "POST", "/containers/create", {"Image": "ls-prune-a:2"}))["Id"]
    ask(engine_socket, "POST", "/commit", {}, container=made, repo="ls-prune-d", tag="1")
    try:
        yield made
    finally:
        ask(engine_socket, "DELETE", "/containers/%s" % made, force=1)
        prune(engine_socket, ALL)


def prune(socket: str, filters: dict[str, Any], check: bool = False) -> dict[str, Any]:
    options = {name: spec.get("default") for name, spec in TASK.argument_spec.items()}
    options.update(images=True, images_filters=filters)
    with open_engine({"docker_host": "unix://" + socket}, {}, read_only=check) as engine:
        return run_task(TASK, options, lambda: engine, check, True)


@pytest.mark.parametrize("filters", [DANGLING, ALL], ids=["dangling", "all"])
def test_check_mode_lists_what_goes(engine_socket: str, container: str, filters: dict[str, Any]) -> None:
    foretold, done = (prune(engine_socket, filters, check) for check in (True, False))
    assert done["images"]
    assert foretold["images"] == done["images"]
    assert foretold["diff"] == done["diff"]
    again = prune(engine_socket, filters)
    assert (again["changed"], again["images"]) == (False, [])


def test_a_used_image_keeps_the_name_of_its_container(engine_socket: str, container: str) -> None:
    prune(engine_socket, ALL)
    left = [name for one in json.loads(ask(engine_socket, "GET", "/images/json")) for name in one["RepoTags"] or ()]
    assert [name for name in left if name.startswith("ls-prune-")] == ["ls-prune-a:2"]
