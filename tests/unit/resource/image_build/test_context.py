# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is sent of a context, and what of it goes into the digest."""

from __future__ import annotations

import io
import os
import socket
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.archive import ArchiveInvalid, pack
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_build.context import (
    entries,
    members,
    read_context,
)
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_build.digest import (
    digest,
    read_bases,
    write_bases,
)
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_build.recipe import Recipe, recipe_of
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption

FROM = "FROM a\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    made = tmp_path / "context"
    write(made, {"Dockerfile": FROM, "a": "1", "b/c": "2", "b/d.log": "3"})
    return made


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def link(path: Path, target: str) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def recipe(path: Path, **options: Any) -> Recipe:
    return recipe_of({"path": str(path), **options}, ("app:1",))


def sent(path: Path, engine_hides: bool = True, **options: Any) -> dict[str, str | None]:
    """The archive, as tarfile reads it."""
    data = b"".join(pack(members(read_context(recipe(path, **options)), engine_hides)))
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        assert {(one.uid, one.gid, one.uname) for one in archive} == {(0, 0, "")}
        files = {one.name: archive.extractfile(one) if one.isreg() else None for one in archive}
        return {name: file.read().decode() if file else None for name, file in files.items()}


def digest_of(path: Path, **options: Any) -> str:
    made = recipe(path, **options)
    return digest(made, read_context(made))


def test_a_folder(tree: Path) -> None:
    assert sent(tree) == {"Dockerfile": FROM, "a": "1", "b": None, "b/c": "2", "b/d.log": "3"}


def test_what_is_ignored_is_not_sent_but_for_what_the_builder_needs(tree: Path) -> None:
    write(tree, {".dockerignore": "*\n!b/c\n"})
    rules = "\n/Dockerfile\n"
    assert sent(tree) == {"Dockerfile": FROM, "b/c": "2", ".dockerignore": ".dockerignore" + rules}
    assert sent(tree, engine_hides=False) == {"Dockerfile": FROM, "b/c": "2"}


def test_rules_that_are_visible_are_sent_as_they_are(tree: Path) -> None:
    write(tree, {".dockerignore": "Dockerfile\nb\n"})
    assert sent(tree) == {"Dockerfile": FROM, "a": "1", ".dockerignore": "Dockerfile\nb\n"}
    assert sent(tree, engine_hides=False) == sent(tree)


def test_a_dockerfile_has_rules_of_its_own(tree: Path) -> None:
    write(tree, {".dockerignore": "a", "b/Dockerfile": FROM, "b/Dockerfile.dockerignore": "b\n"})
    found = sent(tree, dockerfile="b/Dockerfile")
    assert found == {"Dockerfile": FROM, "a": "1", "b/Dockerfile": FROM, ".dockerignore": "a\n/b/Dockerfile\n"}
    assert sent(tree, False, dockerfile="b/Dockerfile")[".dockerignore"] == "a"


@pytest.mark.parametrize("way", ["outside", "link", "folder behind a link"])
def test_a_dockerfile_that_is_no_file_of_the_context(tree: Path, tmp_path: Path, way: str) -> None:
    write(tmp_path, {"other/Dockerfile": "FROM b"})
    name = {"outside": "../other/Dockerfile", "link": "l", "folder behind a link": "l/Dockerfile"}[way]
    if way == "link":
        (tree / "l").symlink_to("../other/Dockerfile")
    if way == "folder behind a link":
        (tree / "l").symlink_to("../other")
    context = read_context(recipe(tree, dockerfile=name))
    found = sent(tree, dockerfile=name)
    assert context.extra and context.hides_dockerfile
    assert found[context.dockerfile] == "FROM b"
    assert found[".dockerignore"] == ".dockerignore\n/%s\n" % context.dockerfile
    assert ".dockerignore" not in sent(tree, False, dockerfile=name)


def test_a_context_behind_a_link(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tree)
    assert sent(tmp_path / "link") == sent(tree)
    assert digest_of(tmp_path / "link") == digest_of(tree)


