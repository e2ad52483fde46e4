# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is left of an image when a name is taken from it, as the Engine does it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import EngineError
from ansible_collections.longshore.docker.plugins.module_utils.resource.image.names import named
from ansible_collections.longshore.docker.plugins.module_utils.resource.image.remove import IMAGE_REMOVE, left
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_whole.resource import IMAGE
from ansible_collections.longshore.docker.tests.unit.resource.image.world import Engine, digest, document, run

A, B = digest("a"), digest("b")


@pytest.mark.parametrize(
    ("name", "tags", "digests", "untagged", "gone"),
    [
        ("app:1", ["app:1"], [], ["app:1"], True),
        ("app", ["app:latest"], [], ["app:latest"], True),
        ("docker.io/library/app:1", ["app:1"], ["app@" + A], ["app:1", "app@" + A], True),
        ("app:1", ["app:1", "app:2"], ["app@" + A], ["app:1"], False),
        ("app:1", ["app:1", "b/app:1"], ["app@" + A, "b/app@" + A], ["app:1", "app@" + A], False),
        ("app@" + A, ["app:1"], ["app@" + A, "app@" + B], ["app@" + A], False),
        ("app@" + A, [], ["app@" + A], ["app@" + A], True),
        ("app:7@" + A, [], ["app@" + A], ["app@" + A], True),
        (A, ["app:1", "b/app:1"], ["app@" + B], ["app:1", "b/app:1", "app@" + B], True),
    ],
)
def test_what_goes(name: str, tags: list[str], digests: list[str], untagged: list[str], gone: bool) -> None:
    found = left({"RepoTags": tags, "RepoDigests": digests}, named(name, "latest"))
    assert (list(found.untagged), found.gone) == (untagged, gone)


NAMES = st.sampled_from(["app", "b/app", "registry.test:5000/app"])
TAGS = st.lists(st.tuples(NAMES, st.sampled_from("123")).map(":".join), unique=True)
DIGESTS = st.lists(st.tuples(NAMES, st.sampled_from([A, B])).map("@".join), unique=True)


@given(TAGS, DIGESTS, st.data())
def test_nothing_is_lost_and_nothing_is_there_twice(tags: list[str], digests: list[str], data: st.DataObject) -> None:
    if not tags + digests:
        return
    name = data.draw(st.sampled_from(tags + digests))
    found = left({"RepoTags": tags, "RepoDigests": digests}, named(name))
    assert sorted([*found.untagged, *found.tags, *found.digests]) == sorted(tags + digests)
    assert name in found.untagged


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(
    ("tags", "digests", "names"),
    [
        (["app:1", "b/app:1"], [], "app:1, b/app:1"),
        (["app:2", "app:1"], ["app@" + A], "app:1, app:2"),
        (["app:1"], ["b/app@" + B], "app:1, b/app@" + B),
        ([], ["app@" + A, "b/app@" + A], "app@%s, b/app@%s" % (A, A)),
    ],
)
def test_by_its_id_an_image_of_several_names_needs_force(
    tags: list[str], digests: list[str], names: str, check_mode: bool
) -> None:
    engine = Engine()
    engine.images[A] = {**document("a"), "RepoTags": tags, "RepoDigests": digests}
    for module, force in ((IMAGE_REMOVE, "force"), (IMAGE, "force_absent")):
        with pytest.raises(EngineError, match=re.escape("several names (%s)" % names)):
            run(module, engine, check_mode, name=A, state="absent")
        assert engine.wrote() == []
        assert run(module, engine, True, name=A, state="absent", **{force: True}).changed


@pytest.mark.parametrize(("tags", "digests"), [(["app:1"], ["app@" + A, "app@" + B]), ([], ["app@" + A]), ([], [])])
def test_by_its_id_an_image_of_one_name_goes(tags: list[str], digests: list[str]) -> None:
    engine = Engine()
    engine.images[A] = {**document("a"), "RepoTags": tags, "RepoDigests": digests}
    assert run(IMAGE_REMOVE, engine, True, name=A).changed


def test_what_another_has_removed_meanwhile() -> None:
    engine = Engine()
    engine.images["app:1"] = {**document("a"), "RepoTags": ["app:1"]}
    engine.vanished = True
    result = run(IMAGE_REMOVE, engine, name="app:1")
    assert result.changed and result.values["untagged"] == result.values["deleted"] == []


@pytest.mark.parametrize("image", [{}, {"RepoTags": None, "RepoDigests": None}, {"RepoTags": ["<none>:<none>"]}])
def test_an_image_without_names(image: dict[str, Any]) -> None:
    assert left(image, named(A)).gone
