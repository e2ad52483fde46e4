# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives of images, made by hand in each form that there is."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import lzma
import tarfile
from collections.abc import Callable, Mapping
from typing import Any

LAYER = b"no layer, but nobody looks into it" * 40
COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}


def digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def config(word: str = "a") -> bytes:
    """A configuration; the word makes another image of it."""
    document = {
        "architecture": "amd64",
        "os": "linux",
        "created": "2026-11-24T11:28:40.012531232Z",
        "config": {"Cmd": ["sleep", "86400"], "Env": ["WORD=" + word]},
        "rootfs": {"type": "layers", "diff_ids": [digest(LAYER)]},
    }
    return json.dumps(document).encode()


def tar(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files, in this order."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


def classic(images: Mapping[bytes, list[str] | None]) -> bytes:
    """As Engines before 25 save: configurations with the names of each."""
    files, entries = {"layer/layer.tar": LAYER, "layer/VERSION": b"1.0"}, []
    for content, names in images.items():
        name = digest(content)[7:] + ".json"
        files[name] = content
        entries.append({"Config": name, "RepoTags": names, "Layers": ["layer/layer.tar"]})
    files["manifest.json"] = json.dumps(entries).encode()
    return tar(files)


def manifest(content: bytes) -> bytes:
    """An OCI manifest of the image with this configuration."""
    return json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": {"digest": digest(content), "size": len(content)},
            "layers": [{"digest": digest(LAYER), "size": len(LAYER)}],
        }
    ).encode()


def index(*manifests: bytes) -> bytes:
    """An OCI index of manifests."""
    found = [{"digest": digest(one), "size": len(one)} for one in manifests]
    return json.dumps({"schemaVersion": 2, "manifests": found}).encode()


def layout(
    blobs: list[bytes], top: list[tuple[bytes, dict[str, str]]], compatible: list[dict[str, Any]] | None = None
) -> bytes:
    """An OCI layout: contents, descriptors with annotations, and manifest.json where Docker has added it."""
    files = {"blobs/sha256/" + digest(one)[7:]: one for one in [LAYER, *blobs]}
    files["oci-layout"] = b'{"imageLayoutVersion": "1.0.0"}'
    descriptors = [{"digest": digest(one), "size": len(one), "annotations": notes} for one, notes in top]
    files["index.json"] = json.dumps({"schemaVersion": 2, "manifests": descriptors}).encode()
    if compatible is not None:
        files["manifest.json"] = json.dumps(compatible).encode()
    return tar(files)
