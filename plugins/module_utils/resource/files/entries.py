# SPDX-License-Identifier: GPL-3.0-or-later
"""Files, directories and links, wherever they are: what is compared of them, and how the diff shows it."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple, Optional

from .stats import DIRECTORY, FILE, LINK, OTHER

if TYPE_CHECKING:
    from tarfile import TarInfo


class Entry(NamedTuple):
    """One of them. What is None is not compared."""

    kind: str
    mode: Optional[int] = None
    uid: Optional[int] = None
    gid: Optional[int] = None
    size: int = 0
    target: str = ""

    def words(self) -> str:
        """For the diff."""
        found = [self.kind]
        if self.kind == LINK:
            found.append("to %s" % self.target)
        elif self.mode is not None:
            found.append("mode %04o" % self.mode)
        if self.uid is not None:
            found.append("owner %d:%d" % (self.uid, self.gid or 0))
        if self.kind == FILE:
            found.append("%d bytes" % self.size)
        return ", ".join(found)

    def seen_as(self, wanted: Entry) -> Entry:
        """The same, without what the other does not speak of."""
        return self._replace(
            mode=self.mode if wanted.mode is not None else None,
            uid=self.uid if wanted.uid is not None else None,
            gid=self.gid if wanted.gid is not None else None,
        )


def from_archive(info: TarInfo) -> Entry:
    """As an archive has it. A hard link is OTHER: what it is stands in another entry."""
    mode = info.mode & 0o7777
    if info.isdir():
        return Entry(DIRECTORY, mode, info.uid, info.gid)
    if info.issym():
        return Entry(LINK, None, info.uid, info.gid, 0, info.linkname)
    if info.isreg():
        return Entry(FILE, mode, info.uid, info.gid, info.size)
    return Entry(OTHER, mode, info.uid, info.gid)


def from_disk(path: str, follow: bool = False) -> Optional[Entry]:
    """As it is on this machine; None for nothing. Raises OSError."""
    try:
        found = os.stat(path) if follow else os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    mode = stat.S_IMODE(found.st_mode)
    if stat.S_ISDIR(found.st_mode):
        return Entry(DIRECTORY, mode, found.st_uid, found.st_gid)
    if stat.S_ISLNK(found.st_mode):
        return Entry(LINK, None, found.st_uid, found.st_gid, 0, os.readlink(path))
    if stat.S_ISREG(found.st_mode):
        return Entry(FILE, mode, found.st_uid, found.st_gid, found.st_size)
    return Entry(OTHER, mode, found.st_uid, found.st_gid)
