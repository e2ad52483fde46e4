# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images by digest and by ID, credentials and their absence, and long work that is shown."""

from __future__ import annotations

import base64
import ipaddress
import itertools
import json
import tarfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.plugin_utils.controller import Call, Modes
from ansible_collections.longshore.docker.plugins.plugin_utils.progress import Progress
from ansible_collections.longshore.docker.tests.engines.image import BUSYBOX
from ansible_collections.longshore.docker.tests.engines.index import Index
from ansible_collections.longshore.docker.tests.engines.registry import Registry
from ansible_collections.longshore.docker.tests.engines.sshd import USER as LOGIN
from ansible_collections.longshore.docker.tests.engines.sshd import Node
from ansible_collections.longshore.docker.tests.integration.container.prepared import ask, new_image
from ansible_collections.longshore.docker.tests.integration.container.service import run
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import HOSTS, playbooks_in

NOWHERE = "127.0.0.1:9"
WRONG = "not-the-pa55word"
Do = Callable[..., dict[str, Any]]


@pytest.fixture
def do(engine_socket: str, busybox_image: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Do:
    """Runs a task of one of the modules about images. There is no config.json but for what a test writes."""
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))

    def task(module: str, check: bool = False, **options: Any) -> dict[str, Any]:
        name = "ansible_collections.longshore.docker.plugins.modules.image_" + module
        return run(engine_socket, options, check, task=import_module(name).TASK)

    return task


@pytest.fixture
def fresh(engine_socket: str, busybox_image: str, do: Do) -> Iterator[Callable[[str], str]]:
    """Makes an image that no registry has yet, under a name."""
    made: list[str] = []

    def image(name: str) -> str:
        made.append(new_image(engine_socket, name))
        return name

    yield image
    for name in made:
        do("remove", name=name, force=True)


def fine(result: dict[str, Any], changed: bool = True) -> dict[str, Any]:
    assert not result.get("failed") and result["changed"] is changed, result
    return result


def failed(result: dict[str, Any], *words: str) -> None:
    text = json.dumps(result)
    assert result["failed"] and not result.get("changed"), result
    for word in words:
        assert word.lower() in result["msg"].lower(), result["msg"]
    for secret in (WRONG, "anchor-s3cret", encoded("sailor", WRONG)[:20], encoded("sailor", "anchor-s3cret")[:20]):
        assert secret not in text


def encoded(user: str, password: str) -> str:
    return base64.b64encode(f"{user}:{password}".encode()).decode()


def log_in(folder: Path, registry: Registry, password: str) -> None:
    auths = {registry.address: {"auth": encoded(registry.user, password)}}
    (folder / "config.json").write_text(json.dumps({"auths": auths}))


def test_by_digest(do: Do, fresh: Callable[[str], str], registry: Registry) -> None:
    name = fresh(registry.address + "/by-digest:1")
    foretold = fine(do("push", True, name=name))
    digest = fine(do("push", name=name))["digest"]
    assert foretold["diff"]["before"] == {"exists": False} and digest.startswith("sha256:")
    assert do("info", name=[name], registry_digest=True)["registry_digests"] == {name: digest}
    fine(do("remove", name=name))
    assert do("info", name=[name], registry_digest=True)["images"] == []
    exact = "%s@%s" % (name, digest)
    for check in (True, False):
        assert fine(do("pull", check, name=exact))["diff"]["after"] == {"exists": True, "digest": digest}
    fine(do("pull", name=exact), changed=False)
    fine(do("pull", name=registry.address + "/by-digest", tag=digest), changed=False)
    tags = do("info", name=[exact])["images"][0]["RepoTags"]
    assert tags in ([], [exact.replace(":1@", "@")])  # the containerd image store knows no other name of it
    fine(do("remove", name=exact))
    failed(do("pull", name=registry.address + "/by-digest@sha256:" + "0" * 64), "manifest unknown")


