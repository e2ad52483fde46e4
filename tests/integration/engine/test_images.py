# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done with images, on a real Engine and real registries."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import (
    builds,
    distribution,
    image_store,
    image_transfer,
    images,
    system,
)
from ansible_collections.longshore.docker.plugins.module_utils.engine.archive import from_bytes, pack
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.credentials import encode_auth
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import (
    ApiError,
    Conflict,
    NotFound,
    StreamFailed,
    Unauthorized,
)
from ansible_collections.longshore.docker.tests.engines.registry import Registry


@pytest.fixture
def small(engine: Engine) -> Iterator[str]:
    """An image of one file, and of no relation to others."""
    call = image_transfer.import_image(
        repository="longshore-small", tag="1", message="made", changes=["CMD a", "ENV A=b"]
    )
    list(engine.upload_stream(call, b"".join(pack([from_bytes("file", b"small")]))))
    yield "longshore-small:1"
    for one in engine.get(image_store.list_(filters={"label": ["longshore-small"]})):
        engine.send(image_store.remove(one["Id"], force=True))
    if engine.get(images.inspect("longshore-small:1")):
        engine.send(image_store.remove("longshore-small:1", force=True))


def test_import_of_bytes(engine: Engine, small: str) -> None:
    found = engine.get(images.inspect(small))
    assert found["Config"]["Cmd"] == ["/bin/sh", "-c", "a"]
    assert "A=b" in found["Config"]["Env"]
    (layer,) = engine.get(image_store.history(small))
    assert layer["Comment"] == "made" and layer["Tags"] == [small]


def test_import_from_a_url_that_does_not_answer(engine: Engine) -> None:
    call = image_transfer.import_image("http://127.0.0.1:9/none.tar", "longshore-url")
    with pytest.raises((StreamFailed, ApiError), match="refused"):
        list(engine.stream(call))


def test_list(engine: Engine, small: str) -> None:
    found = engine.get(image_store.list_(filters={"reference": ["longshore-small"]}, digests=True))
    assert [one["RepoTags"] for one in found] == [[small]]
    assert engine.get(image_store.list_(filters={"reference": ["longshore-none"]})) == []


def test_tag_and_remove(engine: Engine, small: str) -> None:
    engine.send(image_store.tag(small, "127.0.0.1:5000/some/where", "2"))
    image_id = engine.get(images.inspect("127.0.0.1:5000/some/where:2"))["Id"]
    assert engine.get(images.inspect(small))["Id"] == image_id
    with pytest.raises(Conflict, match="must be forced"):
        engine.send(image_store.remove(image_id))
    assert engine.send(image_store.remove("127.0.0.1:5000/some/where:2")) == [
        {"Untagged": "127.0.0.1:5000/some/where:2"}
    ]
    removed = engine.send(image_store.remove(small))
    assert {"Deleted": image_id} in removed
    assert engine.get(images.inspect(small)) is None
    with pytest.raises(NotFound, match="No such image"):
        engine.send(image_store.remove(small))


def test_save_and_load(engine: Engine, small: str) -> None:
    image_id = engine.get(images.inspect(small))["Id"]
    archive = io.BytesIO(b"".join(engine.chunks(image_transfer.save(small))))
    engine.send(image_store.remove(small))
    records = list(engine.upload_stream(image_transfer.load(), archive))
    assert any(small in record.get("stream", "") for record in records)
    assert engine.get(images.inspect(small))["Id"] == image_id


def test_save_and_load_several(engine: Engine, image: str, small: str) -> None:
    saved = engine.chunks(image_transfer.save_many([small, image]))
    words = "".join(one.get("stream", "") for one in engine.upload_stream(image_transfer.load(quiet=True), saved))
    assert small in words and image in words


def test_load_of_what_is_no_archive(engine: Engine) -> None:
    with pytest.raises((StreamFailed, ApiError)):
        list(engine.upload_stream(image_transfer.load(), b"no archive" * 1000))


def test_build_tag_and_prune(engine: Engine, image: str) -> None:
    dockerfile = b"FROM scratch AS first\nARG A\nLABEL longshore-build=$A\nCOPY file /\nFROM first AS second\nENV B=c\n"
    context = pack([from_bytes("sub/Dockerfile", dockerfile), from_bytes("file", b"x")])
    call = builds.build(
        dockerfile="sub/Dockerfile", t=("longshore-build:1", "longshore-build:2"), buildargs={"A": "a"},
        labels={"extra": "1"}, target="first", rm=True, nocache=True, networkmode="none",
    )  # fmt: skip
    records = list(engine.upload_stream(call, context))
    image_id = next(record["aux"]["ID"] for record in records if "aux" in record)
    found = engine.get(images.inspect("longshore-build:2"))
    assert found["Id"] == image_id
    assert found["Config"]["Labels"] == {"longshore-build": "a", "extra": "1"}
    for tag in "12":
        engine.send(image_store.tag(image, "longshore-build", tag))  # leaves what was built without a name
    answer = engine.send(image_store.prune({"label": ["longshore-build=a"], "dangling": ["true"]}))
    assert {"Deleted": image_id} in answer["ImagesDeleted"]
    for tag in "12":
        engine.send(image_store.remove("longshore-build:" + tag))


