# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to be copied into a container: files of this machine, or a text of the task."""

from __future__ import annotations

import base64
import binascii
import os
from typing import Any, Dict, Iterator, Mapping, NamedTuple, Optional, Tuple, Union

from ...values.errors import InvalidOption
from . import modes
from .entries import Entry, from_disk
from .stats import DIRECTORY, FILE, LINK, OTHER


class Item(NamedTuple):
    """What should be in the container, and its content: bytes, or the path of a file."""

    wanted: Entry
    content: Union[bytes, str] = b""


def items(options: Mapping[str, Any], uid: int, gid: int) -> Dict[str, Item]:
    """By the path below what is copied, which is "" itself; directories come before what is in them. Raises
    InvalidOption."""
    mode = modes.parse(options, "mode")
    if options["content"] is not None:
        data = text(options)
        return {"": Item(Entry(FILE, mode, uid, gid, len(data)), data)}
    directory_mode = modes.parse(options, "directory_mode")
    found: Dict[str, Item] = {}
    for relative, path, entry in _walk(options["path"], options["local_follow"]):
        if entry.kind == DIRECTORY:
            wanted = entry._replace(mode=entry.mode if directory_mode is None else directory_mode, uid=uid, gid=gid)
        elif entry.kind == LINK:
            wanted = entry._replace(uid=uid, gid=gid)
        else:
            wanted = entry._replace(mode=entry.mode if mode is None else mode, uid=uid, gid=gid)
        found[relative] = Item(wanted, path)
    return found


def text(options: Mapping[str, Any]) -> bytes:
    """The bytes of `content`. Raises InvalidOption, without quoting them: they may be a secret."""
    content = str(options["content"]).encode("utf-8", "surrogateescape")
    if not options["content_is_b64"]:
        return content
    try:
        return base64.b64decode(content, validate=False)
    except binascii.Error as error:
        raise InvalidOption("content", "is not in base64, as content_is_b64 says: %s" % error) from None


def _walk(path: str, follow: bool) -> Iterator[Tuple[str, str, Entry]]:
    top = _entry(path, follow)
    if top is None:
        raise InvalidOption("path", "Cannot find local file %s" % path, whole=True)
    if top.kind == OTHER:
        raise InvalidOption("path", "%s is neither a file, a directory nor a symbolic link" % path)
    yield "", path, top
    if top.kind == DIRECTORY:
        for folder, folders, files in os.walk(path, onerror=_unreadable):
            folders.sort()
            for name in sorted(folders + files):
                full = os.path.join(folder, name)
                entry = _entry(full, False)
                if entry is not None and entry.kind != OTHER:
                    yield os.path.relpath(full, path), full, entry


def _entry(path: str, follow: bool) -> Optional[Entry]:
    try:
        return from_disk(path, follow)
    except OSError as error:
        raise _cannot_read(error) from error


def _unreadable(error: OSError) -> None:
    raise _cannot_read(error) from error


def _cannot_read(error: OSError) -> InvalidOption:
    return InvalidOption("path", "cannot read %s: %s" % (error.filename, error.strerror))
