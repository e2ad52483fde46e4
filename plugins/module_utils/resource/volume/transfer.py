# SPDX-License-Identifier: GPL-3.0-or-later
"""To fill a volume, and to save what it holds."""

from __future__ import annotations

import contextlib
import os
from typing import Iterator, Optional

from ...engine.api import container_files
from ...engine.archive import ArchiveInvalid, pack
from ...engine.archive_end import whole
from ...engine.client import Engine
from ...engine.files import replace_file
from ...state.outcome import Outcome
from ...state.step import Step
from . import helper
from .contents import sources
from .data import Way

# A volume may hold secrets: a new file is its owner's alone.
_MODE = 0o600


@contextlib.contextmanager
def _through(engine: Engine, volume: str, way: Optional[Way], image: str, name: str) -> Iterator[Way]:
    """A container that has the volume: the one that is there, or one that is made for it, of that name, and removed."""
    if way is not None:
        yield way
        return
    with helper.made(engine, name, volume, image):
        yield Way(name, helper.WHERE)


def fill(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Send an archive."""
    option, path, volume, way, image, name = step.data
    with _through(engine, volume, way, image, name) as found:
        _send(engine, option, path, found.container, found.path)


def try_out(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Send it to where it is of no use: what the Engine cannot unpack must not cost what a volume holds."""
    option, path, volume, image, name = step.data
    with helper.made(engine, name, volume, image, apart=True):
        _send(engine, option, path, name, helper.WHERE)


def _send(engine: Engine, option: str, path: str, container: str, where: str) -> None:
    call = container_files.put_archive(container, where)
    if option == "populate":
        engine.upload(call, pack(sources(path)))
        return
    try:
        with open(path, "rb") as file:
            engine.upload(call, file)
    except OSError as error:
        raise ArchiveInvalid("cannot read %s: %s" % (path, error.strerror)) from error


def save(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Write the archive, all at once: what is there is whole, or replaced by one that is."""
    given, volume, way, image, name = step.data
    path = os.path.abspath(given)
    with _through(engine, volume, way, image, name) as found:
        with engine.chunks(container_files.get_archive(found.container, found.path + "/.")) as body:
            replace_file(path, whole(body), mode=None if os.path.exists(path) else _MODE)