def test_prune_of_the_build_cache(engine: Engine) -> None:
    assert "SpaceReclaimed" in engine.send(builds.prune(all_=True, filters={"until": ["10000h"]}))


def test_push_pull_and_digest(engine: Engine, small: str, registry: Registry) -> None:
    name = registry.address + "/deep/small"
    engine.send(image_store.tag(small, name, "1"))
    records = list(engine.stream(image_transfer.push(name, "1")))
    image_id = engine.get(images.inspect(small))["Id"]
    digest = engine.send(distribution.inspect(name + ":1"))["Descriptor"]["digest"]
    # containerd's image store has no `aux` record: there it is in the words of a `status` only.
    assert any(digest in str(record.get("aux") or record.get("status")) for record in records)
    for one in (name + ":1", small):
        engine.send(image_store.remove(one))
    assert engine.get(images.inspect(image_id)) is None
    assert any("Downloaded newer" in record.get("status", "") for record in engine.stream(images.pull(name, "1")))
    found = engine.get(images.inspect(name + ":1"))
    assert found["Id"] == image_id and found["RepoDigests"] == ["%s@%s" % (name, digest)]
    assert any("up to date" in record.get("status", "") for record in engine.stream(images.pull(name, digest)))
    engine.send(image_store.remove(image_id, force=True))


def test_pull_of_an_unknown_tag(engine: Engine, registry: Registry) -> None:
    with pytest.raises((NotFound, StreamFailed), match="not found|unknown"):
        list(engine.stream(images.pull(registry.address + "/none", "1")))


def test_login_push_and_pull_with_credentials(engine: Engine, small: str, login_registry: Registry) -> None:
    auth = {
        "username": login_registry.user, "password": login_registry.password, "serveraddress": login_registry.address
    }  # fmt: skip
    assert engine.send(system.auth(auth))["Status"] == "Login Succeeded"
    with pytest.raises((Unauthorized, ApiError), match="(?i)unauthorized") as caught:
        engine.send(system.auth(dict(auth, password="wr0ng-secret")))
    assert "wr0ng-secret" not in str(caught.value)
    name = login_registry.address + "/small"
    engine.send(image_store.tag(small, name, "1"))
    with pytest.raises(StreamFailed, match="no basic auth credentials"):
        list(engine.stream(image_transfer.push(name, "1")))
    list(engine.stream(image_transfer.push(name, "1", registry_auth=encode_auth(auth))))
    with pytest.raises((StreamFailed, ApiError), match="no basic auth credentials"):
        list(engine.stream(images.pull(name, "1")))
    list(engine.stream(images.pull(name, "1", registry_auth=encode_auth(auth))))
    with pytest.raises(ApiError):
        engine.send(distribution.inspect(name + ":1"))
    assert engine.send(distribution.inspect(name + ":1", encode_auth(auth)))["Descriptor"]["digest"]
    engine.send(image_store.remove(name + ":1"))


def test_build_from_a_private_base(engine: Engine, small: str, login_registry: Registry) -> None:
    """X-Registry-Config gives the builder credentials by registry."""
    auth = {"username": login_registry.user, "password": login_registry.password}
    name = login_registry.address + "/base"
    engine.send(image_store.tag(small, name, "1"))
    list(engine.stream(image_transfer.push(name, "1", registry_auth=encode_auth(auth))))
    engine.send(image_store.remove(name + ":1"))
    dockerfile = b"FROM %s:1\nLABEL longshore-small=built\n" % name.encode()
    for config in (None, encode_auth({login_registry.address: auth})):
        call = builds.build(config, t="longshore-private:1", pull=True, forcerm=True)
        records = engine.upload_stream(call, pack([from_bytes("Dockerfile", dockerfile)]))
        if config is None:
            with pytest.raises(StreamFailed, match="no basic auth credentials"):
                list(records)
        else:
            assert "Successfully built" in "".join(record.get("stream", "") for record in records)
    for one in ("longshore-private:1", name + ":1"):
        engine.send(image_store.remove(one))


def test_search(engine: Engine, registry: Registry) -> None:
    """This registry does not search, and says so; Docker Hub is not reached from tests."""
    with pytest.raises(ApiError, match="404|not found|Unexpected status"):
        engine.send(image_transfer.search(registry.address + "/a", limit=3))
