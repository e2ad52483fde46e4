# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the file system of an image comes from: a file, a container, a URL.

The Engine names a layer by the digest of the archive that it came from, uncompressed (RootFS.Layers of an image). So an
image that was imported from the same bytes is recognised, whoever has imported it.
"""

from __future__ import annotations

import hashlib
import tarfile
import zlib
from typing import Any, Iterable, Iterator, Mapping

from ...engine.api import container_files, containers, image_transfer
from ...engine.client import Engine
from ...engine.errors import ApiError, EngineError
from ...state.outcome import Outcome
from ...state.step import Step
from ..image.containerd import id_of, take_back
from ..image_archive.reading import ArchiveInvalid, ArchiveOpaque, opened_archive

_SIZE = 1 << 16


def check_source(engine: Engine, options: Mapping[str, Any]) -> None:
    """Refuse what cannot be imported: a file that is no archive, a container that is not there."""
    if options["path"]:
        _check_file(options["path"])
    elif options["container"] and engine.inspect(containers.inspect(options["container"])) is None:
        raise EngineError("There is no container %s to import the file system of" % options["container"])


def layer_of(engine: Engine, options: Mapping[str, Any]) -> str:
    """The name that the layer will get; empty where nobody knows before it is fetched."""
    if options["path"]:
        try:
            return _digest(_uncompressed(options["path"]))
        except ArchiveOpaque:
            return ""
    if options["container"]:
        with engine.chunks(container_files.export(options["container"])) as body:
            return _digest(body)
    return ""


def import_step(options: Mapping[str, Any], name: str, changes: Iterable[str]) -> Step:
    """The step that imports."""
    source = options["path"] or options["container"] or options["url"]
    repository, _colon, tag = name.rpartition(":")
    call = image_transfer.import_image(
        options["url"] or "-", repository, tag, options["comment"], tuple(changes), options["platform"]
    )
    return Step("importing %s as %s" % (source, name), call, how=import_image, data=(name, dict(options)))


def import_image(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Send what the image is made from, or have the Engine fetch it."""
    name, options = step.data
    before = id_of(engine, name)
    try:
        for record in _imported(engine, step, options):
            engine.report(step.doing, record)
    except ApiError:
        take_back(engine, name, before)
        raise


def _imported(engine: Engine, step: Step, options: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    if options["url"]:
        return engine.stream(step.call)
    if options["path"]:
        return engine.upload_stream(step.call, _counted(engine, step, _read(options["path"])))
    body = engine.chunks(container_files.export(options["container"]))
    return engine.upload_stream(step.call, _counted(engine, step, body))


def _counted(engine: Engine, step: Step, parts: Iterable[bytes]) -> Iterator[bytes]:
    sent = 0
    for part in parts:
        yield part
        sent += len(part)
        engine.report(step.doing, {"progressDetail": {"current": sent}})


def _digest(parts: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(part)
    return "sha256:" + found.hexdigest()


def _read(path: str) -> Iterator[bytes]:
    try:
        with open(path, "rb") as file:
            yield from iter(lambda: file.read(_SIZE), b"")
    except OSError as error:
        raise EngineError("cannot read %s: %s" % (path, error.strerror or error)) from error


def _uncompressed(path: str) -> Iterator[bytes]:
    try:
        with open(path, "rb") as file:
            opened = opened_archive(path, file)
            try:
                yield from iter(lambda: opened.file.read(_SIZE), b"")
            except opened.damage as error:
                raise ArchiveInvalid("%s is damaged or cut off: %s" % (path, error)) from error
    except OSError as error:
        raise ArchiveInvalid("cannot read %s: %s" % (path, error.strerror or error)) from error
    except (EOFError, zlib.error) as error:
        raise ArchiveInvalid("%s is damaged or cut off: %s" % (path, error)) from error


def _check_file(path: str) -> None:
    """See whether it begins as an archive does. The Engine looks at the rest."""
    start = b""
    try:
        for part in _uncompressed(path):
            start += part
            if len(start) >= tarfile.BLOCKSIZE:
                break
        tarfile.TarInfo.frombuf(start[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except (ArchiveOpaque, tarfile.EOFHeaderError):  # type: ignore[attr-defined]
        return  # an archive of nothing is one: tar --create --files-from /dev/null
    except tarfile.HeaderError as error:
        raise ArchiveInvalid("%s is no tar archive: %s" % (path, error)) from error
