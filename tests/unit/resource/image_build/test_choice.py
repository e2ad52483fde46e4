# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which builder builds what, and what it is given."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.resource.image_build.builder import (
    BUILDKIT,
    BUILDX,
    CLASSIC,
    Offer,
    choose,
)
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_build.buildx import command, outputs
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_build.recipe import (
    Recipe,
    needs_node,
    recipe_of,
)
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_build.request import query
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_build.steps import build_steps
from ansible_collections.longshore.docker.plugins.module_utils.resource.image_whole.options import (
    needs_node as of_image,
)
from ansible_collections.longshore.docker.plugins.module_utils.values.dockerfile import parse_dockerfile
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption

ONE, PLAIN, MOUNT = "FROM a", "FROM a\nFROM b", "FROM a\nRUN --mount=type=cache,target=/c x"
SECRET = "FROM a\nRUN --mount=type=secret,id=x y"
OLD, NEW, WINDOWS = Offer(), Offer("2", "linux", (1, 51)), Offer("1", "windows", (1, 51))


def recipe(**options: Any) -> Recipe:
    return recipe_of({"path": "/context", **options}, ("app:1",))


def chosen(text: str, offer: Offer, hides: bool = False, **options: Any) -> str:
    return choose(recipe(**options), parse_dockerfile(text, {}), offer, hides).builder


@pytest.mark.parametrize(
    ("text", "offer", "options", "expected"),
    [
        (PLAIN, OLD, {}, CLASSIC),
        (PLAIN, NEW, {}, BUILDKIT),
        (ONE, NEW, {}, CLASSIC),
        (PLAIN, WINDOWS, {}, CLASSIC),
        (MOUNT, OLD, {}, BUILDKIT),
        (SECRET, NEW, {}, BUILDX),
        (PLAIN, NEW, {"hides": True}, CLASSIC),
        (MOUNT, NEW, {"hides": True}, BUILDKIT),
        (PLAIN, NEW, {"network": "host"}, BUILDKIT),
        (PLAIN, NEW, {"network": "front"}, CLASSIC),
        (PLAIN, NEW, {"container_limits": {"memory": "64m"}}, CLASSIC),
        (PLAIN, NEW, {"shm_size": "64m"}, BUILDKIT),
        (PLAIN, Offer("2"), {"shm_size": "64m"}, CLASSIC),
        (PLAIN, NEW, {"platform": ["linux/amd64", "amd64"]}, BUILDKIT),
        (PLAIN, NEW, {"platform": ["linux/amd64,linux/arm64"]}, BUILDX),
        (PLAIN, NEW, {"secrets": [{"id": "x", "type": "value", "value": "y"}]}, BUILDX),
        (PLAIN, NEW, {"outputs": [{"type": "image", "name": ["b"]}, {"type": "docker"}]}, BUILDKIT),
        (PLAIN, NEW, {"outputs": [{"type": "image", "push": True}]}, BUILDX),
        (PLAIN, NEW, {"outputs": [{"type": "docker", "dest": "/x"}]}, BUILDX),
        (PLAIN, NEW, {"outputs": [{"type": "docker", "context": "x"}]}, BUILDX),
        (PLAIN, NEW, {"outputs": [{"type": "oci", "dest": "/x"}]}, BUILDX),
        (PLAIN, NEW, {"cache_from": ["a:1", "type=registry,ref=b"]}, BUILDKIT),
        (PLAIN, NEW, {"cache_from": ["type=local,src=/x"]}, BUILDX),
        (PLAIN, NEW, {"builder": "classic"}, CLASSIC),
        (PLAIN, OLD, {"builder": "buildkit"}, BUILDKIT),
        (PLAIN, OLD, {"builder": "buildx"}, BUILDX),
    ],
)
def test_choice(text: str, offer: Offer, options: dict[str, Any], expected: str) -> None:
    assert chosen(text, offer, **options) == expected


@pytest.mark.parametrize(
    ("text", "offer", "options", "words"),
    [
        (MOUNT, OLD, {"builder": "classic"}, "classic cannot do this, but buildkit can: RUN --mount in line 2"),
        (SECRET, OLD, {"builder": "classic"}, "classic cannot do this, but buildx can: RUN --mount=type=secret"),
        (SECRET, OLD, {"builder": "buildkit"}, "buildkit cannot do this, but buildx can: RUN --mount=type=secret"),
        (
            PLAIN,
            WINDOWS,
            {"builder": "buildkit"},
            "but classic can: the Engine has no BuildKit",
        ),
        (
            MOUNT,
            WINDOWS,
            {},
            "RUN --mount in line 2., which cannot do this: the Engine has no BuildKit",
        ),
        (MOUNT, NEW, {"network": "front"}, "which cannot do this: network front"),
    ],
)
def test_what_nobody_can_do(text: str, offer: Offer, options: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidOption, match=words):
        chosen(text, offer, **options)


def test_parameters() -> None:
    made = recipe(
        cache_from=["a", "type=registry,ref=b"], etc_hosts={"y": "::1", "x": "10.0.0.1"}, network="none", target="t",
        platform="arm64", shm_size="1m", pull=True, nocache=True, rm=False, container_limits={"memswap": -1},
        outputs=[{"type": "image", "name": ["more:1"]}],
    )  # fmt: skip
    assert query(made, "x/Dockerfile", {"A": "1"}, {"l": "m"}) == {
        "t": ("app:1", "more:1"), "dockerfile": "x/Dockerfile", "nocache": True, "pull": True, "rm": False,
        "forcerm": False, "buildargs": {"A": "1"}, "labels": {"l": "m"}, "cachefrom": ["a", "b"], "networkmode": "none",
        "target": "t", "platform": "linux/arm64", "shmsize": 1048576, "extrahosts": ("x:10.0.0.1", "y:::1"),
        "memswap": -1,
    }  # fmt: skip


