# SPDX-License-Identifier: GPL-3.0-or-later
"""What a tree holds, in words that are equal where it is: a folder of this machine, or an archive of it.

Names are relative to the tree. Times are left out: whoever writes the same again has not changed anything.
"""

from __future__ import annotations

import hashlib
import os
import tarfile
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Tuple

from ...engine.archive import ArchiveInvalid, Member, entries, from_path, from_tree
from ...values.errors import InvalidValue

# By name: kind, permissions, owner, and what is inside.
Contents = Dict[str, str]
_SIZE = 1 << 18


def sources(path: str) -> Iterator[Member]:
    """The members that fill a volume from a folder, which is not part of it, or from one file. They are root's, as with
    docker cp. Raises ArchiveInvalid."""
    found = from_tree(path) if os.path.isdir(path) else iter([from_path(path, os.path.basename(path), follow=True)])
    for info, content in found:
        info.uid, info.gid = 0, 0
        yield Member(info, content)


def of_disk(path: str) -> Contents:
    """What `sources` gives. Raises InvalidValue."""
    found: Contents = {}
    try:
        for info, content in sources(path):
            inside = ""
            if isinstance(content, str):
                with open(content, "rb") as file:
                    inside = _digest(file)
            found[info.name] = _words(info, inside)
    except ArchiveInvalid as error:
        raise InvalidValue(str(error)) from error
    except OSError as error:
        raise InvalidValue("cannot read %s: %s" % (error.filename, error.strerror)) from error
    return found


def of_archive(path: str) -> Contents:
    """What a tar archive holds, compressed or not. Raises InvalidValue."""
    try:
        with tarfile.open(path, "r:*") as archive:
            return _read((info, archive.extractfile(info) if info.isreg() else None) for info in archive)
    except OSError as error:
        raise InvalidValue("cannot read %s: %s" % (path, error.strerror or error)) from error
    except (tarfile.TarError, EOFError) as error:
        raise InvalidValue("%s is no tar archive, or damaged: %s" % (path, error)) from error


def of_stream(parts: Iterable[bytes]) -> Contents:
    """What an archive holds that comes in parts. Raises ArchiveInvalid."""
    return _read(entries(parts))


def _read(found: Iterable[Tuple[tarfile.TarInfo, Any]]) -> Contents:
    contents: Contents = {}
    links: Dict[str, str] = {}
    for info, content in found:
        name = _name(info.name)
        if not name:  # the tree itself belongs to the volume
            continue
        for one in (contents, links):
            one.pop(name, None)
        if info.islnk():
            target = _name(info.linkname)
            links[name] = links.get(target, target)
        else:
            contents[name] = _words(info, "" if content is None else _digest(content))
    return _with_links(contents, links)


def _with_links(contents: Contents, links: Mapping[str, str]) -> Contents:
    """Of the names that one file has, the first is said to be the file: archives have it under any of them."""
    names: Dict[str, List[str]] = {}
    for name, target in links.items():
        names.setdefault(target, [target]).append(name)
    for target, same in names.items():
        words = contents.pop(target, "a file that is not in the archive")
        first, *others = sorted(same, key=lambda one: one.split("/"))
        contents[first] = words
        contents.update(dict.fromkeys(others, "the same as %s" % first))
    return contents


def _name(path: str) -> str:
    return "/".join(part for part in path.split("/") if part not in ("", "."))


def _digest(content: Any) -> str:
    digest = hashlib.sha256()
    while True:
        part = content.read(_SIZE)
        if not part:
            return digest.hexdigest()
        digest.update(part)


def _words(info: tarfile.TarInfo, inside: str) -> str:
    owner = "owner %d:%d" % (info.uid, info.gid)
    if info.issym():
        return "link to %s, %s" % (info.linkname, owner)
    kind = "directory" if info.isdir() else "file" if info.isreg() else "special file"
    found = "%s, mode %04o, %s" % (kind, info.mode & 0o7777, owner)
    return "%s, %d bytes, sha256 %s" % (found, info.size, inside) if info.isreg() else found
