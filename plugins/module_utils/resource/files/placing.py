# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes below one path of this machine and nowhere else, whatever is to be written, and whatever links are there.

Every directory on the way is opened by itself, without following links, and everything is done relative to it. Files
appear whole, under a name of their own first.
"""

from __future__ import annotations

import os
import stat
from typing import Any, Iterable, List, Optional, Tuple

from ...engine.archive import ArchiveInvalid
from .entries import Entry
from .stats import DIRECTORY, FILE, LINK

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Placer:
    """`dest` is absolute, and the directory that it is in exists. A context manager."""

    def __init__(self, dest: str) -> None:
        above, self._base = os.path.split(dest)
        self._dest = dest
        self._open: Tuple[str, int] = ("", -1)
        self._modes: List[Tuple[str, int]] = []
        try:
            self._above = os.open(above, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise self._cannot("", error) from error

    def put(self, name: str, wanted: Entry, info: Any, parts: Iterable[bytes]) -> None:
        """Make one of them. Raises ArchiveInvalid."""
        try:
            folder, last = self._folder(name)
            if wanted.kind == DIRECTORY:
                self._directory(name, folder, last, wanted)
            elif wanted.kind in (FILE, LINK):
                temporary = ".%s.%s" % (last[:200], os.urandom(6).hex())
                try:
                    self._new(folder, temporary, wanted, info, parts)
                    os.replace(temporary, last, src_dir_fd=folder, dst_dir_fd=folder)
                except BaseException:
                    _forget(folder, temporary)
                    raise
        except OSError as error:
            raise self._cannot(name, error) from error

    def _new(self, folder: int, name: str, wanted: Entry, info: Any, parts: Iterable[bytes]) -> None:
        if wanted.kind == LINK:
            os.symlink(wanted.target, name, dir_fd=folder)
            if wanted.uid is not None and wanted.gid is not None:
                os.chown(name, wanted.uid, wanted.gid, dir_fd=folder, follow_symlinks=False)
            return
        number = os.open(name, _NEW, 0o600, dir_fd=folder)
        try:
            for part in parts:
                left = memoryview(part)
                while left:
                    left = left[os.write(number, left) :]
            if wanted.uid is not None and wanted.gid is not None:
                os.fchown(number, wanted.uid, wanted.gid)
            os.fchmod(number, 0o644 if wanted.mode is None else wanted.mode)
            os.utime(number, (info.mtime, info.mtime))
        finally:
            os.close(number)

    def _directory(self, name: str, folder: int, last: str, wanted: Entry) -> None:
        try:
            there = os.stat(last, dir_fd=folder, follow_symlinks=False)
            if not stat.S_ISDIR(there.st_mode):
                os.unlink(last, dir_fd=folder)
                os.mkdir(last, 0o700, dir_fd=folder)
        except FileNotFoundError:
            os.mkdir(last, 0o700, dir_fd=folder)
        if wanted.uid is not None and wanted.gid is not None:
            os.chown(last, wanted.uid, wanted.gid, dir_fd=folder, follow_symlinks=False)
        self._modes.append((name, 0o755 if wanted.mode is None else wanted.mode))

    def _folder(self, name: str) -> Tuple[int, str]:
        """The open directory that something of this name is in, and its name there."""
        if not name:
            return self._above, self._base
        above, last = os.path.split(name)
        if self._open[1] < 0 or self._open[0] != above:
            self._shut()
            self._open = (above, self._walk(above))
        return self._open[1], last

    def _walk(self, name: str) -> int:
        number = os.open(self._base, _FOLDER, dir_fd=self._above)
        for part in name.split("/") if name else ():
            try:
                below = os.open(part, _FOLDER, dir_fd=number)
            finally:
                os.close(number)
            number = below
        return number

    def _shut(self) -> None:
        if self._open[1] >= 0:
            os.close(self._open[1])
        self._open = ("", -1)

    def _cannot(self, name: str, error: OSError) -> ArchiveInvalid:
        return ArchiveInvalid(
            "cannot write %s: %s" % (os.path.join(self._dest, name) if name else self._dest, error.strerror)
        )

    def __enter__(self) -> Placer:
        return self

    def __exit__(self, kind: Optional[type], *_exc_info: object) -> None:
        """Directories get their permissions last: they may forbid to write into them."""
        try:
            for name, mode in reversed(self._modes):
                folder, last = self._folder(name)
                # A directory that has been opened without following links is the one that was made.
                number = os.open(last, _FOLDER, dir_fd=folder)
                try:
                    os.fchmod(number, mode)
                finally:
                    os.close(number)
        except OSError as error:
            if kind is None:
                raise self._cannot(name, error) from error
        finally:
            self._shut()
            os.close(self._above)


def _forget(folder: int, name: str) -> None:
    try:
        os.unlink(name, dir_fd=folder)
    except OSError:
        pass
