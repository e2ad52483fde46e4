# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether an Engine has what an archive holds, in both image stores, and what an archive has too much or too little."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.image_archive.exporting import (
    Wanted,
    difference,
    variant,
)
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_archive.identity import (
    ArchivedImage,
    is_there,
)
from ansible_collections.longshore.docker.tests.unit.resource.image_archive.archives import config, digest, manifest

# What real Engines answer about one image: 1.41 has the classic image store, the newer ones have containerd's.
RECORDED = json.loads((Path(__file__).parent / "recorded.json").read_text())
CONTAINERD = ["1.44", "1.52"]
ONE, TWO = config("one"), config("two")


def of(document: dict[str, Any]) -> dict[str, Any]:
    """The configuration from which an Engine shows this document."""
    return {
        "architecture": document["Architecture"],
        "os": document["Os"],
        "created": document["Created"],
        "config": {name: value for name, value in document["Config"].items() if value},
        "rootfs": {"type": "layers", "diff_ids": document["RootFS"]["Layers"]},
    }


@pytest.mark.parametrize("version", RECORDED)
def test_an_image_is_known_by_its_digest(version: str) -> None:
    document = RECORDED[version]
    by_config = ArchivedImage(("bench:1",), document["Id"])
    by_manifest = ArchivedImage(("bench:1",), digest(b"the configuration"), document["Id"])
    other = ArchivedImage(("bench:1",), digest(b"the configuration"), digest(b"another manifest"), of(document))
    assert is_there(by_config, document)
    assert is_there(by_manifest, document)
    assert not is_there(other, document)
    assert not is_there(by_config, None)


def test_the_classic_store_goes_by_the_digest_of_the_configuration_alone() -> None:
    document = RECORDED["1.41"]
    assert not is_there(ArchivedImage((), digest(b"another"), "", of(document)), document)


@pytest.mark.parametrize("version", CONTAINERD)
def test_an_archive_without_manifests_is_known_by_what_it_holds_in_the_containerd_store(version: str) -> None:
    document = RECORDED[version]
    archived = ArchivedImage((), digest(b"the configuration"), "", of(document))
    assert is_there(archived, document)
    assert not is_there(archived._replace(config={}), document)
    changes: list[dict[str, Any]] = [
        {"created": "2020-01-01T00:00:00Z"},
        {"architecture": "s390x"},
        {"os": "windows"},
        {"config": {"Cmd": ["other"]}},
        {"config": {**of(document)["config"], "Env": ["A=1"]}},
        {"rootfs": {"diff_ids": [digest(b"another layer")]}},
        {"rootfs": {}},
    ]
    for change in changes:
        assert not is_there(archived._replace(config={**archived.config, **change}), document)


def wanted(name: str, content: bytes, by_id: bool = False) -> Wanted:
    return Wanted(digest(content) if by_id else name, "" if by_id else name, {"Id": digest(content)})


A, B = wanted("a:1", ONE), wanted("b:1", TWO)
A_BY_ID = wanted("a:1", ONE, by_id=True)
HAS_A, HAS_B = ArchivedImage(("a:1",), digest(ONE)), ArchivedImage(("b:1",), digest(TWO))
HAS_AA, UNNAMED = ArchivedImage(("a:1", "a:2"), digest(ONE)), ArchivedImage((), digest(ONE))


@pytest.mark.parametrize(
    ("archived", "images", "words"),
    [
        ([HAS_A], [A], ""),
        ([HAS_A, HAS_B], [B, A], ""),
        ([HAS_AA], [A, wanted("a:2", ONE)], ""),
        ([UNNAMED], [A_BY_ID], ""),
        ([HAS_A], [A, A_BY_ID], ""),
        ([], [A], "the archive does not hold a:1"),
        ([HAS_A], [A, B], "the archive does not hold b:1"),
        ([HAS_A, HAS_B], [A], "the archive also holds b:1"),
        ([HAS_AA], [A], "the archive also holds a:2"),
        ([HAS_A], [A_BY_ID], "the archive also holds a:1"),
        ([UNNAMED], [A], "the archive also holds the image %s" % digest(ONE)),
        ([HAS_A], [A, wanted("", TWO, by_id=True)], "the archive does not hold %s" % digest(TWO)),
        ([HAS_A._replace(config_id=digest(TWO))], [A], "the archive holds another image as a:1"),
    ],
)
def test_what_an_archive_has_too_much_or_too_little(
    archived: list[ArchivedImage], images: list[Wanted], words: str
) -> None:
    assert difference(archived, images) == words


def test_the_variant_for_a_platform_has_a_digest_of_its_own() -> None:
    def described(architecture: str, content: bytes, kind: str = "image") -> dict[str, Any]:
        platform = {"os": "linux", "architecture": architecture}
        descriptor = {"digest": digest(manifest(content)), "platform": platform}
        return {"ID": descriptor["digest"], "Kind": kind, "Descriptor": descriptor, "Available": True}

    unknown = described("unknown", b"x", "attestation")
    document = {"Id": digest(b"index"), "Manifests": [unknown, described("amd64", ONE), described("arm64", TWO)]}
    assert variant(document, "linux/arm64/v8")["Id"] == digest(manifest(TWO))
    assert variant(document, "linux/amd64")["Id"] == digest(manifest(ONE))
    assert variant(document, "linux/s390x")["Id"] == digest(b"index")
    assert variant({"Id": digest(b"classic")}, "linux/amd64")["Id"] == digest(b"classic")
