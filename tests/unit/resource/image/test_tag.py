# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that an image is given: what the diff says of each, and what is asked of the Engine."""

from __future__ import annotations

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.image.tag import IMAGE_TAG
from ansible_collections.longshore.docker.tests.unit.resource.image.world import Engine, digest, document, run

NEW, TAKEN = "app-new:latest", "registry.test:5000/app:taken"


def engine() -> Engine:
    made = Engine()
    made.images = {"app:1": document("a"), "app:same": document("a"), TAKEN: document("b")}
    return made


def entry(name: str, tag: str, mark: str = "") -> dict[str, object]:
    """A name in a diff: of the image with this digit, or of none."""
    return {"name": name, "tag": tag, "exists": bool(mark), **({"id": digest(mark)} if mark else {})}


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(("policy", "mark"), [("overwrite", "a"), ("keep", "b")])
def test_the_diff_says_whose_each_name_is(policy: str, mark: str, check_mode: bool) -> None:
    world = engine()
    repository = ["app-new", TAKEN, "app:same"]
    result = run(IMAGE_TAG, world, check_mode, name="app:1", repository=repository, existing_images=policy)
    taken, same = ("registry.test:5000/app", "taken"), entry("app", "same", "a")
    assert result.changed
    assert result.before == {"images": [entry("app-new", "latest"), entry(*taken, "b"), same]}
    assert result.after == {"images": [entry("app-new", "latest", "a"), entry(*taken, mark), same]}
    given = [NEW] if policy == "keep" else [NEW, TAKEN]
    assert result.values["tagged_images"] == given
    if not check_mode:
        queries = [call.query for call in world.sent if call.method == "POST"]
        assert ["%s:%s" % (query["repo"], query["tag"]) for query in queries] == given


def test_names_that_it_has_are_no_change() -> None:
    result = run(IMAGE_TAG, engine(), name="app:1", repository=["app:same"])
    assert (result.changed, result.values["tagged_images"]) == (False, [])


def test_blanks_around_a_name_are_no_part_of_its_tag() -> None:
    assert not run(IMAGE_TAG, engine(), name=" app:1\n", repository=["app:same"]).changed
