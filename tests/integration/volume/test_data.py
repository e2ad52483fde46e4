# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What volumes hold, where no container has them: a container is made to look at them, and goes again."""

from __future__ import annotations

import concurrent.futures
import gzip
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import containers, image_store, volumes
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.plugins.module_utils.resource.volume import helper
from ansible_collections.longshore.docker.plugins.modules.volume import TASK
from ansible_collections.longshore.docker.tests.engines.image import BUSYBOX
from ansible_collections.longshore.docker.tests.engines.proxy import Proxy, cut_after, refused
from ansible_collections.longshore.docker.tests.integration.container.service import run
from ansible_collections.longshore.docker.tests.integration.volume.files import make_files

NAME, OTHER = "ls-held", "ls-held-too"


class Volumes:
    def __init__(self, socket: str, folder: Path) -> None:
        self.socket, self.folder = socket, folder
        self.engine: Engine = open_engine({"docker_host": "unix://" + socket}, {})
        self.clean()
        make_files(folder)

    def task(self, options: dict[str, Any], by: str = "", **modes: Any) -> dict[str, Any]:
        return run(by or self.socket, {"volume_name": NAME, **options}, task=TASK, **modes)

    def done(self, options: dict[str, Any], **modes: Any) -> dict[str, Any]:
        """As task, which has to succeed and to leave no container behind."""
        result = self.task(options, **modes)
        assert not result.get("failed"), result
        assert self.helpers() == []
        return result

    def helpers(self) -> list[Any]:
        found: list[Any] = self.engine.send(containers.list_(all_=True, filters={"label": ["longshore.volume"]}))
        return found

    def backup(self, volume: str, name: str) -> Path:
        path = self.folder / name
        self.done({"volume_name": volume, "backup": str(path)})
        return path

    def clean(self) -> None:
        for name in (NAME, OTHER):
            if self.engine.get(volumes.inspect(name)):
                self.engine.send(volumes.remove(name))


@pytest.fixture
def made(engine_socket: str, busybox_image: str, tmp_path: Path) -> Iterator[Volumes]:
    found = Volumes(engine_socket, tmp_path)
    try:
        yield found
    finally:
        found.clean()
        found.engine.close()


def listed(path: Path) -> dict[str, tuple[Any, ...]]:
    with tarfile.open(path) as archive:
        return {
            one.name: (one.type, one.mode, one.uid, one.gid, one.size, one.linkname, one.mtime)
            for one in archive
            if one.name not in (".", "./")
        }


def test_filled_saved_and_restored(made: Volumes) -> None:
    tree = str(made.folder / "tree")
    assert made.done({"populate": tree})["diff"]["after"]["populate"]["run.sh"].startswith("file, mode 0755, owner 0:0")
    assert not made.done({"populate": tree})["changed"]
    first = made.backup(NAME, "first.tar")
    assert not made.done({"backup": str(first)})["changed"]
    assert made.done({"volume_name": OTHER, "restore": str(first)})["changed"]
    assert not made.done({"volume_name": OTHER, "restore": str(first)})["changed"]
    assert listed(made.backup(OTHER, "second.tar")) == listed(first)
    assert first.stat().st_mode & 0o777 == 0o600


def test_a_compressed_archive(made: Volumes) -> None:
    path = made.folder / "data.tar.gz"
    path.write_bytes(gzip.compress((made.folder / "data.tar").read_bytes()))
    assert made.done({"restore": str(path)})["changed"]
    assert not made.done({"restore": str(made.folder / "data.tar")})["changed"]


def test_what_is_too_much_goes(made: Volumes) -> None:
    made.done({"populate": str(made.folder / "file.txt"), "labels": {"one": "two"}})
    result = made.done({"restore": str(made.folder / "data.tar")})
    assert result["changed"] and result["volume"]["Labels"] == {"one": "two"}
    assert "./file.txt" not in listed(made.backup(NAME, "all.tar"))
    assert not made.done({"restore": str(made.folder / "data.tar")})["changed"]


def test_check_mode_looks_at_no_volume_that_no_container_has(made: Volumes) -> None:
    made.done({"populate": str(made.folder / "tree")})
    history: list[str] = []
    assert made.task({"populate": str(made.folder / "other")}, check=True, history=history)["changed"]
    assert [one for one in history if not one.startswith("GET")] == []


def test_a_failure_leaves_no_container(made: Volumes) -> None:
    made.done({"populate": str(made.folder / "tree")})
    for strike in ("PUT /containers", "GET /containers/.*/archive"):
        with Proxy(made.socket) as proxy:
            proxy.strike(strike, refused(500))
            result = made.task({"populate": str(made.folder / "other")}, by=proxy.socket)
        assert proxy.struck and result["failed"] and NAME in result["msg"], result
        assert made.helpers() == []