def test_links_are_sent_as_links_and_what_is_no_file_is_not(tree: Path) -> None:
    (tree / "link").symlink_to("/etc/passwd")
    os.mkfifo(tree / "pipe")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tree / "socket"))
    before = digest_of(tree)
    assert set(sent(tree)) == {"Dockerfile", "a", "b", "b/c", "b/d.log", "link"}
    os.unlink(tree / "pipe")
    assert digest_of(tree) == before


def test_a_folder_that_is_left_out_is_read_only_where_it_has_to_be(tree: Path) -> None:
    write(tree, {".dockerignore": "b\n"})
    (tree / "b").chmod(0)
    try:
        assert list(entries(read_context(recipe(tree)))) == [".dockerignore", "Dockerfile", "a"]
    finally:
        (tree / "b").chmod(0o755)


def test_a_file_that_goes_away(tree: Path) -> None:
    found = members(read_context(recipe(tree)), True)
    next(found)
    (tree / "b").rename(tree / "away")
    with pytest.raises(ArchiveInvalid, match="/b: No such file"):
        list(found)


CHANGES: dict[str, Callable[[Path], object]] = {
    "content": lambda tree: (tree / "a").write_text("2"),
    "mode": lambda tree: (tree / "a").chmod(0o600),
    "mode of a folder": lambda tree: (tree / "b").chmod(0o700),
    "name": lambda tree: (tree / "a").rename(tree / "A"),
    "more": lambda tree: (tree / "e").write_text(""),
    "an empty folder": lambda tree: (tree / "e").mkdir(),
    "less": lambda tree: (tree / "a").unlink(),
    "Dockerfile": lambda tree: (tree / "Dockerfile").write_text(FROM + "# a comment"),
    "kind": lambda tree: link(tree / "a", "1"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_counts(tree: Path, change: str) -> None:
    before = digest_of(tree)
    assert digest_of(tree) == before
    CHANGES[change](tree)
    assert digest_of(tree) != before


def test_where_a_link_leads_counts(tree: Path) -> None:
    found = set()
    for target in ("a", "b"):
        link(tree / "link", target)
        found.add(digest_of(tree))
    assert len(found) == 2


def test_times_and_ignored_files_do_not_count(tree: Path) -> None:
    write(tree, {".dockerignore": "**/*.log"})
    before = digest_of(tree)
    os.utime(tree / "a", (1, 1))
    write(tree, {"x.log": "", "b/d.log": "4"})
    assert digest_of(tree) == before


@pytest.mark.parametrize(
    "options",
    [
        {"args": {"A": "1"}}, {"labels": {"A": "1"}}, {"target": "x"}, {"platform": ["arm64"]}, {"network": "none"},
        {"etc_hosts": {"a": "10.0.0.1"}}, {"shm_size": "1m"}, {"secrets": [{"id": "x", "type": "env", "env": "A"}]},
        {"outputs": [{"type": "image"}]},
    ],
)  # fmt: skip
def test_options_that_count(tree: Path, options: dict[str, Any]) -> None:
    assert digest_of(tree, **options) != digest_of(tree)


@pytest.mark.parametrize("options", [{"nocache": True}, {"pull": True}, {"cache_from": ["a"]}, {"builder": "classic"}])
def test_options_that_steer_do_not_count(tree: Path, options: dict[str, Any]) -> None:
    assert digest_of(tree, **options) == digest_of(tree)


def test_no_secret_counts(tree: Path) -> None:
    """A digest of a short secret would tell it."""
    secrets = [[{"id": "x", "type": "value", "value": value}] for value in ("one", "two")]
    assert digest_of(tree, secrets=secrets[0]) == digest_of(tree, secrets=secrets[1])


def test_rules_that_cannot_be_read(tree: Path) -> None:
    write(tree, {".dockerignore": "[a"})
    with pytest.raises(InvalidOption, match=r"context/.dockerignore: '\[a' in .dockerignore is no pattern"):
        read_context(recipe(tree))


def test_bases() -> None:
    bases = {"b:1": "sha256:2", "a@sha256:0": "sha256:1"}
    assert read_bases(write_bases(bases)) == bases
    assert read_bases("a nonsense= =x b=c") == {"": "x", "b": "c"}
