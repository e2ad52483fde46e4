# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pulls that fail: the message names image and registry, no secret is shown, and the container is not touched."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.credentials import encode_auth
from ansible_collections.longshore.docker.tests.engines import proxy as faults
from ansible_collections.longshore.docker.tests.engines.image import BUSYBOX
from ansible_collections.longshore.docker.tests.engines.proxy import Fault, Proxy
from ansible_collections.longshore.docker.tests.engines.registry import Registry
from ansible_collections.longshore.docker.tests.integration.container.service import NEW, OLD, Service

NOWHERE = "127.0.0.1:9"
WRONG = "not-the-pa55word"


def tag(service: Service, repository: str, name: str = "1", image: str = BUSYBOX) -> str:
    service.engine.send(Call("POST", "/images/%s/tag" % image, {"repo": repository, "tag": name}))
    return "%s:%s" % (repository, name)


def push(service: Service, registry: Registry, repository: str, name: str = "1", image: str = BUSYBOX) -> str:
    full = tag(service, "%s/%s" % (registry.address, repository), name, image)
    auth = {"username": registry.user, "password": registry.password}
    call = Call("POST", "/images/%s/%s/push" % (registry.address, repository), {"tag": name})
    for _record in service.engine.stream(call._replace(headers={"X-Registry-Auth": encode_auth(auth)})):
        pass
    return full


def forget(service: Service, image: str) -> None:
    if service.engine.get(Call("GET", "/images/%s/json" % image)):
        service.engine.send(Call("DELETE", "/images/%s" % image, {"force": True}))


def another(service: Service) -> str:
    """Another image, of the same content but for a label."""
    made = service.engine.send(Call("POST", "/containers/create", body={"Image": BUSYBOX, "Labels": {"more": "yes"}}))
    call = Call("POST", "/commit", {"container": made["Id"], "repo": "longshore/another", "tag": "1"}, {})
    service.engine.send(call)
    service.engine.send(Call("DELETE", "/containers/" + made["Id"]))
    return "longshore/another:1"


