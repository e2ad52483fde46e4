# SPDX-License-Identifier: GPL-3.0-or-later
"""The archive that is sent to a container, made while it is sent."""

from __future__ import annotations

import posixpath
import time
from typing import Iterable, Iterator, Mapping, Sequence

from ...engine.archive import Member, from_bytes, from_path, pack
from ...engine.client import Engine
from .source import Item
from .stats import DIRECTORY, LINK
from .survey import Seen


def members(path: str, names: Sequence[str], items: Mapping[str, Item], seen: Mapping[str, Seen]) -> Iterator[Member]:
    """The items of these names, for an archive that is unpacked in the directory above `path`."""
    base = posixpath.basename(path)
    for name in names:
        item, there = items[name], seen.get(name)
        full = posixpath.join(base, name) if name and base else name or base or "."
        wanted = item.wanted
        if isinstance(item.content, bytes):
            member = from_bytes(full, item.content, mtime=int(time.time()))
        else:
            member = from_path(item.content, full, follow=not name and wanted.kind != LINK)
        info = member.info
        info.mode = info.mode if wanted.mode is None else wanted.mode
        info.uid, info.gid = wanted.uid or 0, wanted.gid or 0
        if wanted.kind == DIRECTORY and there is not None and there.entry.kind == DIRECTORY:
            info.uid, info.gid = there.entry.uid or 0, there.entry.gid or 0
        yield member


def packed(engine: Engine, doing: str, chosen: Iterable[Member]) -> Iterator[bytes]:
    """The archive, reported on as it goes."""
    sent = 0
    for part in pack(chosen):
        sent += len(part)
        engine.report(doing, {"progressDetail": {"current": sent}})
        yield part
