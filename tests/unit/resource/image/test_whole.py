# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""image: what has to be done besides is foretold although the image has yet to come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import EngineError
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_archive import reading
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_whole.resource import IMAGE
from ansible_collections.longshore.docker.plugins.module_utils.task.task import TaskFailed
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption
from ansible_collections.longshore.docker.tests.unit.resource.image.world import Engine, document, offers, refuses, run
from ansible_collections.longshore.docker.tests.unit.resource.image_archive import archives

APP, COPY = "registry.test/app:1", "copies.test/app:1"
PULL, TAG, PUSH = "POST /images/create", "POST /images/%s/tag", "POST /images/copies.test/app/push"
COPIED = {"source": "pull", "repository": "copies.test/app", "push": True}


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """There is no config.json."""
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))


def foretold_and_done(engine: Engine, **options: Any) -> Any:
    foretold = run(IMAGE, engine, True, name=APP, **options)
    assert engine.wrote() == []
    real = run(IMAGE, engine, name=APP, **options)
    assert (foretold.changed, foretold.before, foretold.after) == (real.changed, real.before, real.after)
    assert foretold.values["actions"] == real.values["actions"]
    return real


def test_pulled_named_and_pushed() -> None:
    engine = Engine()
    engine.registry[APP], engine.arrives = offers("a"), document("1", "a")
    result = foretold_and_done(engine, **COPIED)
    assert engine.wrote() == [PULL, TAG % APP, PUSH]
    assert len(result.values["actions"]) == 3 and set(result.after) >= {"exists", "repository", "push"}


def test_a_registry_that_has_what_is_about_to_be_pulled() -> None:
    engine = Engine()
    engine.registry[APP] = engine.registry[COPY] = offers("a")
    engine.arrives = document("1", "a")
    foretold_and_done(engine, **COPIED)
    assert engine.wrote() == [PULL, TAG % APP]


def test_all_is_there() -> None:
    engine = Engine()
    engine.images[APP] = engine.images[COPY] = document("1", "a")
    engine.registry[APP] = engine.registry[COPY] = offers("a")
    result = foretold_and_done(engine, **COPIED)
    assert not result.changed and engine.wrote() == [] and result.values["actions"] == []


def test_another_image_keeps_its_name_and_is_pushed_as_it_is() -> None:
    engine = Engine()
    engine.images[APP], engine.images[COPY] = document("1", "a"), document("2", "b")
    result = foretold_and_done(engine, **COPIED)
    assert engine.wrote() == [PUSH] and result.values["drift"] == ["repository"]
    assert result.values["image"]["Id"] == document("2")["Id"]


FORCED: dict[str, Any] = {**COPIED, "force_source": True, "force_tag": True}


def test_a_forced_source_that_gives_the_same_image_changes_nothing() -> None:
    """Only pulling tells, where the registry does not; what comes after it is decided then."""
    engine = Engine()
    engine.images[APP] = engine.images[COPY] = engine.arrives = document("1", "a")
    engine.registry[APP], engine.registry[COPY] = refuses(500), offers("a")
    result = run(IMAGE, engine, name=APP, **FORCED)
    assert engine.wrote() == [PULL]
    assert not result.changed and result.before == result.after
    assert result.values["actions"] == ["Pulled image " + APP]


def test_a_forced_source_that_gives_the_same_image_and_what_is_left_to_do() -> None:
    engine = Engine()
    engine.images[APP] = engine.arrives = document("1", "a")
    engine.registry[APP], engine.registry[COPY] = refuses(500), offers("b")
    result = run(IMAGE, engine, name=APP, **FORCED)
    assert engine.wrote() == [PULL, TAG % document("1")["Id"], PUSH]
    assert result.changed and set(result.after) == {"repository", "push"}


def test_a_forced_source_that_gives_another_image() -> None:
    engine = Engine()
    engine.images[APP] = engine.images[COPY] = document("1", "a")
    engine.arrives = document("2", "b")
    engine.registry[APP], engine.registry[COPY] = refuses(500), offers("a")
    result = run(IMAGE, engine, name=APP, **FORCED)
    assert engine.wrote() == [PULL, TAG % APP, PUSH]
    assert result.changed and set(result.after) >= {"exists", "repository", "push"}
    assert len(result.values["actions"]) == 3


def test_the_same_without_anything_besides() -> None:
    for arrives in ("1", "2"):
        engine = Engine()
        engine.images[APP], engine.arrives = document("1", "a"), document(arrives, arrives)
        engine.registry[APP] = refuses(500)
        result = run(IMAGE, engine, name=APP, source="pull", force_source=True)
        assert engine.wrote() == [PULL]
        assert result.changed is (arrives == "2")
        assert result.values["image"]["Id"] == document(arrives)["Id"]


