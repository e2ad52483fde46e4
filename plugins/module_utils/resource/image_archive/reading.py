# SPDX-License-Identifier: GPL-3.0-or-later
"""What images an archive holds: those of `docker save` in all its ages, of podman and skopeo, and OCI layouts.

The archive is read once, from front to back, compressed or not, as the Engine takes it (POST /images/load): layers are
skipped, and only the small documents that describe images are kept.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import tarfile
import zlib
from importlib import import_module
from typing import IO, Any, Dict, Iterator, List, Mapping, NamedTuple, Tuple, Type

from ...engine.errors import EngineError
from ...values.errors import InvalidValue
from ...values.images import parse_image
from .identity import ArchivedImage

# A document that describes an image has a few KiB. Whatever is larger is a layer, or nobody's archive.
_LARGEST, _ALL = 4 << 20, 32 << 20
_NAMES = ("io.containerd.image.name", "org.opencontainers.image.ref.name")


class ArchiveInvalid(EngineError):
    """A file that is no archive of images, or a damaged one."""


class ArchiveOpaque(ArchiveInvalid):
    """A compressed file that this Python cannot read, though the Engine may."""


def read_archive(path: str) -> Tuple[ArchivedImage, ...]:
    """The images in the archive, in its order. Raises ArchiveInvalid, which names the file; ArchiveOpaque where the
    Engine may understand what is not understood here."""
    documents = _documents(path)
    found = _of_manifest(path, documents) if "manifest.json" in documents else _of_index(path, documents)
    if not found:
        raise ArchiveInvalid(
            "%s holds no images: there is no manifest.json in it that names one, and no index.json. It is not what "
            "docker save writes; the file system of a container, as docker export writes it, is for image_import" % path
        )
    return found


def _documents(path: str) -> Dict[str, bytes]:
    """Every JSON document in the archive, by its name there."""
    found: Dict[str, bytes] = {}
    size = 0
    try:
        for name, content in _small_documents(path):
            found[posixpath.normpath(name)] = content
            size += len(content)
            if size > _ALL:
                raise ArchiveInvalid("%s is no archive of images: its documents have more than 32 MiB" % path)
    except OSError as error:
        raise ArchiveInvalid("cannot read %s: %s" % (path, error.strerror or error)) from error
    except (tarfile.TarError, EOFError, ValueError, zlib.error) as error:
        raise ArchiveInvalid("%s is no archive of images, or it is damaged or cut off: %s" % (path, error)) from error
    return found


def _small_documents(path: str) -> Iterator[Tuple[str, bytes]]:
    with open(path, "rb") as file:
        opened = opened_archive(path, file)
        try:
            with tarfile.open(fileobj=opened.file, mode=opened.mode, bufsize=1 << 20) as archive:  # type: ignore[call-overload]
                while True:
                    info = archive.next()
                    if info is None:
                        return
                    archive.members = []  # every header would stay in memory
                    content = archive.extractfile(info) if info.isreg() and info.size <= _LARGEST else None
                    start = content.read(1) if content is not None else b""
                    if content is not None and start in (b"{", b"["):
                        yield info.name, start + content.read()
        except opened.damage as error:
            raise tarfile.ReadError(str(error)) from error


class Opened(NamedTuple):
    """The archive uncompressed, how tarfile is to read it, and what it raises when it is damaged."""

    file: Any
    mode: str = "r|"
    damage: Tuple[Type[Exception], ...] = ()


def opened_archive(path: str, file: IO[bytes]) -> Opened:
    """Uncompress a file as the Engine does. Raises ArchiveOpaque."""
    start = file.read(6)
    file.seek(0)
    try:
        if start[:3] == b"\x1f\x8b\x08":
            import gzip

            return Opened(gzip.GzipFile(fileobj=file))
        if start[:3] == b"BZh":
            import bz2

            return Opened(bz2.BZ2File(file))
        if start == b"\xfd7zXZ\0":
            import lzma

            return Opened(lzma.LZMAFile(file), damage=(lzma.LZMAError,))
        if start[:4] == b"\x28\xb5\x2f\xfd" or _is_skippable(start):
            zstd: Any = import_module("compression.zstd")  # since Python 3.14
            return Opened(zstd.ZstdFile(file), damage=(zstd.ZstdError,))
    except ImportError as error:
        raise ArchiveOpaque(
            "%s cannot be looked into: no Python module to uncompress it (%s)" % (path, error)
        ) from error
    return Opened(file, "r:")  # what is not compressed can be skipped


def _is_skippable(start: bytes) -> bool:
    """Whether a file begins with a frame of zstd that says something to those who know it (pzstd writes such)."""
    return start[1:4] == b"\x2a\x4d\x18" and start[0] & 0xF0 == 0x50


def _of_manifest(path: str, documents: Mapping[str, bytes]) -> Tuple[ArchivedImage, ...]:
    """By manifest.json, which every Engine writes, and which the classic image store goes by."""
    manifests = _manifests_by_config(path, documents) if "index.json" in documents else {}
    found = []
    for entry in _json(path, documents, "manifest.json", list):
        try:
            content = documents[posixpath.normpath(entry["Config"])]
            names = tuple(_familiar(path, name) for name in entry.get("RepoTags") or ())
        except (KeyError, TypeError, AttributeError) as error:
            raise ArchiveInvalid("%s is damaged: manifest.json names what is not there: %r" % (path, error)) from error
        config_id = _digest(content)
        config = _json(path, documents, posixpath.normpath(entry["Config"]), dict)
        found.append(ArchivedImage(names, config_id, manifests.get(config_id, ""), config))
    return tuple(found)


def _of_index(path: str, documents: Mapping[str, bytes]) -> Tuple[ArchivedImage, ...]:
    """By index.json alone: an OCI image layout (image-spec, image-layout.md)."""
    if "index.json" not in documents:
        return ()
    found: Dict[str, ArchivedImage] = {}
    for descriptor in _descriptors(path, _json(path, documents, "index.json", dict)):
        digest = descriptor["digest"]
        notes = descriptor.get("annotations") or {}
        given = next((notes[name] for name in _NAMES if notes.get(name)), "")
        # The reference name may be a mere tag, which names no image.
        names = (_familiar(path, given),) if set(given) & set(":/") else ()
        if digest in found:
            found[digest] = found[digest]._replace(names=found[digest].names + names)
            continue
        configs = _configs(path, documents, digest)
        config_id = configs[0] if len(configs) == 1 else ""
        content = _blob(config_id)
        config = _json(path, documents, content, dict) if content in documents else {}
        found[digest] = ArchivedImage(names, config_id, digest, config)
    return tuple(found.values())


def _manifests_by_config(path: str, documents: Mapping[str, bytes]) -> Dict[str, str]:
    """The digest that index.json has for the image with this configuration: of its manifest, or of an index with it."""
    found: Dict[str, str] = {}
    for descriptor in _descriptors(path, _json(path, documents, "index.json", dict)):
        for config_id in _configs(path, documents, descriptor["digest"]):
            found.setdefault(config_id, descriptor["digest"])
    return found


def _configs(path: str, documents: Mapping[str, bytes], digest: str) -> List[str]:
    """The digests of the configurations of a manifest, or of all manifests of an index, that are in the archive."""
    name = _blob(digest)
    if name not in documents:
        return []
    document = _json(path, documents, name, dict)
    if isinstance(document.get("config"), dict):
        return [str(document["config"].get("digest"))]
    inner = [one["digest"] for one in _descriptors(path, document)] if "manifests" in document else []
    return [config for one in inner if one != digest for config in _configs(path, documents, one)]


def _descriptors(path: str, index: Mapping[str, Any]) -> List[Dict[str, Any]]:
    found = index.get("manifests") or []
    if not isinstance(found, list) or not all(isinstance(one, dict) and one.get("digest") for one in found):
        raise ArchiveInvalid("%s is damaged: an index in it has no list of manifests" % path)
    return found


def _blob(digest: str) -> str:
    """Where a layout keeps the content with this digest."""
    return "blobs/" + digest.replace(":", "/")


def _digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _familiar(path: str, name: str) -> str:
    try:
        return parse_image(name).with_tag
    except InvalidValue as error:
        raise ArchiveInvalid("%s is damaged: %s" % (path, error)) from error


def _json(path: str, documents: Mapping[str, bytes], name: str, kind: type) -> Any:
    try:
        found = json.loads(documents[name].decode("utf-8"))
    except ValueError as error:
        raise ArchiveInvalid("%s is damaged: %s in it is not JSON: %s" % (path, name, error)) from error
    if not isinstance(found, kind):
        raise ArchiveInvalid("%s is damaged: %s in it is not what it should be" % (path, name))
    return found
