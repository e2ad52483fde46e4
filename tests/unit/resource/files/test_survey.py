# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is found in a container is the same however much of its archive is read."""

from __future__ import annotations

import posixpath
import tarfile
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.archive import from_bytes, pack
from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import NotFound
from ansible_collections.longshore.docker.plugins.module_utils.resource.files import accounts, modes
from ansible_collections.longshore.docker.plugins.module_utils.resource.files.entries import Entry
from ansible_collections.longshore.docker.plugins.module_utils.resource.files.source import Item
from ansible_collections.longshore.docker.plugins.module_utils.resource.files.survey import FOREIGN, survey
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption

# What is in the container, by path: content, None for a directory, (target,) for a symbolic, [target] for a hard link.
CONTAINER: dict[str, Any] = {
    "/t": None,
    "/t/big": b"x" * 10_000,
    "/t/hard": ["/t/one"],
    "/t/in": None,
    "/t/in/two": b"2",
    "/t/link": ("one",),
    "/t/one": b"1",
}


class Parts(list[bytes]):
    headers: dict[str, str] = {}

    def __enter__(self) -> Parts:
        return self

    def __exit__(self, *_exc_info: object) -> None:
        pass


class Files:
    """An Engine whose container has these files."""

    def __init__(self, files: dict[str, Any]) -> None:
        self.files = files

    def head(self, call: Call) -> dict[str, str] | None:
        # {"mode": 420}
        header = {"X-Docker-Container-Path-Stat": "eyJtb2RlIjogNDIwfQ=="}
        return header if call.query["path"] in self.files else None

    def chunks(self, call: Call) -> Parts:
        top = call.query["path"]
        if top not in self.files:
            raise NotFound("GET", call.path, 404, "no such file")
        below = [path for path in self.files if path == top or path.startswith(top + "/")]
        return Parts(pack(self._member(path, top) for path in below))

    def _member(self, path: str, top: str) -> Any:
        content, above = self.files[path], posixpath.dirname(top)
        if isinstance(content, list) and path == top:
            content = self.files[content[0]]
        made = from_bytes(posixpath.relpath(path, above), content if isinstance(content, bytes) else b"", 0o755)
        if content is None:
            made.info.type = tarfile.DIRTYPE
        elif isinstance(content, tuple):
            made.info.type, made.info.linkname = tarfile.SYMTYPE, content[0]
        elif isinstance(content, list):
            made.info.type, made.info.linkname = tarfile.LNKTYPE, posixpath.relpath(content[0], above)
        return made


def file(content: bytes) -> Item:
    return Item(Entry("file", 0o755, 0, 0, len(content)), content)


WANTED = {
    "": Item(Entry("directory", 0o755, 0, 0)),
    "hard": file(b"1"),
    "in": Item(Entry("directory", 0o755, 0, 0)),
    "in/two": file(b"3"),
    "link": Item(Entry("symbolic link", None, 0, 0, 0, "one")),
    "none": Item(Entry("directory", 0o755, 0, 0)),
    "none/below": file(b"1"),
    "one": file(b"1"),
}


@pytest.mark.parametrize("foreign", [FOREIGN, 0, 9_999])
def test_a_directory(foreign: int) -> None:
    engine: Any = Files(CONTAINER)
    seen = survey(engine, "web", "/t", WANTED, 0, foreign)
    assert {name: (one.entry.kind, one.same) for name, one in seen.items()} == {
        "": ("directory", True),
        "hard": ("file", True),
        "in": ("directory", True),
        "in/two": ("file", False),
        "link": ("symbolic link", True),
        "one": ("file", True),
    }


def test_nothing() -> None:
    engine: Any = Files({})
    assert survey(engine, "web", "/t", WANTED, 0) == {}


ACCOUNTS = {
    "/etc/passwd": b"root:x:0:0::/:/bin/sh\nbroken\napp:x:7:8::/:/bin/sh\n+::::::\n",
    "/etc/group": b"root:x:0:\nstaff:x:50:app\n",
}


@pytest.mark.parametrize(
    ("user", "found"),
    [
        ("", (0, 0)),
        ("root", (0, 0)),
        ("app", (7, 8)),
        ("7", (7, 8)),
        ("9", (9, 0)),
        ("app:staff", (7, 50)),
        ("9:3", (9, 3)),
        ("0:staff", (0, 50)),
    ],
)
def test_whose_the_copy_is(user: str, found: tuple[int, int]) -> None:
    engine: Any = Files(ACCOUNTS)
    assert accounts.owner(engine, "web", user) == found


@pytest.mark.parametrize("user", ["nobody", "app:nobody", "broken", "+"])
def test_an_owner_that_is_not_known(user: str) -> None:
    engine: Any = Files(ACCOUNTS)
    with pytest.raises(InvalidOption, match="owner_id: is needed, and group_id"):
        accounts.owner(engine, "web", user)


@pytest.mark.parametrize(
    ("value", "how", "found"),
    [
        (0o644, "legacy", 0o644),
        ("644", "legacy", 644),
        ("0644", "modern", 0o644),
        ("0o644", "modern", 0o644),
        (420, "modern", 0o644),
        ("0644", "octal_string_only", 0o644),
        (None, "legacy", None),
    ],
)
def test_modes(value: object, how: str, found: int | None) -> None:
    assert modes.parse({"mode": value, "mode_parse": how}, "mode") == found


@pytest.mark.parametrize(
    ("value", "how"),
    [
        ("", "legacy"),
        ("rw", "modern"),
        (True, "modern"),
        (1.5, "legacy"),
        (0o10000, "legacy"),
        (420, "octal_string_only"),
    ],
)
def test_modes_that_are_none(value: object, how: str) -> None:
    with pytest.raises(InvalidOption, match=r"\bmode\b"):
        modes.parse({"mode": value, "mode_parse": how}, "mode")
