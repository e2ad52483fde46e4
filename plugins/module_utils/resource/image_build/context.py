# SPDX-License-Identifier: GPL-3.0-or-later
"""The context of a build: which files belong to it, and the archive that they are sent in."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from typing import Iterator, NamedTuple, Optional

from ...engine.archive import ArchiveInvalid, Member, from_bytes, from_path
from ...values.dockerignore import Ignore, Matches, read_patterns
from ...values.errors import InvalidOption, InvalidValue
from .recipe import Recipe

IGNORE_FILE = ".dockerignore"


class Context(NamedTuple):
    """What `read_context` has seen. Nothing but the Dockerfile and the rules is in memory.

    dockerfile  its name within the archive
    text        its content
    extra       it is no file of the context (outside of it, or behind a link), so it is added under a name of its own
    ignore      what is left out
    own_rules   the rules are those of NAME.dockerignore beside the Dockerfile, which only BuildKit knows
    """

    path: str
    dockerfile: str
    text: bytes
    extra: bool
    ignore: Ignore
    own_rules: bool

    @property
    def hides_dockerfile(self) -> bool:
        """Whether COPY must not see the Dockerfile although the builder has to be given it."""
        return self.extra or self.ignore.leaves_out(self.dockerfile)


def read_context(recipe: Recipe) -> Context:
    """Read the Dockerfile and the rules. Raises InvalidOption."""
    path = os.path.realpath(recipe.path)
    written = recipe.dockerfile_path
    content = _read("dockerfile", written)
    # Is it a plain file of the context? Through a link it might lead anywhere.
    place = os.path.normpath(os.path.join(path, os.path.relpath(written, recipe.path)))
    extra = os.path.realpath(written) != place or not place.startswith(path + os.sep)
    name = ".dockerfile." + hashlib.sha256(content).hexdigest()[:20] if extra else os.path.relpath(place, path)
    own = written + IGNORE_FILE
    own_rules = os.path.isfile(own)
    rules = own if own_rules else os.path.join(path, IGNORE_FILE)
    try:
        text = _read("path", rules).decode("utf-8", "surrogateescape") if os.path.isfile(rules) else ""
        ignore = Ignore(read_patterns(text))
    except InvalidValue as error:
        raise InvalidOption("path", "%s: %s" % (rules, error)) from None
    return Context(path, name, content, extra, ignore, own_rules)


def _read(option: str, path: str) -> bytes:
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError as error:
        raise InvalidOption(option, "cannot read %s: %s" % (path, error.strerror)) from None


def entries(context: Context) -> Iterator[str]:
    """The paths that belong to the context, relative, in order, folders before what is in them.

    Sockets, pipes and devices do not. Raises ArchiveInvalid.
    """
    return _walk(context.path, "", context.ignore, ())


def _walk(folder: str, prefix: str, ignore: Ignore, above: Matches) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            inside = sorted((one.name, one.is_dir(follow_symlinks=False)) for one in found)
    except OSError as error:
        raise ArchiveInvalid("cannot read %s: %s" % (folder, error.strerror)) from error
    for name, is_folder in inside:
        relative = prefix + name
        matches = ignore.matches(relative, above)
        left_out = ignore.decide(matches)
        if not left_out:
            yield relative
        if is_folder and not (left_out and ignore.leaves_out_all_below(relative)):
            yield from _walk(os.path.join(folder, name), relative + "/", ignore, matches)


def member(context: Context, relative: str) -> Optional[Member]:
    """The entry of the archive. Owner and group are root's, as the docker CLI and BuildKit have them; None for what an
    archive cannot hold. Raises ArchiveInvalid."""
    path = os.path.join(context.path, relative)
    try:
        mode = os.lstat(path).st_mode
    except OSError as error:
        raise ArchiveInvalid("cannot read %s: %s" % (path, error.strerror)) from error
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)):
        return None
    found = from_path(path, relative)
    found.info.uid = found.info.gid = 0
    return found


def members(context: Context, engine_hides: bool) -> Iterator[Member]:
    """All that is sent. `engine_hides`: the builder reads .dockerignore once more, and hides itself and the Dockerfile
    from COPY where that says so (the one before BuildKit does)."""
    rules = _rules(context) if engine_hides else None
    for relative in entries(context):
        if relative in (context.dockerfile, IGNORE_FILE if rules else ""):
            continue
        found = member(context, relative)
        if found is not None:
            yield found
    yield _dockerfile(context)
    if rules:
        yield rules


def _dockerfile(context: Context) -> Member:
    mode = 0o644 if context.extra else stat.S_IMODE(os.stat(os.path.join(context.path, context.dockerfile)).st_mode)
    return from_bytes(context.dockerfile, context.text, mode)


def _rules(context: Context) -> Optional[Member]:
    """The .dockerignore that hides from COPY what is sent for the builder's sake alone: itself where the rules leave it
    out, or where there is none; and the Dockerfile. None where nothing has to be hidden, and there is no such file."""
    path = os.path.join(context.path, IGNORE_FILE)
    visible = os.path.isfile(path) and not context.ignore.leaves_out(IGNORE_FILE)
    if not visible and not context.hides_dockerfile:
        return None
    text = _read("path", path) if visible else IGNORE_FILE.encode()
    if context.hides_dockerfile and (context.extra or context.own_rules or not visible):
        name = re.sub(r"([*?\[\]\\])", r"\\\1", context.dockerfile)
        text += ("\n/%s\n" % name).encode("utf-8", "surrogateescape")
    return from_bytes(IGNORE_FILE, text)
