# SPDX-License-Identifier: GPL-3.0-or-later
"""To fill a volume, and to save what it holds."""

from __future__ import annotations

import contextlib
import os
from typing import Iterator, Optional

from ...engine.api import container_files, containers
from ...engine.archive import ArchiveInvalid, pack
from ...engine.archive_end import whole
from ...engine.client import Engine
from ...engine.files import replace_file
from ...state.outcome import Outcome
from ...state.step import Step
from .contents import sources
from .data import WHERE, Way, helper_body, helper_name, remove_helper

# A volume may hold secrets: a new file is its owner's alone.
_MODE = 0o600


@contextlib.contextmanager
def _through(engine: Engine, volume: str, way: Optional[Way], image: str) -> Iterator[Way]:
    """A container that has the volume: the one that is there, or one that is made for it and removed."""
    if way is not None:
        yield way
        return
    engine.send(containers.create(helper_name(volume), helper_body(volume, image)))
    try:
        yield Way(helper_name(volume), WHERE)
    finally:
        remove_helper(engine, volume)


def fill(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Send an archive."""
    option, path, volume, way, image = step.data
    with _through(engine, volume, way, image) as found:
        _send(engine, option, path, found.container, found.path)


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
    given, volume, way, image = step.data
    path = os.path.abspath(given)
    with _through(engine, volume, way, image) as found:
        with engine.chunks(container_files.get_archive(found.container, found.path + "/.")) as body:
            replace_file(path, whole(body), mode=None if os.path.exists(path) else _MODE)
