# SPDX-License-Identifier: GPL-3.0-or-later
"""Load an archive of images into the Engine."""

from __future__ import annotations

import os
import re
from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple

from ...engine.api import image_transfer, images
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...state.outcome import Outcome
from ...state.step import Step
from ..image.containerd import take_back
from .identity import ArchivedImage, is_there

_BROKEN = re.compile(r"Error unpacking image (\S+): .*")
_SIZE = 1 << 16


def looked_up(engine: Engine, archived: Tuple[ArchivedImage, ...]) -> Dict[str, Optional[Dict[str, Any]]]:
    """What the Engine has under each name in the archive, and under the IDs of images without one."""
    return {name: _looked_up(engine, one, name) for one in archived for name in one.references}


def _looked_up(engine: Engine, archived: ArchivedImage, name: str) -> Optional[Dict[str, Any]]:
    found = engine.inspect(images.inspect(name))
    if found is None and not archived.names and archived.manifest not in ("", name):
        found = engine.inspect(images.inspect(archived.manifest))  # its ID in the containerd image store
    return found


def missing(archived: Tuple[ArchivedImage, ...], found: Mapping[str, Optional[Mapping[str, Any]]]) -> List[str]:
    """The names, or IDs, of what the archive holds and the Engine does not have."""
    return [name for one in archived for name in one.references if not is_there(one, found[name])]


def load_step(path: str) -> Step:
    """The step that loads the archive. It leaves `image_names`, `images` and `stdout` in the outcome's values."""
    return Step("loading the archive %s" % path, image_transfer.load(quiet=True), how=load, data=path)


def load(engine: Engine, step: Step, outcome: Outcome) -> None:
    """Send the archive as it is, compressed or not, and note what the Engine says it has loaded."""
    lines: List[str] = []
    for record in engine.upload_stream(step.call, _parts(engine, step)):
        lines += str(record.get("stream") or record.get("status") or "").splitlines()
    _check(engine, lines)
    names = [
        line[len(start) :].strip()
        for line in lines
        for start in ("Loaded image:", "Loaded image ID:")
        if line.startswith(start)
    ]
    if not names:
        raise EngineError("the Engine names no image that it has loaded; it says %r" % "\n".join(lines))
    outcome.values.update(
        image_names=names,
        images=[one for one in (engine.inspect(images.inspect(name)) for name in names) if one is not None],
        stdout="\n".join(lines),
    )


def _check(engine: Engine, lines: List[str]) -> None:
    """Raise what the containerd image store says of images that it could not unpack: it says so in passing."""
    broken = [match for match in map(_BROKEN.match, lines) if match]
    for match in broken:
        take_back(engine, match.group(1))
    if broken:
        raise EngineError("\n".join(match.group() for match in broken))


def _parts(engine: Engine, step: Step) -> Iterator[bytes]:
    sent = 0
    try:
        with open(step.data, "rb") as file:
            total = os.fstat(file.fileno()).st_size
            for part in iter(lambda: file.read(_SIZE), b""):
                yield part
                sent += len(part)
                engine.report(step.doing, {"progressDetail": {"current": sent, "total": total}})
    except OSError as error:
        raise EngineError("cannot read %s: %s" % (step.data, error.strerror)) from error