def test_by_id(do: Do, fresh: Callable[[str], str]) -> None:
    fresh("ls-by-id:1")
    (image,) = do("info", name=["ls-by-id:1"])["images"]
    for name in (image["Id"], image["Id"].partition(":")[2]):
        fine(do("tag", name=name, repository=["ls-by-id:1"]), changed=False)
    fine(do("tag", name=image["Id"], repository=["ls-by-id-too:1"]))
    failed(do("remove", name=image["Id"]), "has several names")
    foretold, real = (fine(do("remove", check, name=image["Id"], force=True)) for check in (True, False))
    assert foretold["untagged"] == real["untagged"] == ["ls-by-id-too:1", "ls-by-id:1"]
    assert foretold["deleted"] == [image["Id"]] and image["Id"] in real["deleted"]
    fine(do("remove", name=image["Id"]), changed=False)


def test_all_images_are_looked_at(do: Do, fresh: Callable[[str], str]) -> None:
    fresh("ls-one-of-all:1")
    found = [name for one in do("info")["images"] for name in one["RepoTags"]]
    assert {"ls-one-of-all:1", BUSYBOX} <= set(found)


def test_credentials_of_the_configuration(
    do: Do, fresh: Callable[[str], str], login_registry: Registry, tmp_path: Path
) -> None:
    name = fresh(login_registry.address + "/configured:1")
    log_in(tmp_path, login_registry, login_registry.password)
    fine(do("push", True, name=name))
    fine(do("push", name=name))
    fine(do("push", True, name=name), changed=False)
    fine(do("remove", name=name))
    fine(do("pull", True, name=name))
    fine(do("pull", name=name))
    fine(do("pull", name=name), changed=False)
    log_in(tmp_path, login_registry, WRONG)
    failed(do("push", name=fresh(name)), "unauthorized", "with the credentials from", name)
    for check in (True, False):
        failed(do("pull", check, name=name), "unauthorized", "with the credentials from", name)
    fine(do("pull", name=name, username=login_registry.user, password=login_registry.password))
    (tmp_path / "config.json").write_text("{" + WRONG)
    for module in ("pull", "push"):
        failed(do(module, name=name), str(tmp_path / "config.json"))


@pytest.mark.parametrize("check", [True, False])
def test_nobody_is_logged_in(do: Do, fresh: Callable[[str], str], login_registry: Registry, check: bool) -> None:
    name = login_registry.address + "/nobody:1"
    failed(do("pull", check, name=name), "no basic auth credentials", "without credentials", name)
    failed(do("pull", check, name=fresh(name)), "no basic auth credentials", "without credentials", name)


@pytest.mark.parametrize("check", [True, False])
def test_the_registry_is_down(do: Do, fresh: Callable[[str], str], check: bool) -> None:
    name = NOWHERE + "/app:1"
    failed(do("pull", check, name=name), "connection refused", name, "without credentials")
    failed(do("pull", check, name=fresh(name)), "connection refused", name)
    fine(do("pull", check, name=name, pull="not_present"), changed=False)
    failed(do("info", check, name=[name], registry_digest=True), "connection refused", name)


def test_it_does_not_speak_tls(do: Do, engine_socket: str) -> None:
    """At addresses that are not loopback ones it has to. The Engine has one on its bridge."""
    (config,) = ask(engine_socket, "GET", "/networks/bridge")["IPAM"]["Config"]
    name = "%s:5003/app:1" % next(ipaddress.ip_network(config["Subnet"]).hosts())
    index = Index(engine_socket, 5003)
    try:
        for check in (True, False):
            failed(do("pull", check, name=name), "insecure-registries", name)
    finally:
        index.close()


