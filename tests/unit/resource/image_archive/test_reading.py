# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read in archives of images: each form, each compression, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.image_archive import reading
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_archive.identity import ArchivedImage
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_archive.reading import (
    ArchiveInvalid,
    ArchiveOpaque,
    read_archive,
)
from ansible_collections.longshore.docker.tests.unit.resource.image_archive.archives import (
    COMPRESSIONS,
    classic,
    config,
    digest,
    index,
    layout,
    manifest,
    tar,
)

ONE, TWO = config("one"), config("two")
NAME = "io.containerd.image.name"


def read(folder: Path, content: bytes) -> list[tuple[tuple[str, ...], str, str]]:
    path = folder / "archive"
    path.write_bytes(content)
    found = read_archive(str(path))
    assert all(isinstance(one, ArchivedImage) for one in found)
    return [(one.names, one.config_id, one.manifest) for one in found]


@pytest.mark.parametrize("compression", COMPRESSIONS)
def test_classic(tmp_path: Path, compression: str) -> None:
    made = COMPRESSIONS[compression](classic({ONE: ["docker.io/library/web:1", "r.test/web:2"], TWO: None}))
    assert read(tmp_path, made) == [(("web:1", "r.test/web:2"), digest(ONE), ""), ((), digest(TWO), "")]


def test_configurations_are_known_by_what_they_hold_and_not_by_their_names(tmp_path: Path) -> None:
    made = tar({"manifest.json": b'[{"Config": "./any", "RepoTags": ["a:1"]}]', "any": ONE})
    assert read(tmp_path, made) == [(("a:1",), digest(ONE), "")]


def test_a_layout_with_what_the_classic_store_goes_by(tmp_path: Path) -> None:
    compatible = [{"Config": "blobs/sha256/" + digest(ONE)[7:], "RepoTags": ["web:1"]}]
    made = layout([ONE, manifest(ONE)], [(manifest(ONE), {NAME: "docker.io/library/web:1"})], compatible)
    assert read(tmp_path, made) == [(("web:1",), digest(ONE), digest(manifest(ONE)))]


def test_an_image_for_several_platforms_has_the_digest_of_its_index(tmp_path: Path) -> None:
    top = index(manifest(ONE), manifest(TWO))
    compatible = [{"Config": "blobs/sha256/" + digest(ONE)[7:], "RepoTags": ["web:1"]}]
    blobs = [ONE, manifest(ONE), top]  # the other platform's contents are not in the archive
    assert read(tmp_path, layout(blobs, [(top, {NAME: "web:1"})], compatible)) == [
        (("web:1",), digest(ONE), digest(top))
    ]
    assert read(tmp_path, layout(blobs, [(top, {NAME: "web:1"})])) == [(("web:1",), digest(ONE), digest(top))]


def test_a_layout_alone(tmp_path: Path) -> None:
    one, two = manifest(ONE), manifest(TWO)
    notes = [{NAME: "docker.io/library/web:1"}, {NAME: "r.test/web:2"}, {"org.opencontainers.image.ref.name": "latest"}]
    made = layout([ONE, TWO, one, two], [(one, notes[0]), (one, notes[1]), (two, notes[2])])
    assert read(tmp_path, made) == [
        (("web:1", "r.test/web:2"), digest(ONE), digest(one)),
        ((), digest(TWO), digest(two)),
    ]


FOREIGN = {
    "empty": b"",
    "text": b"no archive at all\n" * 100,
    "zeros": bytes(20480),
    "a file system": tar({"etc/passwd": b"root:x:0:0::/root:/bin/sh\n", "manifest.txt": b"{}"}),
    "no entries": tar({"manifest.json": b"[]"}),
    "not JSON": tar({"manifest.json": b"[{"}),
    "an object": tar({"manifest.json": b"{}"}),
    "an entry that is none": tar({"manifest.json": b"[1]"}),
    "no configuration": tar({"manifest.json": b'[{"Config": "x.json", "RepoTags": ["a:1"]}]'}),
    "no name": tar({"manifest.json": b'[{"Config": "x", "RepoTags": ["No Name"]}]', "x": ONE}),
    "an index without a list": tar({"index.json": b'{"manifests": 5}'}),
    "an index without digests": tar({"index.json": b'{"manifests": [{}]}'}),
}


@pytest.mark.parametrize("kind", FOREIGN)
@pytest.mark.parametrize("compression", COMPRESSIONS)
def test_what_is_no_archive_of_images(tmp_path: Path, kind: str, compression: str) -> None:
    path = tmp_path / "archive"
    path.write_bytes(COMPRESSIONS[compression](FOREIGN[kind]))
    with pytest.raises(ArchiveInvalid, match=str(path)):
        read_archive(str(path))


@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_what_is_cut_off(tmp_path: Path, compression: str, kept: float) -> None:
    whole = COMPRESSIONS[compression](classic({ONE: ["a:1"], TWO: ["b:1"]}).rstrip(b"\0"))
    path = tmp_path / "archive"
    path.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(ArchiveInvalid, match=str(path)):
        read_archive(str(path))


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ArchiveInvalid, match="No such file"):
        read_archive(str(tmp_path / "nothing"))
    with pytest.raises(ArchiveInvalid, match="Is a directory"):
        read_archive(str(tmp_path))


def test_a_compression_that_this_python_does_not_know(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(reading, "import_module", missing)
    path = tmp_path / "archive"
    path.write_bytes(b"\x28\xb5\x2f\xfd and so on")
    with pytest.raises(ArchiveOpaque, match="cannot be looked into"):
        read_archive(str(path))


def test_more_documents_than_any_image_has(tmp_path: Path) -> None:
    made = tar({"%d.json" % number: b'["%s"]' % (b"x" * 4_000_000) for number in range(9)})
    with pytest.raises(ArchiveInvalid, match="more than 32 MiB"):
        read(tmp_path, made)
