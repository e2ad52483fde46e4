# SPDX-License-Identifier: GPL-3.0-or-later
"""tar archives as streams: the Engine's format for copies, build contexts, imports and loads."""

from __future__ import annotations

import os
import stat
import tarfile
from typing import IO, Any, Callable, Iterable, Iterator, NamedTuple, Optional, Set, Tuple, Union

from .archive_end import whole
from .errors import EngineError, StreamFailed

_SIZE = 1 << 18


class ArchiveInvalid(EngineError):
    """A file that cannot be packed, or an archive that cannot, or must not, be unpacked."""


class Member(NamedTuple):
    """One entry: its header, and its content as bytes or as the path of a file that is read while packing."""

    info: tarfile.TarInfo
    content: Union[bytes, str] = b""


def from_bytes(name: str, data: bytes, mode: int = 0o644, uid: int = 0, gid: int = 0, mtime: int = 0) -> Member:
    """A regular file that exists in memory only."""
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.uid, info.gid, info.mtime = len(data), mode, uid, gid, mtime
    return Member(info, data)


def from_path(path: str, name: str, follow: bool = False) -> Member:
    """A file, directory or symbolic link as it is on disk; `follow` takes what a link leads to."""
    info = tarfile.TarInfo(name)
    try:
        found = os.stat(path) if follow else os.lstat(path)
        if stat.S_ISLNK(found.st_mode):
            info.type, info.linkname = tarfile.SYMTYPE, os.readlink(path)
    except OSError as error:
        raise ArchiveInvalid("cannot read %s: %s" % (path, error.strerror)) from error
    info.mode, info.uid, info.gid = stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid
    info.mtime = int(found.st_mtime)
    if stat.S_ISREG(found.st_mode):
        info.size = found.st_size
        return Member(info, path)
    if stat.S_ISDIR(found.st_mode):
        info.type = tarfile.DIRTYPE
    elif info.type != tarfile.SYMTYPE:
        raise ArchiveInvalid("cannot pack %s: it is neither a file, a directory nor a symbolic link" % path)
    return Member(info)


def from_tree(path: str, prefix: str = "", keep: Optional[Callable[[str, bool], bool]] = None) -> Iterator[Member]:
    """Everything under a directory, sorted by name, itself excluded.

    `keep(relative_path, is_directory)` may leave entries out; a directory left out is still searched. Sockets, pipes
    and devices are left out always.
    """

    def fail(error: OSError) -> None:
        raise ArchiveInvalid("cannot read %s: %s" % (error.filename, error.strerror)) from error

    for folder, folders, files in os.walk(path, onerror=fail):
        folders.sort()
        for entry in sorted(folders + files):
            full = os.path.join(folder, entry)
            relative = os.path.relpath(full, path)
            mode = os.lstat(full).st_mode
            special = not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode))
            if not special and (keep is None or keep(relative, stat.S_ISDIR(mode))):
                yield from_path(full, prefix + relative)


def pack(members: Iterable[Member]) -> Iterator[bytes]:
    """The archive, in parts of up to about 256 KiB; of a file no more than that is in memory."""
    waiting = bytearray()
    for info, content in members:
        waiting += info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")
        parts = iter((content,)) if isinstance(content, bytes) else _read(content, info.size)
        for part in parts:
            if len(part) < _SIZE:
                waiting += part
            if len(waiting) >= _SIZE or len(part) >= _SIZE:
                yield bytes(waiting)
                waiting.clear()
            if len(part) >= _SIZE:
                yield part
        waiting += bytes(-info.size % tarfile.BLOCKSIZE)
    yield bytes(waiting + bytes(2 * tarfile.BLOCKSIZE))


def _read(path: str, size: int) -> Iterator[bytes]:
    """Exactly `size` bytes, as the header before them says. What is appended meanwhile is left out."""
    try:
        with open(path, "rb") as stream:
            while size:
                part = stream.read(min(size, _SIZE))
                if not part:
                    raise ArchiveInvalid("%s became shorter while it was read" % path)
                size -= len(part)
                yield part
    except OSError as error:
        raise ArchiveInvalid("cannot read %s: %s" % (path, error.strerror)) from error