@pytest.mark.parametrize("host", HOSTS)
def test_no_password_is_shown(engine_socket: str, login_registry: Registry, tmp_path: Path, host: str) -> None:
    name = login_registry.address + "/shown:1"
    right = {"username": login_registry.user, "password": login_registry.password}
    wrong = {"username": login_registry.user, "password": WRONG}
    tag = {"longshore.docker.image_tag": {"name": BUSYBOX, "repository": [name]}}
    tasks: list[dict[str, Any]] = [tag]
    for access in (wrong, right):
        tasks += [{"longshore.docker.image_" + word: {"name": name, **access}} for word in ("push", "pull")]
        tasks += [{"longshore.docker.image_info": {"name": [name], "registry_digest": True, **access}}]
        tasks += [{"longshore.docker.image": {"name": name, "source": "pull", "force_source": True, **access}}]
    tasks += [{"longshore.docker.image_remove": {"name": name}}]
    given = playbooks_in(tmp_path, engine_socket).run(tasks, host, ("-vvv", "--diff"))
    assert [one["failed"] for one in given.results] == [False, *[True] * 4, *[False] * 5]
    text = given.output + json.dumps(given.results)
    for secret in (WRONG, login_registry.password, encoded(login_registry.user, login_registry.password)[:20]):
        assert secret not in text


def test_over_ssh_the_nodes_configuration_counts(engine_socket: str, login_registry: Registry, tmp_path: Path) -> None:
    """That of the controller, which is wrong here, is not looked at."""
    name = login_registry.address + "/over-ssh:1"
    (tmp_path / ".docker").mkdir()
    log_in(tmp_path / ".docker", login_registry, WRONG)
    auths = {login_registry.address: {"auth": encoded(login_registry.user, login_registry.password)}}
    tag: dict[str, Any] = {"longshore.docker.image_tag": {"name": BUSYBOX, "repository": [name]}}
    words = ("push", "remove", "pull", "pull", "remove")
    tasks = [tag, *({"longshore.docker.image_" + word: {"name": name}} for word in words)]
    with Node(engine_socket) as node:
        node.write("/home/%s/.docker/config.json" % LOGIN, json.dumps({"auths": auths}))
        playbooks = playbooks_in(tmp_path, engine_socket)
        playbooks.hostvars = node.variables
        given = playbooks.run(tasks, "auto", ("-vvv",))
    assert [one["changed"] for one in given.results] == [True, True, True, True, False, True], given.output[-3000:]
    assert "runs on the target" not in given.output and login_registry.password not in given.output


def test_long_work_is_shown(engine_socket: str, do: Do, tmp_path: Path, registry: Registry) -> None:
    name = registry.address + "/shown:1"
    with tarfile.open(tmp_path / "own.tar", "w") as tar:  # a layer that no other image has: others' are not pulled
        tar.add(__file__, "file-of-%s" % tmp_path.name)
    fine(do("import", path=str(tmp_path / "own.tar"), name=name))
    lines: list[str] = []
    seconds = itertools.count(0, 10)
    modes = Modes(progress=Progress(lines.append, lambda: float(next(seconds))))
    for module in ("push", "pull"):
        options = {"name": name, "docker_host": "unix://" + engine_socket}
        result = Call("longshore.docker.image_" + module, options).run(modes)
        assert not result.get("failed") and result["changed"], result
        fine(do("remove", name=name))
    for words in ("pushing image %s to the registry" % name, "pulling image %s:" % name):
        assert any(line.startswith(words) and "layers" in line for line in lines), lines


def test_by_its_id_with_names_in_several_repositories(do: Do, fresh: Callable[[str], str]) -> None:
    """The Engine refuses that without force; check mode says so too."""
    number = fine(do("tag", name=fresh("ls-two-names:1"), repository=["ls-other-names:1"]))["image"]["Id"]
    for check in (True, False):
        failed(do("remove", check, name=number), "several names (ls-other-names:1, ls-two-names:1)", "force")
    foretold, real = (fine(do("remove", check, name=number, force=True)) for check in (True, False))
    assert foretold["untagged"] == real["untagged"] and number in real["deleted"]
