# SPDX-License-Identifier: GPL-3.0-or-later
"""What is at a path of a container, as the Engine says it beside archives. Works for stopped containers too."""

from __future__ import annotations

import base64
import json
import posixpath
from typing import Mapping, NamedTuple, Optional

from ...engine.api import container_files
from ...engine.client import Engine
from ...engine.errors import ApiError, EngineError, NotFound
from ...values.errors import InvalidOption

FILE, DIRECTORY, LINK, OTHER = "file", "directory", "symbolic link", "special file"
# Go's FileMode, as in the header X-Docker-Container-Path-Stat: devices, pipes, sockets, and what is none of these.
_DIRECTORY, _LINK, _SPECIAL = 1 << 31, 1 << 27, 1 << 26 | 1 << 25 | 1 << 24 | 1 << 21 | 1 << 19
# No list of accounts is longer.
_LONGEST_FILE = 1 << 20


class Stat(NamedTuple):
    """`target` is where a link leads in the end, absolute."""

    kind: str
    target: str = ""


def decode(headers: Mapping[str, str]) -> Stat:
    """Read the header of an answer to a request for an archive."""
    try:
        document = json.loads(base64.b64decode(headers["X-Docker-Container-Path-Stat"]).decode("utf-8"))
        mode, target = document["mode"], document.get("linkTarget") or ""
    except (KeyError, ValueError) as error:
        raise EngineError("the Engine does not say what is there") from error
    for bits, kind in ((_DIRECTORY, DIRECTORY), (_LINK, LINK), (_SPECIAL, OTHER)):
        if mode & bits:
            return Stat(kind, target)
    return Stat(FILE)


def stat(engine: Engine, container: str, path: str) -> Optional[Stat]:
    """What is at the path itself, None for nothing (HEAD /containers/{id}/archive)."""
    try:
        headers = engine.head(container_files.archive_info(container, path))
    except ApiError:
        # An answer to HEAD has no words. This one has.
        try:
            with engine.chunks(container_files.get_archive(container, path)) as body:
                headers = body.headers
        except ApiError as error:
            if not is_below_file(error):
                raise
            headers = None
    return None if headers is None else decode(headers)


def is_below_file(error: ApiError) -> bool:
    """Whether there is nothing at a path since something above it is no directory. Engines answer with status 500."""
    return isinstance(error, NotFound) or "not a directory" in error.message


def normal(option: str, path: str) -> str:
    """A path in a container: absolute, without . and .. and double slashes. Raises InvalidOption."""
    if not path or "\0" in path:
        raise InvalidOption(option, "%r is no path" % path)
    return posixpath.normpath("/" + path.lstrip("/"))


def followed(engine: Engine, container: str, path: str) -> str:
    """The path that a link leads to, in the end; the same path where there is no link."""
    found = stat(engine, container, path)
    return found.target if found is not None and found.kind == LINK and found.target else path


def read(engine: Engine, container: str, path: str) -> Optional[bytes]:
    """A short file of the container, links followed; None where there is none."""
    from ...engine.archive import entries

    try:
        with engine.chunks(container_files.get_archive(container, followed(engine, container, path))) as body:
            for _info, content in entries(body):
                return None if content is None else content.read(_LONGEST_FILE)
    except NotFound:
        pass
    return None