def test_a_lost_answer_leaves_neither_container_nor_volume(made: Volumes) -> None:
    with Proxy(made.socket) as proxy:
        proxy.strike("POST /containers/create", cut_after)
        result = made.task({"populate": str(made.folder / "tree")}, by=proxy.socket)
    assert proxy.struck and result["failed"] and "The new volume was removed" in result["msg"], result
    assert made.helpers() == [] and made.engine.get(volumes.inspect(NAME)) is None


def test_a_lost_answer_before_the_first_look_leaves_no_container(made: Volumes) -> None:
    made.done({"populate": str(made.folder / "tree")})
    with Proxy(made.socket) as proxy:
        proxy.strike("POST /containers/create", cut_after)
        result = made.task({"populate": str(made.folder / "other")}, by=proxy.socket)
    assert proxy.struck and result["failed"], result
    assert made.helpers() == []


def left_behind(made: Volumes) -> str:
    """What a run leaves that was killed while it was at work."""
    (image,) = [one["Id"] for one in made.engine.documents(image_store.list_()) if BUSYBOX in (one["RepoTags"] or ())]
    return str(made.engine.send(containers.create("longshore-volume-left", helper.body(NAME, image)))["Id"])


def test_a_container_that_was_left_behind_is_in_nobody_s_way(made: Volumes) -> None:
    made.done({"populate": str(made.folder / "tree")})
    left = left_behind(made)
    assert made.task({"populate": str(made.folder / "other")})["changed"]
    assert made.task({"backup": str(made.folder / "all.tar")})["changed"]
    # Somebody may be at work with it; it goes when the volume does.
    assert [one["Id"] for one in made.helpers()] == [left]
    assert made.done({"state": "absent"})["changed"]


def test_what_was_left_behind_long_ago_goes_with_the_next_look(made: Volumes, monkeypatch: pytest.MonkeyPatch) -> None:
    made.done({"populate": str(made.folder / "tree")})
    left_behind(made)
    monkeypatch.setattr(helper, "_LEFT_BEHIND", -1)
    assert made.done({"populate": str(made.folder / "other")})["changed"]


def test_two_at_once_have_a_container_each(made: Volumes) -> None:
    made.done({"populate": str(made.folder / "tree")})
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        tasks = [{"backup": str(made.folder / ("%d.tar" % number))} for number in range(4)]
        results = list(pool.map(made.task, tasks))
    assert [one.get("changed") for one in results] == [True] * 4, results
    assert made.helpers() == []


def test_an_archive_that_the_engine_cannot_unpack_costs_nothing(made: Volumes) -> None:
    made.done({"populate": str(made.folder / "file.txt")})
    for options in ({}, {"labels": {"one": "two"}, "recreate": "options-changed"}):
        with Proxy(made.socket) as proxy:
            proxy.strike("PUT /containers", refused(500))
            result = made.task({"restore": str(made.folder / "data.tar"), **options}, by=proxy.socket)
        assert proxy.struck and result["failed"] and not result.get("changed"), result
        assert "trying to unpack" in result["msg"], result
        assert made.helpers() == []
    assert "./file.txt" in listed(made.backup(NAME, "all.tar"))


def test_nobody_looks_for_containers_that_were_left_behind_where_nothing_changes(made: Volumes) -> None:
    task = {"recreate": "options-changed", "labels": {"one": "two"}}
    made.done(task)
    history: list[str] = []
    assert not made.task(task, history=history)["changed"]
    assert len(history) == 1, history


def test_a_backup_is_whole_or_not_there(made: Volumes) -> None:
    made.done({"populate": str(made.folder / "tree")})
    path = made.backup(NAME, "first.tar")
    before, around = path.read_bytes(), sorted(made.folder.iterdir())
    made.done({"populate": str(made.folder / "other")})
    with Proxy(made.socket) as proxy:
        proxy.strike("GET /containers/.*/archive", refused(500))
        assert made.task({"backup": str(path)}, by=proxy.socket)["failed"]
    assert path.read_bytes() == before and sorted(made.folder.iterdir()) == around


def test_made_anew_it_is_filled_again(made: Volumes) -> None:
    task = {"populate": str(made.folder / "tree"), "recreate": "options-changed"}
    made.done(task)
    made.done({"populate": str(made.folder / "file.txt")})
    assert made.done({**task, "labels": {"one": "two"}})["replaced_because"] == ["labels"]
    assert not made.done({**task, "labels": {"one": "two"}})["changed"]
    assert "./file.txt" not in listed(made.backup(NAME, "anew.tar"))
