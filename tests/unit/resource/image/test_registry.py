# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When an image is pulled and pushed: by its digest, in either image store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import EngineError
from ansible_collections.longshore.docker.plugins.module_utils.resource.image.pull import IMAGE_PULL
from ansible_collections.longshore.docker.plugins.module_utils.resource.image.push import IMAGE_PUSH
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption
from ansible_collections.longshore.docker.tests.unit.resource.image.world import (
    Engine,
    digest,
    document,
    offers,
    refuses,
    run,
)

APP = "registry.test/app:1"
PULL, PUSH = "POST /images/create", "POST /images/registry.test/app/push"


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """There is no config.json."""
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))


@pytest.fixture(params=[(1, 41), (1, 52)], ids=["1.41", "1.52"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return Engine(request.param)


@pytest.mark.parametrize(
    "here",
    [
        document("1", "a"),
        document("1", "b", "a"),
        {**document("a"), "RepoDigests": []},
        {**document("1"), "Descriptor": {"digest": digest("a")}},
    ],
    ids=["one digest", "several", "an ID that is a digest", "a descriptor"],
)
def test_a_tag_that_has_not_moved_is_not_pulled(engine: Engine, here: dict[str, Any]) -> None:
    engine.images[APP], engine.registry[APP] = here, offers("a")
    result = run(IMAGE_PULL, engine, name=APP)
    assert not result.changed and engine.wrote() == [] and len(engine.sent) == 2
    assert result.values == {"image": here, "actions": []}


@pytest.mark.parametrize("there", [None, document("1", "b")], ids=["absent", "another"])
def test_what_the_registry_has_is_pulled_as_foretold(engine: Engine, there: dict[str, Any] | None) -> None:
    engine.arrives, engine.registry[APP] = document("2", "a"), offers("a")
    if there:
        engine.images[APP] = there
    foretold = run(IMAGE_PULL, engine, True, name=APP)
    assert engine.wrote() == []
    real = run(IMAGE_PULL, engine, name=APP)
    assert engine.wrote() == [PULL] and real.changed
    assert (foretold.changed, foretold.before, foretold.after) == (real.changed, real.before, real.after)
    assert real.after["digest"] == digest("a") and real.values["image"] == engine.arrives
    assert not run(IMAGE_PULL, engine, name=APP).changed


def test_a_digest_that_is_here_is_not_asked_for(engine: Engine) -> None:
    name = "registry.test/app@" + digest("a")
    engine.images[name] = document("1", "a")
    for text in (name, "registry.test/app:9@" + digest("a")):
        assert not run(IMAGE_PULL, engine, name=text).changed
    assert len(engine.sent) == 2


def test_an_image_for_another_platform_is_pulled(engine: Engine) -> None:
    engine.images[APP] = {**document("1", "a"), "fits": False}
    engine.registry[APP] = offers("a", "linux/amd64", "linux/arm64")
    engine.arrives = {**document("2", "a"), "Architecture": "arm64"}
    result = run(IMAGE_PULL, engine, name=APP, platform="linux/arm64/v8", pull="not_present")
    assert result.changed and result.before == {"exists": False, "platform": "linux/arm64"}
    assert not run(IMAGE_PULL, engine, name=APP, platform="arm64").changed


def test_an_operating_system_alone_is_compared_here(engine: Engine) -> None:
    """Engines take a platform without a processor for one with none."""
    engine.images[APP] = {**document("1", "a"), "fits": False}
    assert not run(IMAGE_PULL, engine, name=APP, platform="linux", pull="not_present").changed


ARM = {"Os": "linux", "Architecture": "arm"}


@pytest.mark.parametrize(
    ("here", "wanted"),
    [
        ({**ARM, "Variant": "v6"}, "linux/arm/v7"),
        ({**ARM, "Variant": ""}, "linux/arm/v7"),
        ({**ARM, "Variant": "v7"}, "linux/arm"),
        ({**ARM, "Variant": "v7"}, "linux/arm64/v8"),
        ({"Architecture": "386"}, "linux/amd64"),
        ({"Architecture": "amd64"}, "linux/amd64/v3"),
        ({"Architecture": "arm64", "Variant": "v8"}, "linux/arm64"),
    ],
)
@pytest.mark.parametrize("pull", ["always", "not_present"])
def test_what_runs_on_the_platform_is_not_pulled_again(
    engine: Engine, here: dict[str, Any], wanted: str, pull: str
) -> None:
    """The registry had no better, so that another pull gives the same."""
    engine.images[APP] = {**document("1", "a"), **here}
    offered = "/".join(one for one in ("linux", here["Architecture"], here.get("Variant")) if one)
    engine.registry[APP] = offers("a", offered)
    assert not run(IMAGE_PULL, engine, name=APP, platform=wanted, pull=pull).changed
    assert engine.wrote() == []


def test_an_image_that_states_no_platform(engine: Engine) -> None:
    """docker import makes such. The registry's words are not checked by anybody either."""
    engine.images[APP] = {**document("1", "a"), "Os": "", "Architecture": "", "fits": False}
    engine.registry[APP] = offers("b", "linux/a md64", "linux/arm/v6", "linux/arm/v7")
    assert run(IMAGE_PULL, engine, True, name=APP, platform="linux/arm/v7", pull="not_present").changed
    engine.images[APP] = {**document("1", "a"), **ARM, "Variant": "v6"}
    assert run(IMAGE_PULL, engine, True, name=APP, platform="linux/arm/v7", pull="not_present").changed


@pytest.mark.parametrize("pull", ["always", "not_present"])
def test_a_better_one_is_pulled(engine: Engine, pull: str) -> None:
    engine.images[APP] = {**document("1", "a"), **ARM, "Variant": "v6"}
    engine.registry[APP] = offers("a", "linux/arm/v6", "linux/arm/v7")
    engine.arrives = {**document("2", "a"), **ARM, "Variant": "v7"}
    options: dict[str, Any] = {"name": APP, "platform": "linux/arm/v7", "pull": pull}
    assert run(IMAGE_PULL, engine, True, **options).changed and engine.wrote() == []
    assert run(IMAGE_PULL, engine, **options).changed
    assert not run(IMAGE_PULL, engine, **options).changed


@pytest.mark.parametrize(
    ("variant", "wanted"), [("v7", "linux/arm/v6"), ("v8", "linux/arm/v7"), ("v6", "linux/amd64"), ("", "linux/arm/v6")]
)
def test_what_does_not_run_there_is_pulled(engine: Engine, variant: str, wanted: str) -> None:
    engine.images[APP] = {**document("1", "a"), **ARM, "Variant": variant, "fits": False}
    engine.registry[APP] = offers("a", wanted)
    assert run(IMAGE_PULL, engine, True, name=APP, platform=wanted, pull="not_present").changed


def test_without_the_registry_what_runs_there_will_do(engine: Engine) -> None:
    engine.images[APP] = {**document("1", "a"), **ARM, "Variant": "v6"}
    engine.registry[APP] = refuses(500)
    for check_mode in (True, False):
        options = {"name": APP, "platform": "linux/arm/v7", "pull": "not_present"}
        assert not run(IMAGE_PULL, engine, check_mode, **options).changed


@pytest.mark.parametrize(
    ("offered", "wanted", "fine"),
    [
        (["linux/amd64"], "linux/arm64", False),
        (["linux/amd64", "unknown/unknown"], "windows", False),
        (["linux/arm/v6"], "linux/arm/v7", True),
        (["linux/arm/v7"], "linux/arm64", True),
        (["linux/386"], "amd64", True),
        (["linux/s390x"], "linux", True),
        ([], "linux/arm64", True),
    ],
)
def test_what_is_offered_for_other_platforms_only(offered: list[str], wanted: str, fine: bool) -> None:
    engine = Engine()
    engine.registry[APP] = offers("a", *offered)
    if fine:
        assert run(IMAGE_PULL, engine, True, name=APP, platform=wanted).changed
        return
    with pytest.raises(EngineError, match="registry.test has image registry.test/app:1 for linux/amd64, and not for"):
        run(IMAGE_PULL, engine, True, name=APP, platform=wanted)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"auths": [1]}', '{"auths": {"registry.test": {"auth": "SECRET"}}}', None]
)
def test_a_config_that_cannot_be_read_is_noted(tmp_path: Path, text: str | None) -> None:
    """Most images are there for everybody. Who needs the password learns why there is none."""
    config = tmp_path / "config.json"
    config.mkdir() if text is None else config.write_text(text)
    engine = Engine()
    engine.registry[APP], engine.arrives = offers("a"), document("1", "a")
    assert run(IMAGE_PULL, engine, name=APP).changed
    assert len(set(engine.notices)) == 1 and "SECRET" not in engine.notices[0]
    assert engine.notices[0].endswith(". Registries are asked without credentials") and str(config) in engine.notices[0]
    engine.registry[APP] = refuses(401)
    with pytest.raises(EngineError, match=r"was asked without credentials: .*config\.json"):
        run(IMAGE_PULL, engine, name=APP)


