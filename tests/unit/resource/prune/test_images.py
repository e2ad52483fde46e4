# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes of images, where no Engine at hand can show it: containerd's store, digests, images between others."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.prune.images import foretell

D1, D2 = ("sha256:" + digit * 64 for digit in "12")


def image(identity: str, *tags: str, digests: tuple[str, ...] = (), parent: str = "") -> dict[str, Any]:
    return {"Id": identity, "RepoTags": list(tags), "RepoDigests": list(digests), "ParentId": parent}


def told(
    listed: list[dict[str, Any]], *users: tuple[str, str], dangling: bool = False, containerd: bool = False
) -> tuple[list[tuple[str, str]], list[str]]:
    """The records, as pairs, and the names that are to be taken before."""
    containers = [{"ImageID": identity, "Image": name} for identity, name in users]
    meant = {one["Id"] for one in listed}
    found = foretell(
        listed, meant, dangling, containers, None if containerd else lambda identity: ["layer-" + identity]
    )
    return sorted(pair for one in found.records for pair in one.items()), found.first


def test_an_unused_image_goes_with_all_names_and_layers() -> None:
    listed = [image("a", "x:1", "y:1", digests=("x@" + D1,))]
    names = [("Untagged", one) for one in ("x:1", "x@" + D1, "y:1")]
    assert told(listed) == ([("Deleted", "a"), ("Deleted", "layer-a"), *names], [])


def test_a_used_image_keeps_the_name_and_the_digest_that_its_container_was_made_by() -> None:
    listed = [image("a", "x:1", "x:2", "y:1", digests=("x@" + D1, "y@" + D1, "z@" + D1))]
    records, first = told(listed, ("a", "x:2"))
    assert first == ["x:1", "y:1", "z@" + D1]
    assert records == [("Untagged", one) for one in ("x:1", "y:1", "y@" + D1, "z@" + D1)]


@pytest.mark.parametrize("name", ["x", "x:latest", "docker.io/library/x"])
def test_the_container_s_name_may_be_written_in_other_ways(name: str) -> None:
    assert told([image("a", "a:1", "x:latest")], ("a", name))[1] == ["a:1"]


def test_images_between_go_with_the_last_that_was_made_from_them() -> None:
    listed = [image("base"), image("mid", parent="base"), image("top", "x:1", parent="mid")]
    gone = [("Deleted", one) for one in ("base", "layer-base", "layer-mid", "layer-top", "mid", "top")]
    assert told(listed) == ([*gone, ("Untagged", "x:1")], [])
    assert told([*listed, image("side", "y:1", parent="mid")], ("side", "y:1"))[0] == [
        ("Deleted", "layer-top"),
        ("Deleted", "top"),
        ("Untagged", "x:1"),
    ]


def test_images_with_a_tag_are_not_dangling() -> None:
    listed = [image("a", "x:1"), image("b"), image("c", digests=("x@" + D2,))]
    assert told(listed, ("b", D1), dangling=True) == (
        [("Deleted", "c"), ("Deleted", "layer-c"), ("Untagged", "x@" + D2)],
        [],
    )


def test_the_store_of_containerd_keeps_the_names_of_containers_and_what_they_use() -> None:
    listed = [image("a", "x:1", "x:2"), image("b", "y:1"), image("c"), image("d", "z:1")]
    records, first = told(listed, ("a", "x:2"), ("d", "d"), containerd=True)
    assert first == []
    assert records == sorted(
        [("Untagged", "x:1"), ("Untagged", "y:1"), ("Deleted", "b"), ("Untagged", "c"), ("Deleted", "c")]
        + [("Untagged", "z:1")]
    )
