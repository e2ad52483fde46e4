# SPDX-License-Identifier: GPL-3.0-or-later
"""Write images into an archive, unless the file holds just them."""

from __future__ import annotations

import os
from typing import Any, Dict, Iterable, Iterator, Mapping, NamedTuple, Optional, Sequence

from ...engine.api import image_transfer
from ...engine.archive_end import whole
from ...engine.client import Engine
from ...engine.files import replace_file
from ...state.outcome import Outcome
from ...state.step import Step
from ...values.platforms import Platform, parse_platform, same_platform
from .identity import ArchivedImage, is_there
from .reading import ArchiveInvalid, read_archive


class Wanted(NamedTuple):
    """An image that the archive has to hold: what the Engine is asked for, the name it has in the archive (none for
    an ID or a digest), and its inspect document."""

    reference: str
    name: str
    document: Mapping[str, Any]


def reason_to_export(path: str, wanted: Sequence[Wanted]) -> str:
    """Why the file at the path is not yet what it should be; empty when it holds just these images."""
    if not os.path.lexists(path):
        return "there is no such file"
    try:
        archived = read_archive(path)
    except ArchiveInvalid as error:
        return str(error)
    return difference(archived, wanted)


def difference(archived: Sequence[ArchivedImage], wanted: Sequence[Wanted]) -> str:
    """What is too much or too little in the archive, in words; empty where it is right. Pure."""
    names = {one.name: one for one in wanted if one.name}
    unnamed = [one for one in wanted if not one.name]
    for image in archived:
        for name in image.names:
            if name not in names:
                return "the archive also holds %s" % name
            if not is_there(image, names[name].document):
                return "the archive holds another image as %s" % name
        if not image.names and not any(is_there(image, one.document) for one in unnamed):
            return "the archive also holds the image %s" % image.reference
    there = {name for image in archived for name in image.names}
    for one in wanted:
        if one.name not in there if one.name else not any(is_there(image, one.document) for image in archived):
            return "the archive does not hold %s" % one.reference
    return ""


def variant(document: Mapping[str, Any], platform: str) -> Dict[str, Any]:
    """The document as that of the image's variant for a platform, which in the containerd image store has a digest of
    its own (Manifests, API 1.48)."""
    want = parse_platform(platform)
    for one in document.get("Manifests") or ():
        digest = (one.get("Descriptor") or {}).get("digest")
        if digest and one.get("Kind", "image") == "image" and same_platform(want, _platform_of(one)):
            return dict(document, Id=digest)
    return dict(document)


def _platform_of(manifest: Mapping[str, Any]) -> Platform:
    said = (manifest.get("ImageData") or {}).get("Platform") or (manifest.get("Descriptor") or {}).get("platform") or {}
    parts = (said.get("os") or "linux", said.get("architecture") or "unknown", said.get("variant") or "")
    return parse_platform("/".join(parts).rstrip("/"))


def export_step(path: str, wanted: Sequence[Wanted], platform: Optional[str] = None) -> Step:
    """The step that writes the images into the file at the path."""
    references = [one.reference for one in wanted]
    platforms = [platform] if platform else None
    if len(references) == 1:
        call = image_transfer.save(references[0], platforms)
    else:
        call = image_transfer.save_many(references, platforms)
    return Step("exporting %s to %s" % (", ".join(references), path), call, how=export, data=path)


def export(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Write what the Engine sends into the file, all at once, if it is a whole archive."""
    with engine.chunks(step.call) as body:
        replace_file(step.data, _counted(engine, step, whole(body)))


def _counted(engine: Engine, step: Step, parts: Iterable[bytes]) -> Iterator[bytes]:
    received = 0
    for part in parts:
        yield part
        received += len(part)
        engine.report(step.doing, {"progressDetail": {"current": received}})