def test_few_parameters() -> None:
    assert query(recipe(), "Dockerfile", {}, {}) == {
        "t": ("app:1",), "dockerfile": "Dockerfile", "rm": True, "forcerm": True
    }  # fmt: skip


def test_a_context_that_the_builder_fetches() -> None:
    made = recipe_of({"path": "https://example.com/x.git#main"}, ("app:1",))
    assert made.is_remote
    assert query(made, "", {}, {})["remote"] == "https://example.com/x.git#main"
    assert "dockerfile" not in query(made, "", {}, {})


KEYS = {"client_cert": "/b", "client_key": "/c"}


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        ({"docker_host": "unix:///var/run/docker.sock"}, []),
        ({"docker_host": "tcp://a:1", "tls": True}, ["--host", "tcp://a:1", "--tls"]),
        ({"cli_context": "there", "docker_host": None}, ["--context", "there"]),
        (
            {
                "docker_host": "tcp://a:1",
                "validate_certs": True,
                "ca_path": "/a",
                "client_cert": "/b",
                "client_key": "/c",
            },
            ["--host", "tcp://a:1", "--tlsverify", "--tlscacert", "/a", "--tlscert", "/b", "--tlskey", "/c"],
        ),
    ],
)
def test_the_program_reaches_the_same_engine(reach: dict[str, Any], words: list[str]) -> None:
    made = command(recipe()._replace(reach=reach), {}, "/bin/docker")
    assert made.words[: len(words) + 3] == ("/bin/docker", *words, "buildx", "build")


OWN = {"type": "image", "name": ["app:1"]}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        ([{"type": "local", "dest": "/x"}], [{"type": "local", "dest": "/x"}, OWN]),
        ([{"type": "image"}], [OWN]),
        ([{"type": "docker"}], [{"type": "docker", "name": ["app:1"]}]),
        ([{"type": "docker", "dest": "/x"}], [{"type": "docker", "dest": "/x", "name": ["app:1"]}, OWN]),
        ([{"type": "oci", "dest": "/x"}], [{"type": "oci", "dest": "/x", "name": ["app:1"]}, OWN]),
        ([{"type": "image", "name": ["b"]}], [{"type": "image", "name": ["b", "app:1"]}]),
        ([{"type": "image", "name": ["b"], "push": True}], [{"type": "image", "name": ["b"], "push": True}, OWN]),
        ([{"type": "image", "push": True}], [{"type": "image", "name": ["app:1"], "push": True}]),
    ],
)
def test_every_output_has_its_names(given: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    """One is the image of the task's name, by which the next run knows that it is built."""
    made = recipe(outputs=given)
    assert outputs(made) == expected
    assert ("--tag" in command(made, {}, "docker").words) is not bool(given)


def test_no_secret_is_on_the_command_line() -> None:
    secrets = [{"id": "a", "type": "value", "value": "canary-1"}, {"id": "b", "type": "value", "value": "canary-2"}]
    made = command(recipe(secrets=secrets), {}, "docker")
    assert "canary" not in " ".join(made.words)
    assert sorted(made.environment.values()) == ["canary-1", "canary-2"]
    assert all(name in " ".join(made.words) for name in made.environment)


@pytest.mark.parametrize(
    ("options", "there"),
    [
        ({}, False),
        ({"path": "/srv/app"}, True),
        ({"platform": ["linux/amd64"]}, False),
        ({"platform": ["linux/amd64,linux/arm64"]}, True),
        ({"builder": "buildx"}, True),
        ({"secrets": [{"id": "x", "type": "value", "value": "y"}]}, True),
        ({"outputs": [{"type": "image", "push": True}]}, True),
        ({"outputs": [{"type": "docker"}]}, False),
        ({"cache_from": ["app:1"]}, False),
        ({"cache_from": ["type=local,src=/c"]}, True),
    ],
)
def test_what_needs_the_node_s_program_runs_there(options: dict[str, Any], there: bool) -> None:
    given = {"path": "https://git.test/app.git", "builder": "auto", **options}
    assert bool(needs_node(given)) is there
    assert bool(of_image({"state": "present", "source": "build", "build": given, "archive_path": None})) is there


def test_a_dockerfile_of_a_context_elsewhere_is_named_as_it_is() -> None:
    made = recipe_of({"path": "https://git.test/app.git", "dockerfile": "docker/Prod"}, ("app:1",))
    words = command(made, {}, "docker").words
    assert words[words.index("--file") + 1] == "docker/Prod"


def test_with_a_login_for_one_base_image_all_are_pulled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    auths = {"registry.test": {"auth": base64.b64encode(b"me:secret").decode()}}
    (tmp_path / "config.json").write_text(json.dumps({"auths": auths}))
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    (tmp_path / "Dockerfile").write_text("FROM golang:1 AS b\nFROM b AS c\nFROM registry.test/base:1\n")
    engine: Any = BuildKit()
    for pull, pulled in ((True, ["golang", "registry.test/base"]), (False, [])):
        steps = build_steps(engine, recipe_of({"path": str(tmp_path), "pull": pull}, ("app:1",)))
        assert [step.call.query["fromImage"] for step in steps[:-1]] == pulled


class BuildKit:
    """An Engine that builds by BuildKit, and has every image."""

    api_version, notices = (1, 47), []  # type: ignore[var-annotated]

    def head(self, _call: Any) -> dict[str, str]:
        return {"Builder-Version": "2", "Ostype": "linux"}

    def inspect(self, _call: Any) -> dict[str, str]:
        return {"Id": "sha256:0"}