class _Forward:
    """The file that tarfile wants, over parts of any size. It is read once, and forwards only."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = iter(parts)
        self._part, self._at = memoryview(b""), 0

    def tell(self) -> int:
        return self._at

    def seek(self, position: int) -> int:
        for _piece in self.pieces(position - self._at):
            pass
        return self._at

    def read(self, size: int) -> bytes:
        return b"".join(self.pieces(size))

    def pieces(self, size: int) -> Iterator[memoryview]:
        """The next bytes, as they are in memory already; fewer at the end."""
        while size > 0:
            if not self._part:
                following = next(self._parts, None)
                if following is None:
                    return
                self._part = memoryview(following)
            piece, self._part = self._part[:size], self._part[size:]
            self._at += len(piece)
            size -= len(piece)
            yield piece


class Content:
    """What is inside a file of an archive. Raises ArchiveInvalid when the archive ends too early."""

    def __init__(self, source: _Forward, size: int) -> None:
        self._source, self._left = source, size

    def read(self, size: int = -1) -> bytes:
        """As a file's."""
        wanted = self._left if size < 0 else min(size, self._left)
        return b"".join(self._pieces(wanted))

    def parts(self) -> Iterator[memoryview]:
        """All that is left, in parts that are not copied, and are valid until the next."""
        return self._pieces(self._left)

    def _pieces(self, size: int) -> Iterator[memoryview]:
        for piece in self._source.pieces(size):
            self._left -= len(piece)
            size -= len(piece)
            yield piece
        if size:
            raise ArchiveInvalid("the archive is damaged or cut off: a file in it is longer")


class _Packed(Content):
    """A sparse file, as GNU tar packs them: tarfile knows where its holes are."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self._left = file, size

    def _pieces(self, size: int) -> Iterator[memoryview]:
        try:
            while size:
                piece = self._file.read(min(size, _SIZE))
                if not piece:
                    raise ArchiveInvalid("the archive is damaged or cut off: a file in it is longer")
                self._left -= len(piece)
                size -= len(piece)
                yield memoryview(piece)
        except (tarfile.TarError, EOFError) as error:
            raise ArchiveInvalid("the archive is damaged or cut off: %s" % error) from error


def entries(parts: Iterable[bytes]) -> Iterator[Tuple[tarfile.TarInfo, Optional[Content]]]:
    """The entries, in order, each with a reader of its content (None if it has none) that is valid until the next. For
    looking at: nothing is said about where names and links lead. Raises ArchiveInvalid, also for one that is cut off
    between two entries, which tarfile takes for whole."""
    source: Any = _Forward(_whole(parts))
    try:
        with tarfile.open(fileobj=source, mode="r:") as archive:
            for info in archive:
                yield info, _content(archive, source, info)
    except (tarfile.TarError, EOFError) as error:
        raise ArchiveInvalid("the archive is damaged or cut off: %s" % error) from error


def _whole(parts: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from whole(parts)
    except StreamFailed as error:
        raise ArchiveInvalid(str(error)) from error


def _content(archive: tarfile.TarFile, source: _Forward, info: tarfile.TarInfo) -> Optional[Content]:
    if not info.isreg():
        return None
    if info.issparse():
        file = archive.extractfile(info)
        return _Packed(file, info.size) if file else None
    return Content(source, info.size)


def unpack(parts: Iterable[bytes], links_out: bool = False) -> Iterator[Tuple[tarfile.TarInfo, Optional[Content]]]:
    """The entries, for writing them below one folder.

    Raises ArchiveInvalid for names that are absolute, contain .., or lead through a link of the same archive, and,
    unless `links_out`, for links to the outside. Devices are refused too.
    """
    links: Set[str] = set()
    for info, content in entries(parts):
        _check(info, links, links_out)
        yield info, content


def _check(info: tarfile.TarInfo, links: Set[str], links_out: bool) -> None:
    names = info.name.split("/")
    if info.name.startswith("/") or ".." in names or "\0" in info.name:
        raise ArchiveInvalid("the archive has an entry outside of its root: %r" % info.name)
    names = [name for name in names if name not in ("", ".")]
    for depth in range(1, len(names)):
        if "/".join(names[:depth]) in links:
            raise ArchiveInvalid("the archive has an entry that leads through a link: %r" % info.name)
    if info.islnk() or info.issym():
        # A hard link's target counts from the root of the archive, a symbolic link's from its own directory.
        base = "" if info.islnk() else "/".join(names[:-1])
        target = os.path.normpath(os.path.join(base, info.linkname))
        if (info.islnk() or not links_out) and (target.startswith("/") or target.split("/")[0] == ".."):
            raise ArchiveInvalid("the archive has a link to the outside: %r to %r" % (info.name, info.linkname))
        if info.islnk() and any("/".join(target.split("/")[:n]) in links for n in range(1, target.count("/") + 2)):
            raise ArchiveInvalid("the archive has a hard link that leads through a link: %r" % info.name)
        if info.issym():
            links.add("/".join(names))
    elif not (info.isreg() or info.isdir()):
        raise ArchiveInvalid("the archive has a device or pipe: %r" % info.name)
