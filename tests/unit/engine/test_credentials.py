# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials from config.json and from helpers."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.credentials import (
    CredentialsFailed,
    encode_auth,
    find_auth,
    server_key,
)

HUB = "https://index.docker.io/v1/"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"DOCKER_CONFIG": str(tmp_path), "PATH": "%s:%s" % (tmp_path, os.environ["PATH"])}


def write(environ: dict[str, str], config: object) -> None:
    (Path(environ["DOCKER_CONFIG"]) / "config.json").write_text(json.dumps(config))


def helper(environ: dict[str, str], name: str, script: str) -> None:
    path = Path(environ["DOCKER_CONFIG"]) / ("docker-credential-" + name)
    path.write_text("#!/bin/sh\nread server\n" + script)
    path.chmod(0o755)


def basic(text: str) -> dict[str, str]:
    return {"auth": base64.b64encode(text.encode()).decode()}


@pytest.mark.parametrize(
    "registry, key",
    [
        ("", HUB),
        ("docker.io", HUB),
        (HUB, HUB),
        ("registry:5000", "registry:5000"),
        ("https://registry:5000/v2/", "registry:5000"),
    ],
)
def test_server_key(registry: str, key: str) -> None:
    assert server_key(registry) == key


def test_nothing_known(environ: dict[str, str]) -> None:
    assert find_auth("registry:5000", environ) is None
    write(environ, {})
    assert find_auth("registry:5000", environ) is None
    write(environ, {"auths": {"registry:5000": {}, "other": basic("a:b")}})
    assert find_auth("registry:5000", environ) is None


@pytest.mark.parametrize("name", ["registry:5000", "https://registry:5000", "http://registry:5000/v1/"])
def test_auths(environ: dict[str, str], name: str) -> None:
    write(environ, {"auths": {name: basic("me:pass:word?>")}})
    text = encode_auth(find_auth("registry:5000", environ) or {})
    assert "+" not in text and "/" not in text
    assert json.loads(base64.urlsafe_b64decode(text)) == {
        "username": "me",
        "password": "pass:word?>",
        "serveraddress": "registry:5000",
    }


def test_other_forms_of_auths(environ: dict[str, str]) -> None:
    plain, token = {"username": "me", "password": "p"}, {"identitytoken": "t", **basic("a:b")}
    write(environ, {"auths": {"plain": plain, "token": token, HUB: basic("h:p")}})
    assert find_auth("plain", environ) == {"username": "me", "password": "p", "serveraddress": "plain"}
    assert find_auth("token", environ) == {"identitytoken": "t", "serveraddress": "token"}
    assert find_auth("docker.io", environ) == {"username": "h", "password": "p", "serveraddress": HUB}


def test_helpers(environ: dict[str, str]) -> None:
    helper(environ, "one", '[ "$1" = get ] && echo "{\\"Username\\": \\"$server\\", \\"Secret\\": \\"one\\"}"')
    helper(environ, "all", 'echo "{\\"Username\\": \\"<token>\\", \\"Secret\\": \\"all\\"}"')
    write(environ, {"credHelpers": {"registry:5000": "one"}, "credsStore": "all"})
    wanted = {"username": "registry:5000", "password": "one", "serveraddress": "registry:5000"}
    assert find_auth("registry:5000", environ) == wanted
    assert find_auth("other", environ) == {"identitytoken": "all", "serveraddress": "other"}


def test_tokens_of_a_login_in_the_browser_are_no_login(environ: dict[str, str]) -> None:
    tokens = {HUB + "access-token": basic("h:old"), HUB + "refresh-token": basic("h:older")}
    write(environ, {"auths": tokens})
    assert find_auth("docker.io", environ) is None
    write(environ, {"auths": {**tokens, HUB: basic("h:p")}})
    assert find_auth("docker.io", environ) == {"username": "h", "password": "p", "serveraddress": HUB}


@pytest.mark.parametrize("empty", ["", None])
def test_a_registry_that_is_taken_out_of_the_store(environ: dict[str, str], empty: str | None) -> None:
    write(environ, {"credHelpers": {"r": empty}, "credsStore": "nowhere", "auths": {"r": basic("a:b")}})
    assert find_auth("r", environ) == {"username": "a", "password": "b", "serveraddress": "r"}


def test_helper_that_knows_nothing(environ: dict[str, str]) -> None:
    helper(environ, "all", 'echo "credentials not found in native keychain"; exit 1')
    write(environ, {"credsStore": "all", "auths": {"kept": basic("a:b"), "other": {}}})
    assert find_auth("other", environ) is None
    assert find_auth("kept", environ) == {"username": "a", "password": "b", "serveraddress": "kept"}


@pytest.mark.parametrize(
    "script, words",
    [
        ("echo the keychain is locked; exit 1", "helper docker-credential-x failed for r: the keychain is locked"),
        ('echo \'{"Username": "SECRET"}\'', "docker-credential-x answered what is not a credential"),
        ("echo SECRET", "docker-credential-x answered what is not a credential"),
    ],
)
def test_helper_that_fails(environ: dict[str, str], script: str, words: str) -> None:
    helper(environ, "x", script)
    write(environ, {"credHelpers": {"r": "x"}})
    with pytest.raises(CredentialsFailed, match=words) as caught:
        find_auth("r", environ)
    assert "SECRET" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_helper_that_is_not_there(environ: dict[str, str]) -> None:
    write(environ, {"credHelpers": {"r": "../none"}})
    with pytest.raises(CredentialsFailed, match="cannot run .* docker-credential-none: No such file"):
        find_auth("r", environ)


@pytest.mark.parametrize(
    "text",
    [
        "{SECRET",
        "[]",
        '{"auths": [1]}',
        '{"auths": {"r": {"auth": "U0VDUkVU"}}}',
        '{"auths": {"r": {"auth": "SECRET"}}}',
    ],
    ids=["not-json", "list", "auths-list", "no-colon", "not-base64"],
)
def test_damaged_config(environ: dict[str, str], text: str) -> None:
    (Path(environ["DOCKER_CONFIG"]) / "config.json").write_text(text)
    with pytest.raises(CredentialsFailed, match=r"config\.json") as caught:
        find_auth("r", environ)
    assert "SECRET" not in str(caught.value)


def test_encode_is_url_safe() -> None:
    assert base64.urlsafe_b64decode(encode_auth({"username": "ÿ>?"})) == b'{"username": "\\u00ff>?"}'
