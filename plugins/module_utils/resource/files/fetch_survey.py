# SPDX-License-Identifier: GPL-3.0-or-later
"""What a container has, and where that differs from what is on this machine; contents are compared while they are read.

A container's archive is not to be trusted: what would not stay below the destination is refused, before anything is
written, and again when it is read to be written.
"""

from __future__ import annotations

import os
import posixpath
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Set, Tuple

from ...engine.api import container_files
from ...engine.archive import ArchiveInvalid, Content, unpack
from ...engine.client import Engine
from ...engine.errors import ApiError
from ...values.errors import InvalidOption
from .entries import Entry, from_archive, from_disk
from .fetch_options import permissions
from .stats import DIRECTORY, FILE, LINK, is_below_file

Found = Tuple[str, Any, Optional[Content]]


class Difference(NamedTuple):
    """What should be on this machine, and what is."""

    wanted: Entry
    there: Optional[Entry]


def differences(engine: Engine, context: Any) -> Dict[str, Difference]:
    """By the names below the destination, which is "" itself. Raises InvalidOption and EngineError."""
    found: Dict[str, Difference] = {}
    broken: Set[str] = set()  # where a directory is still to be made
    for name, info, content in fetched(engine, context, None):
        wanted = _wanted(from_archive(info), context.options)
        there = None if os.path.dirname(name) in broken and name else _on_disk(context.dest, name)
        if wanted.kind == DIRECTORY and (there is None or there.kind != DIRECTORY):
            broken.add(name)
        _check_place(context, name, wanted, there)
        if there is None or (context.options["force"] and not _same(context, name, wanted, there, content)):
            found[name] = Difference(wanted, there)
    return found


def fetched(engine: Engine, context: Any, only: Optional[Set[str]]) -> Iterator[Found]:
    """The entries, as (name below what is fetched, header, content). Hard links are files of their own here, read at
    the end. `only`: a set of names; when it is empty, nothing more is read."""
    alone: List[str] = []
    for name, info, content in _entries(engine, context.name, context.path, context.options["links_out"]):
        if info.islnk():
            alone.append(name)
        else:
            yield name, info, content
        if not name and not info.isdir():
            return
        if only is not None and not only:
            return
    for name in alone:
        if only is None or name in only:
            path = posixpath.join(context.path, name)
            for _name, info, content in _entries(engine, context.name, path, context.options["links_out"]):
                yield name, info, content
                break


def _entries(engine: Engine, container: str, path: str, links_out: bool) -> Iterator[Found]:
    try:
        body = engine.chunks(container_files.get_archive(container, path))
    except ApiError as error:
        if not is_below_file(error):
            raise
        raise InvalidOption("container_path", "there is nothing at %s in container %s" % (path, container)) from error
    root: Optional[List[str]] = None
    with body:
        for info, content in unpack(body, links_out=True):
            names = [one for one in info.name.split("/") if one not in ("", ".")]
            root = names if root is None else root
            if names[: len(root)] != root:
                raise ArchiveInvalid("the archive has an entry outside of its root: %r" % info.name)
            name = "/".join(names[len(root) :])
            if info.issym() and not links_out:
                _check_link(name, info.linkname)
            yield name, info, content


def _check_link(name: str, target: str) -> None:
    """A link stays below the destination, and leads to what is below it. Raises ArchiveInvalid."""
    leads_to = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
    if name and not leads_to.startswith("/") and leads_to.split("/")[0] != "..":
        return
    if not name:
        raise ArchiveInvalid(
            "it is a symbolic link, to %r. follow=true fetches what that is, links_out=true the link itself" % target
        )
    raise ArchiveInvalid(
        "the symbolic link %r leads to %r, outside of what is fetched. links_out=true keeps such links" % (name, target)
    )


def _wanted(entry: Entry, options: Any) -> Entry:
    """As it should be on this machine. A container does not get to say what runs with somebody else's rights."""
    mode = None if entry.mode is None else entry.mode & 0o777
    given = permissions(options, "directory_mode" if entry.kind == DIRECTORY else "mode")
    if given is not None and entry.kind in (FILE, DIRECTORY):
        mode = given
    if options["preserve_owner"]:
        return entry._replace(mode=mode)
    return entry._replace(mode=mode, uid=None, gid=None)


def _on_disk(dest: str, name: str) -> Optional[Entry]:
    path = os.path.join(dest, name) if name else dest
    try:
        return from_disk(path)
    except OSError as error:
        raise InvalidOption("dest", "cannot look at %s: %s" % (path, error.strerror)) from error


def _check_place(context: Any, name: str, wanted: Entry, there: Optional[Entry]) -> None:
    where = os.path.join(context.dest, name) if name else context.dest
    if there is not None and there.kind == DIRECTORY and wanted.kind != DIRECTORY:
        raise InvalidOption("dest", "%s is a directory, and what is to be fetched is a %s" % (where, wanted.kind))
    if not name and there is not None and there.kind == LINK and wanted.kind == DIRECTORY:
        raise InvalidOption("dest", "%s is a symbolic link. Name the directory that it leads to" % where)


def _same(context: Any, name: str, wanted: Entry, there: Entry, content: Optional[Content]) -> bool:
    if wanted.kind == there.kind == DIRECTORY:
        # Those that exist keep their permissions unless the task speaks of them.
        return context.options["directory_mode"] is None or there.mode == wanted.mode
    if there.seen_as(wanted) != wanted:
        return False
    return content is None or _same_content(os.path.join(context.dest, name) if name else context.dest, content)


def _same_content(path: str, content: Content) -> bool:
    try:
        with open(path, "rb") as file:
            return all(file.read(len(part)) == bytes(part) for part in content.parts()) and not file.read(1)
    except OSError as error:
        raise InvalidOption("dest", "cannot read %s: %s" % (path, error.strerror)) from error