@pytest.fixture
def log_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Writes a config.json; until it is called there is none."""
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))

    def write(registry: Registry, password: str) -> None:
        auth = base64.b64encode(("%s:%s" % (registry.user, password)).encode()).decode()
        (tmp_path / "config.json").write_text(json.dumps({"auths": {registry.address: {"auth": auth}}}))

    return write


def refused(service: Service, task: dict[str, Any], *words: str, by: str = "") -> None:
    """The task fails with these words, shows no secret, and leaves the container as it is."""
    before = service.begin(OLD)
    result = service.run(task, by=by)
    text = json.dumps(result)
    assert result["failed"] and not result.get("changed"), result
    for word in (task["image"], *words):
        assert word.lower() in result["msg"].lower(), result["msg"]
    for secret in (WRONG, "anchor-s3cret", base64.b64encode(("sailor:" + WRONG).encode()).decode()[:20]):
        assert secret not in text
    after = service.there()
    assert after["Id"] == before["Id"] and after["State"]["StartedAt"] == before["State"]["StartedAt"]
    assert service.look(service.aside) is None


@pytest.mark.parametrize("pull", ["missing", "always"])
def test_the_registry_is_down(service: Service, log_in: Any, pull: str) -> None:
    image = NOWHERE + "/app:1"
    forget(service, image)
    if pull == "always":
        tag(service, NOWHERE + "/app")
    refused(service, {**NEW, "image": image, "pull": pull}, "connection refused", NOWHERE)
    forget(service, image)


def test_there_is_no_such_tag(service: Service, registry: Registry, log_in: Any) -> None:
    push(service, registry, "app")
    refused(service, {**NEW, "image": registry.address + "/app:none"}, "not found", registry.address)


def test_there_is_no_such_repository(service: Service, registry: Registry, log_in: Any) -> None:
    refused(service, {**NEW, "image": registry.address + "/nobody/none:1"}, "not found", "without credentials")


def test_nobody_is_logged_in(service: Service, login_registry: Registry, log_in: Any) -> None:
    image = push(service, login_registry, "app")
    forget(service, image)
    refused(service, {**NEW, "image": image}, "no basic auth credentials", "without credentials")
    tag(service, login_registry.address + "/app")
    refused(service, {**NEW, "image": image, "pull": "always"}, "no basic auth credentials", "without credentials")
    forget(service, image)


def test_the_credentials_are_wrong(service: Service, login_registry: Registry, log_in: Any) -> None:
    image = push(service, login_registry, "app")
    forget(service, image)
    log_in(login_registry, WRONG)
    refused(service, {**NEW, "image": image}, "unauthorized", "with the credentials", login_registry.address)


def test_the_credentials_cannot_be_read(service: Service, registry: Registry, log_in: Any, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{" + WRONG)
    before = service.begin(OLD)
    result = service.run({**NEW, "image": registry.address + "/unread:1"})
    assert result["failed"] and str(tmp_path / "config.json") in result["msg"] and WRONG not in json.dumps(result)
    assert service.there()["Id"] == before["Id"]


def test_the_credentials_are_right(service: Service, login_registry: Registry, log_in: Any) -> None:
    image = push(service, login_registry, "app")
    forget(service, image)
    log_in(login_registry, login_registry.password)
    service.begin(OLD)
    result = service.run({**NEW, "image": image})
    assert not result.get("failed") and service.release() == "2", result
    assert login_registry.password not in json.dumps(result)
    history: list[str] = []
    again = service.run({**NEW, "image": image, "pull": "always"}, history=history)
    assert not again["changed"] and not any("images/create" in one for one in history), again
    service.remove()
    forget(service, image)


@pytest.mark.parametrize("how", [faults.refused(500), faults.refused(403)], ids=["500", "403"])
def test_the_registry_does_not_tell_digests_but_pulls(
    service: Service, registry: Registry, proxy: Proxy, log_in: Any, how: Fault
) -> None:
    """What cannot be asked for is found out by pulling."""
    image = push(service, registry, "silent")
    task = {**OLD, "image": image, "pull": "always"}
    before = service.begin(task)
    proxy.strike("GET /distribution/", how)
    same = service.run(task, by=proxy.socket)
    assert proxy.struck and not same.get("failed") and not same["changed"], same
    assert service.there()["Id"] == before["Id"]
    push(service, registry, "silent", image=another(service))
    tag(service, registry.address + "/silent")  # here it is still the old one
    proxy.strike("GET /distribution/", how)
    newer = service.run(task, by=proxy.socket)
    assert not newer.get("failed") and newer["replaced_because"] == ["image"], newer
    assert service.there()["Id"] != before["Id"] and service.there()["Config"]["Labels"] == {"more": "yes"}
    service.remove()
    forget(service, image)


@pytest.mark.parametrize(
    "kind", [faults.cut_before, faults.cut_after, faults.truncated, faults.garbage, faults.refused(500)]
)
def test_the_pull_breaks_off(service: Service, registry: Registry, proxy: Proxy, log_in: Any, kind: Fault) -> None:
    image = push(service, registry, "broken")
    forget(service, image)
    task = {**NEW, "image": image}
    proxy.strike("POST /images/create", kind)
    refused(service, task, registry.address, by=proxy.socket)
    assert proxy.struck
    result = service.run(task)
    assert not result.get("failed") and service.release() == "2", result
    service.remove()
    forget(service, image)


def test_the_pull_is_done_and_the_container_is_no_good(service: Service, registry: Registry, log_in: Any) -> None:
    """The image has come, and stays: that is a change."""
    image = push(service, registry, "no-good")
    forget(service, image)
    before = service.begin(OLD)
    result = service.run({**NEW, "image": image, "command": ["/none/such"]})
    assert result["failed"] and result["changed"] and "put back" in result["msg"], result
    assert service.there()["Id"] == before["Id"]
    forget(service, image)