@pytest.mark.parametrize("text", ["", " \n", "null"])
def test_an_empty_config_is_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.json").write_text(text)
    engine = Engine()
    engine.registry[APP], engine.arrives = offers("a"), document("1", "a")
    assert run(IMAGE_PULL, engine, name=APP).changed
    assert engine.notices == []


@pytest.mark.parametrize("status", [401, 404])
@pytest.mark.parametrize("check_mode", [True, False])
def test_what_a_registry_refuses_is_not_tried(status: int, check_mode: bool) -> None:
    engine = Engine()
    engine.registry[APP] = refuses(status)
    with pytest.raises(EngineError, match="asking the registry registry.test for image registry.test/app:1: no"):
        run(IMAGE_PULL, engine, check_mode, name=APP)
    assert engine.wrote() == []


@pytest.mark.parametrize("answer", [refuses(500), refuses(403), {}, {"Descriptor": None}, ["what"], "what"])
@pytest.mark.parametrize("arrives", ["1", "2"])
def test_a_registry_that_does_not_tell_is_pulled_from(answer: Any, arrives: str) -> None:
    engine = Engine()
    engine.images[APP], engine.registry[APP] = document("1", "a"), answer
    engine.arrives = document(arrives, "a" if arrives == "1" else "b")
    result = run(IMAGE_PULL, engine, name=APP)
    assert engine.wrote() == [PULL]
    assert result.changed is (arrives == "2") and (result.before != result.after) is result.changed


