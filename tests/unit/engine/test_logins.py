# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logins: which helper is in charge, and what becomes of config.json."""

from __future__ import annotations

import base64
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine import logins
from ansible_collections.longshore.docker.plugins.module_utils.engine.credentials import (
    HUB,
    CredentialsFailed,
    find_auth,
)
from ansible_collections.longshore.docker.plugins.module_utils.engine.files import CannotWrite

KEY = "r.test:5000"
AUTH = base64.b64encode(b"me:a:b").decode()


class Node:
    """A home with a config.json, and programs."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, str(folder / "config.json")
        self.environ = {"PATH": str(folder), "DOCKER_CONFIG": str(folder)}

    def config(self, **document: object) -> None:
        Path(self.path).write_text(json.dumps(document))

    def program(self, name: str, script: str = "#!/bin/sh\nexit 0\n") -> None:
        path = self.folder / name
        path.write_text(script)
        path.chmod(0o755)

    def look(self, adopt: bool = True) -> logins.Kept:
        return logins.look(self.path, "https://%s/v2/" % KEY, self.environ, adopt)

    def document(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(Path(self.path).read_text())
        return found


@pytest.fixture
def node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Node:
    monkeypatch.setattr(sys, "platform", "linux")
    return Node(tmp_path)


def test_nothing_is_there(node: Node) -> None:
    assert node.look() == logins.Kept()
    assert not logins.is_listed(node.path, KEY)


def test_what_is_written_is_found(node: Node) -> None:
    logins.write_login(node.path, KEY, "me", "a:b")
    assert node.look() == logins.Kept(login={"username": "me", "password": "a:b"}, mode=0o600)
    assert find_auth(KEY, node.environ) == {"username": "me", "password": "a:b", "serveraddress": KEY}
    logins.remove_login(node.path, KEY)
    assert node.look() == logins.Kept(mode=0o600)


def test_what_belongs_to_others_is_kept(node: Node) -> None:
    node.config(auths={"o": {"auth": AUTH}, KEY: {"identitytoken": "t", "email": "e"}}, psFormat="x")
    os.chmod(node.path, 0o644)
    assert node.look().is_open
    logins.write_login(node.path, KEY, "me", "a:b")
    assert node.document() == {"auths": {"o": {"auth": AUTH}, KEY: {"email": "e", "auth": AUTH}}, "psFormat": "x"}
    assert stat.S_IMODE(os.stat(node.path).st_mode) == 0o600
    assert os.listdir(node.folder) == ["config.json"]


@pytest.mark.parametrize("name", ["http://%s/v1/" % KEY, "https://" + KEY, KEY + "/v2/"])
def test_other_spellings_are_one_registry(node: Node, name: str) -> None:
    node.config(auths={name: {"auth": AUTH}})
    assert node.look().login == {"username": "me", "password": "a:b"}
    logins.write_login(node.path, KEY, "you", "x")
    assert list(node.document()["auths"]) == [KEY]  # type: ignore[call-overload]


def test_its_own_name_counts_more_than_another_spelling(node: Node) -> None:
    old = base64.b64encode(b"old:one").decode()
    node.config(auths={"https://%s/v1/" % KEY: {"auth": old}, KEY: {"auth": AUTH}})
    assert node.look().login == {"username": "me", "password": "a:b"}
    assert (find_auth(KEY, node.environ) or {})["username"] == "me"
    logins.remove_login(node.path, KEY)
    assert node.document() == {"auths": {}}


def test_the_login_of_a_part_of_a_registry_is_another_one(node: Node) -> None:
    part = KEY + "/team"
    node.config(auths={part: {"auth": AUTH}})
    assert not logins.is_listed(node.path, KEY)
    logins.write_login(node.path, KEY, "you", "x")
    assert set(node.document()["auths"]) == {part, KEY}  # type: ignore[call-overload]
    logins.remove_login(node.path, KEY)
    assert node.document() == {"auths": {part: {"auth": AUTH}}}


def test_an_empty_file_is_an_empty_configuration(node: Node) -> None:
    """As for the docker CLI."""
    Path(node.path).write_text("\n")
    assert node.look(adopt=False).login is None
    logins.write_login(node.path, KEY, "me", "a:b")
    assert node.document() == {"auths": {KEY: {"auth": AUTH}}}


def test_a_helper_has_it_under_the_name_that_was_given(node: Node) -> None:
    known = '{"Username": "me", "Secret": "s"}'
    script = (
        "#!/bin/sh\nread server\n[ $server = https://%s ] && echo '%s' || { echo credentials not found; exit 1; }\n"
    )
    node.program("docker-credential-x", script % (KEY, known))
    node.config(credsStore="x")
    assert node.look().login is None
    assert logins.other_spellings("x", KEY, node.environ) == ("https://" + KEY,)
    assert logins.other_spellings("x", HUB, node.environ) == ()


@pytest.mark.parametrize("config", [{"credsStore": "x"}, {"credHelpers": {KEY: "x"}, "credsStore": "y"}])
def test_a_configured_helper_is_in_charge(node: Node, config: dict[str, object]) -> None:
    node.program("docker-credential-x", '#!/bin/sh\necho "{\\"Username\\": \\"me\\", \\"Secret\\": \\"s\\"}"\n')
    node.config(auths={KEY: {"auth": AUTH}}, **config)
    kept = node.look()
    assert (kept.helper, kept.login, kept.in_file, kept.adopts) == (
        "x",
        {"username": "me", "password": "s"},
        True,
        False,
    )


def test_an_installed_helper_is_used_where_nothing_else_is(node: Node) -> None:
    node.program("docker-credential-secretservice", "#!/bin/sh\necho credentials not found; [ $1 = list ]\n")
    assert (node.look().helper, node.look().adopts, node.look().warning) == ("secretservice", True, "")
    assert node.look(adopt=False).helper == ""
    node.config(auths={"o": {"auth": AUTH}})
    assert node.look().helper == ""
    node.config(currentContext="x")
    logins.write_helper(node.path, KEY, "secretservice")
    assert node.document() == {"currentContext": "x", "auths": {KEY: {}}, "credsStore": "secretservice"}


def test_pass_goes_before_the_secret_service_where_it_is_there_itself(node: Node) -> None:
    node.program("docker-credential-pass", "#!/bin/sh\necho credentials not found; [ $1 = list ]\n")
    assert node.look().helper == ""
    node.program("pass")
    assert node.look().helper == "pass"


def test_an_installed_helper_that_does_not_work_is_left_alone(node: Node) -> None:
    node.program("docker-credential-secretservice", "#!/bin/sh\necho no desktop here; exit 1\n")
    kept = node.look()
    assert kept.helper == ""
    assert "no desktop here" in kept.warning


def test_pass_without_a_store_is_left_alone(node: Node) -> None:
    """Its list does without, what it is to keep does not."""
    node.program("docker-credential-pass", "#!/bin/sh\necho credentials not found; [ $1 = list ]\n")
    node.program("pass", "#!/bin/sh\n[ -e %s/store ]\n" % node.folder)
    found = node.look()
    assert found.helper == "" and "pass init" in found.warning and found.warning.endswith("kept in config.json")
    (node.folder / "store").touch()
    assert node.look().helper == "pass"


@pytest.mark.parametrize(
    "answer", ["no JSON", "[]", '{"Username": "u"}'], ids=["no JSON", "a list", "without a secret"]
)
def test_a_helper_that_answers_nonsense(node: Node, answer: str) -> None:
    node.program("docker-credential-x", "#!/bin/sh\necho '%s'\n" % answer)
    node.config(credsStore="x")
    with pytest.raises(CredentialsFailed, match="what is no login"):
        node.look()


def test_a_token_is_told_from_a_password(node: Node) -> None:
    node.program("docker-credential-x", '#!/bin/sh\necho "{\\"Username\\": \\"<token>\\", \\"Secret\\": \\"s\\"}"\n')
    node.config(credsStore="x")
    assert node.look().login == {"identitytoken": "s"}


@pytest.mark.parametrize("text", ["{", "[]", '{"auths": "x"}', '{"auths": [1]}'])
def test_what_is_no_configuration_is_never_overwritten(node: Node, text: str) -> None:
    Path(node.path).write_text(text)
    with pytest.raises(CredentialsFailed):
        node.look()
    with pytest.raises(CredentialsFailed):
        logins.write_login(node.path, KEY, "me", "x")
    with pytest.raises(CredentialsFailed):
        logins.remove_login(node.path, KEY)
    with pytest.raises(CredentialsFailed):
        logins.write_helper(node.path, KEY, "x")
    assert Path(node.path).read_text() == text


def test_a_folder_that_cannot_be(node: Node) -> None:
    Path(node.path).write_text("{}")
    with pytest.raises(CannotWrite, match="cannot write"):
        logins.write_login(os.path.join(node.path, "config.json"), KEY, "me", "x")
