# SPDX-License-Identifier: GPL-3.0-or-later
"""Containers: their file systems."""

from __future__ import annotations

from typing import Any, Mapping, Optional
from urllib.parse import quote

from ..call import Call


def _path(name: str, rest: str) -> str:
    return "/containers/" + quote(name, safe="") + rest


def archive_info(name: str, path: str) -> Call:
    """What is at a path (HEAD /containers/{id}/archive): for `Engine.head`.

    The header X-Docker-Container-Path-Stat holds base64 of a JSON document: name, size, mode, mtime, linkTarget.
    """
    return Call("HEAD", _path(name, "/archive"), {"path": path})


def get_archive(name: str, path: str) -> Call:
    """A file or directory as a tar archive (GET /containers/{id}/archive): for `Engine.chunks`.

    The archive's entries begin with the last part of the path. The header of `archive_info` comes too.
    """
    return Call("GET", _path(name, "/archive"), {"path": path})


def put_archive(
    name: str, path: str, no_overwrite_dir_non_dir: Optional[bool] = None, copy_uid_gid: Optional[bool] = None
) -> Call:
    """Unpack a tar archive in an existing directory (PUT /containers/{id}/archive): for `Engine.upload`.

    `no_overwrite_dir_non_dir` refuses to replace a directory by something else and the other way round;
    `copy_uid_gid` gives the files to the owner of the directory.
    """
    query = {"path": path, "noOverwriteDirNonDir": no_overwrite_dir_non_dir, "copyUIDGID": copy_uid_gid}
    return Call("PUT", _path(name, "/archive"), query)


def export(name: str) -> Call:
    """The whole file system as a tar archive, volumes excepted (GET /containers/{id}/export): for `Engine.chunks`."""
    return Call("GET", _path(name, "/export"))


def changes(name: str) -> Call:
    """What differs from the image (GET /containers/{id}/changes): Path, and Kind 0 modified, 1 added, 2 deleted.

    Nothing differs: the reply is null.
    """
    return Call("GET", _path(name, "/changes"))


def commit(
    container: str,
    repository: Optional[str] = None,
    tag: Optional[str] = None,
    comment: Optional[str] = None,
    author: Optional[str] = None,
    pause: Optional[bool] = None,
    changes: Optional[str] = None,
    config: Optional[Mapping[str, Any]] = None,
) -> Call:
    """Make an image of a container (POST /commit); the reply holds Id.

    `changes` are Dockerfile instructions, one a line. `config` replaces the image's configuration: what it lacks is
    taken from the container. The Engine pauses the container meanwhile unless `pause` is False.
    """
    query = {
        "container": container,
        "repo": repository,
        "tag": tag,
        "comment": comment,
        "author": author,
        "pause": pause,
        "changes": changes,
    }
    return Call("POST", "/commit", query, None if config is None else dict(config))