@pytest.fixture
def opaque(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Compressed by zstd, of which this Python knows nothing; Engines do."""

    def unknown(name: str) -> Any:
        raise ImportError("No module named " + name)

    monkeypatch.setattr(reading, "import_module", unknown)
    (tmp_path / "archive.tar.zst").write_bytes(b"\x28\xb5\x2f\xfd" + bytes(100))
    return str(tmp_path / "archive.tar.zst")


def test_an_archive_that_only_the_engine_can_read(opaque: str) -> None:
    engine = Engine()
    engine.loads = {APP: document("1")}
    result = foretold_and_done(engine, source="load", load_path=opaque)
    assert result.changed and result.values["image"]["Id"] == document("1")["Id"]
    assert len(result.warnings) == 1 and "cannot be looked into" in result.warnings[0]
    assert not run(IMAGE, engine, name=APP, source="load", load_path=opaque).changed
    again = run(IMAGE, engine, name=APP, source="load", load_path=opaque, force_source=True)
    assert not again.changed and again.before == again.after


def test_an_archive_that_held_another_image(opaque: str) -> None:
    engine = Engine()
    engine.loads = {COPY: document("1")}
    with pytest.raises(TaskFailed, match="the archive holds others"):
        run(IMAGE, engine, name=APP, source="load", load_path=opaque)


@pytest.fixture
def archive(tmp_path: Path) -> str:
    """An archive of two images: one has the name APP, the other none."""
    (tmp_path / "archive.tar").write_bytes(archives.classic({MINE: None, archives.config("b"): [APP]}))
    return str(tmp_path / "archive.tar")


MINE = archives.config("a")


def test_an_image_is_loaded_by_its_id(archive: str) -> None:
    engine, mine = Engine(), archives.digest(MINE)
    engine.loads = {mine: dict(document("1"), Id=mine)}
    result = run(IMAGE, engine, name=mine, source="load", load_path=archive)
    assert result.changed and result.values["image"]["Id"] == mine and APP in result.warnings[0]
    assert not run(IMAGE, engine, name=mine, source="load", load_path=archive).changed


def test_an_image_is_loaded_by_the_id_that_its_engine_does_not_know(tmp_path: Path) -> None:
    """Engine 29 knows it by the digest of its manifest, and the task by that of its configuration."""
    manifest = archives.manifest(MINE)
    listed: list[dict[str, Any]] = [
        {"Config": "blobs/sha256/" + archives.digest(MINE)[7:], "RepoTags": None, "Layers": []}
    ]
    (tmp_path / "archive.tar").write_bytes(archives.layout([MINE, manifest], [(manifest, {})], listed))
    engine, shown = Engine((1, 52)), archives.digest(manifest)
    engine.loads = {shown: dict(document("1"), Id=shown, Descriptor={"digest": shown})}
    options = {"name": archives.digest(MINE), "source": "load", "load_path": str(tmp_path / "archive.tar")}
    assert run(IMAGE, engine, False, **options).changed
    again = run(IMAGE, engine, False, **options)
    assert (again.changed, again.values["image"]["Id"]) == (False, shown)


def test_an_archive_without_the_image(archive: str) -> None:
    held = "^The archive did not contain image '%s'. Instead, found '%s', %s.$"
    for name in ("other:1", "sha256:" + "0" * 64):
        with pytest.raises(EngineError, match=held % (name, APP, archives.digest(MINE))):
            run(IMAGE, Engine(), name=name, source="load", load_path=archive)


@pytest.mark.parametrize("source", ["pull", "build"])
def test_an_id_is_no_matter_where_the_image_is_there(source: str) -> None:
    engine, name = Engine(), document("1")["Id"]
    options = {"name": name, "source": source, "build": {"path": "/none"}}
    with pytest.raises(InvalidOption, match="^Image name must not be an image ID for source=" + source):
        run(IMAGE, engine, **options)
    engine.images[name] = document("1")
    assert not run(IMAGE, engine, **options).changed


@pytest.mark.parametrize("check_mode", [True, False])
def test_an_archive_that_cannot_be_written_is_refused_before_anything_is_pulled(
    tmp_path: Path, check_mode: bool
) -> None:
    engine = Engine()
    engine.registry[APP], engine.arrives = offers("a"), document("1", "a")
    with pytest.raises(EngineError, match="there is no directory"):
        run(IMAGE, engine, check_mode, name=APP, source="pull", archive_path=str(tmp_path / "none" / "a.tar"))
    assert engine.wrote() == []


def test_it_loses_its_name_by_force() -> None:
    engine = Engine()
    engine.images[APP], engine.images[COPY] = document("1", "a"), document("2", "b")
    foretold_and_done(engine, force_tag=True, source="local", repository=COPY)
    assert engine.wrote() == [TAG % document("1")["Id"]]


def test_a_tag_goes_for_the_repository_too() -> None:
    engine = Engine()
    engine.images["app:2"] = document("1")
    result = run(IMAGE, engine, name="app", tag="2", source="local", repository="other")
    assert result.values["actions"] == ["Tagged image app:2 to other:2"]


BUILD_ID = "^Image name must not be an image ID for source=build; got: sha256:0"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"name": "sha256:" + "0" * 64, "source": "build", "build": {"path": "/x"}, "force_source": True}, BUILD_ID),
        ({"name": "sha256:" + "0" * 64, "source": "local", "push": True}, "^Cannot push an image by ID;"),
        ({"name": "a", "source": "local", "repository": "sha256:" + "0" * 64}, "^`repository` must not be an image ID"),
        ({"name": "a@sha256:" + "0" * 64, "source": "local", "push": True}, "^Cannot push an image by digest$"),
        ({"name": "a@sha256:" + "0" * 64, "source": "build", "build": {"path": "/x"}}, "beforehand"),
        ({"name": "a", "source": "pull", "pull": {"platform": "what"}}, "platform"),
    ],
)
def test_what_is_refused(options: dict[str, Any], words: str) -> None:
    engine = Engine()
    with pytest.raises(InvalidOption, match=words):
        run(IMAGE, engine, **options)
    assert engine.sent == []


@pytest.mark.parametrize(
    ("options", "needs"),
    [
        ({"source": "pull", "push": True}, False),
        ({"source": "local", "archive_path": "/x"}, True),
        ({"source": "load", "load_path": "/x"}, True),
        ({"source": "build", "build": {"path": "/x"}}, True),
        ({"source": "build", "build": {"path": "https://example.com/x.git"}}, False),
        ({"state": "absent", "archive_path": "/x"}, False),
    ],
)
def test_files_of_the_node(options: dict[str, Any], needs: bool) -> None:
    given = {name: row.get("default") for name, row in IMAGE.argument_spec.items()}
    assert bool(IMAGE.needs_node({**given, **options})) is needs