def test_check_mode_does_not_guess_what_a_registry_does_not_tell() -> None:
    engine = Engine()
    engine.images[APP], engine.registry[APP] = document("1", "a"), refuses(500)
    with pytest.raises(EngineError, match="without credentials"):
        run(IMAGE_PULL, engine, True, name=APP)


def test_what_the_registry_has_is_not_pushed(engine: Engine) -> None:
    engine.images[APP], engine.registry[APP] = document("1", "a"), offers("a")
    result = run(IMAGE_PUSH, engine, name=APP)
    assert not result.changed and engine.wrote() == [] and result.values["digest"] == digest("a")


@pytest.mark.parametrize("answer", [None, offers("b"), refuses(401), refuses(500)])
def test_what_it_does_not_have_is_pushed(engine: Engine, answer: Any) -> None:
    engine.images[APP] = document("1", "a")
    engine.registry[APP] = answer
    foretold = run(IMAGE_PUSH, engine, True, name=APP)
    assert engine.wrote() == []
    real = run(IMAGE_PUSH, engine, name=APP)
    assert engine.wrote() == [PUSH] and real.values["digest"] == digest("f")
    assert (foretold.changed, foretold.before, foretold.after) == (True, real.before, real.after)


@pytest.mark.parametrize("whole", [False, True])
def test_a_part_of_an_image_that_was_pushed_in_place_of_the_whole(whole: bool) -> None:
    engine = Engine((1, 52))
    parts = [{"ID": digest("a"), "Available": whole}, {"ID": digest("c"), "Available": True}]
    engine.images[APP] = {**document("1", "1"), "Manifests": parts}
    engine.registry[APP] = offers("c")
    assert run(IMAGE_PUSH, engine, name=APP).changed is whole


def test_credentials_of_the_task_are_sent() -> None:
    engine = Engine()
    engine.images[APP], engine.registry[APP] = document("1", "a"), offers("b")
    run(IMAGE_PUSH, engine, name=APP, username="me", password="secret")
    headers = {call.headers.get("X-Registry-Auth") for call in engine.sent if "images/registry" not in call.path}
    assert len(headers) == 1 and None not in headers


@pytest.mark.parametrize("options", [{"username": ""}, {"username": "", "password": ""}, {"username": "a"}])
def test_credentials_that_were_not_filled_in(options: dict[str, Any]) -> None:
    with pytest.raises(InvalidOption, match="empty"):
        run(IMAGE_PULL, Engine(), name=APP, **options)
