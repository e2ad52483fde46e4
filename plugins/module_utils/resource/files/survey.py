# SPDX-License-Identifier: GPL-3.0-or-later
"""What a container has of what is to be copied into it, contents compared while they are read."""

from __future__ import annotations

import posixpath
from typing import Dict, Mapping, NamedTuple, Optional, Set

from ...engine.api import container_files
from ...engine.archive import ArchiveInvalid, Content, entries
from ...engine.client import Engine
from ...engine.errors import ApiError
from .entries import Entry, from_archive
from .source import Item
from .stats import DIRECTORY, FILE, is_below_file

# A directory is read as one archive. Where that brings this much of other things, since a small tree goes into a large
# one, what has not been seen by then is asked for one by one.
FOREIGN = 16 << 20


class Seen(NamedTuple):
    """What is there, whether its content is the one wanted, and that content where it was to be kept.
    `empty`: it is a directory in the place of what is copied, and nothing is in it."""

    entry: Entry
    same: bool = True
    content: Optional[bytes] = None
    empty: bool = False


def survey(
    engine: Engine, container: str, path: str, items: Mapping[str, Item], keep: int, foreign: int = FOREIGN
) -> Dict[str, Seen]:
    """What is there, by the items' names. The content of the item itself is kept if it has at most `keep` bytes."""
    found = _Survey(items, keep, foreign)
    found.read(engine, container, path)
    for name, item in items.items():
        above = found.seen.get(posixpath.dirname(name))
        if name in found.seen or above is None or above.entry.kind != DIRECTORY:
            continue
        if name in found.elsewhere or not found.whole:
            alone = _Survey({"": item}, 0, 0)
            alone.read(engine, container, posixpath.join(path, name))
            if "" in alone.seen:
                found.seen[name] = alone.seen[""]
    return found.seen


class _Survey:
    """One archive, read as far as it is of interest. `elsewhere` are hard links: in an archive of their own they are
    files, here their content stands in another entry."""

    def __init__(self, items: Mapping[str, Item], keep: int, foreign: int) -> None:
        self.seen: Dict[str, Seen] = {}
        self.elsewhere: Set[str] = set()
        self.whole = False
        self._items, self._keep, self._foreign = items, keep, foreign

    def read(self, engine: Engine, container: str, path: str) -> None:
        """GET /containers/{id}/archive, to its end or until what follows does not matter."""
        try:
            body = engine.chunks(container_files.get_archive(container, path))
        except ApiError as error:
            if not is_below_file(error):
                raise
            self.whole = True
            return
        with body:
            root = None
            entries_left = iter(entries(body))
            for info, content in entries_left:
                name = info.name.strip("/")
                root = name if root is None else root
                name = name[len(root) :].lstrip("/")
                if self._enough(name, info.size):
                    return
                if info.islnk():
                    self.elsewhere.add(name)
                elif name in self._items:
                    self.seen[name] = self._look(self._items[name], from_archive(info), content, name == "")
                if name == "" and not self._goes_on():
                    if "" in self.seen and self.seen[""].entry.kind == DIRECTORY:
                        below = next((one for one, _content in entries_left), None)
                        self.seen[""] = self.seen[""]._replace(empty=below is None)
                    break
        self.whole = True

    def _enough(self, name: str, size: int) -> bool:
        if name not in self._items:
            self._foreign -= size
        return self._foreign < 0

    def _goes_on(self) -> bool:
        """Whether there can be anything of interest in what is below."""
        return "" in self.seen and self.seen[""].entry.kind == self._items[""].wanted.kind == DIRECTORY

    def _look(self, item: Item, entry: Entry, content: Optional[Content], top: bool) -> Seen:
        if content is None or entry.kind != FILE:
            return Seen(entry)
        data = content.read() if top and entry.size <= self._keep else None
        if item.wanted.kind != FILE or entry.size != item.wanted.size:
            return Seen(entry, False, data)
        return Seen(entry, _same(data, content, item), data)


def _same(data: Optional[bytes], content: Content, item: Item) -> bool:
    if isinstance(item.content, bytes):
        return (content.read() if data is None else data) == item.content
    try:
        with open(item.content, "rb") as file:
            if data is not None:
                return file.read(len(data) + 1) == data
            return all(file.read(len(part)) == bytes(part) for part in content.parts()) and not file.read(1)
    except OSError as error:
        raise ArchiveInvalid("cannot read %s: %s" % (item.content, error.strerror)) from error
