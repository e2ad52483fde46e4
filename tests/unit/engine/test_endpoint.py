# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which way each set of options leads to."""

from __future__ import annotations

import hashlib
import json
import ssl
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine, encode_query, parse_version
from ansible_collections.longshore.docker.plugins.module_utils.engine.dial import Dial
from ansible_collections.longshore.docker.plugins.module_utils.engine.endpoint import resolve
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import EndpointInvalid
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine

SYSTEM_CA = ssl.get_default_verify_paths().cafile or "/etc/ssl/certs/ca-certificates.crt"


@pytest.mark.parametrize(
    "host, name",
    [
        (None, "unix:///var/run/docker.sock"),
        ("", "unix:///var/run/docker.sock"),
        ("unix://", "unix:///var/run/docker.sock"),
        ("unix:///run/a.sock", "unix:///run/a.sock"),
        ("unix://run/a.sock", "unix:///run/a.sock"),
        ("unix:/run/a.sock", "unix:///run/a.sock"),
        ("/run/a.sock", "unix:///run/a.sock"),
        ("unix:///run/a.sock/", "unix:///run/a.sock"),
        ("http+unix://%2Frun%2Fa.sock", "unix:///run/a.sock"),
        ("http+unix:///run/a.sock", "unix:///run/a.sock"),
        ("http+unix:///run/a.sock/", "unix:///run/a.sock"),
        ("tcp://engine", "tcp://engine:2375"),
        ("tcp://engine:99", "tcp://engine:99"),
        ("tcp://engine:99/prefix/", "tcp://engine:99/prefix"),
        ("tcp://[::1]:99", "tcp://[::1]:99"),
        ("engine:99", "tcp://engine:99"),
        ("http://engine:99", "tcp://engine:99"),
        ("https://engine", "https://engine:2376"),
        ("ssh://engine", "ssh://engine"),
        ("ssh://me@Engine:22", "ssh://me@Engine:22"),
        ("ssh://me@engine/run/a.sock", "ssh://me@engine/run/a.sock"),
    ],
)
def test_hosts(host: str | None, name: str) -> None:
    assert str(resolve({"docker_host": host}, {})) == name


@pytest.mark.parametrize(
    "host, words",
    [
        ("npipe:////./pipe/docker_engine", "named pipes exist on Windows only"),
        ("ftp://engine", "the scheme 'ftp' is not known"),
        ("tcp://", "no host is named"),
        ("tcp://engine:port", "cannot be read"),
        ("tcp://engine:99999", "cannot be read"),
        ("tcp://engine:99?x=1", "has no meaning"),
        ("tcp://me:secret@engine:99", "use client certificates"),
        ("ssh://me:secret@engine", "takes no password"),
        ("ssh://-oProxyCommand=x", "begin with a dash"),
        ("ssh://-l@engine", "begin with a dash"),
    ],
)
def test_hosts_that_are_refused(host: str, words: str) -> None:
    with pytest.raises(EndpointInvalid, match=words) as caught:
        resolve({"docker_host": host}, {})
    assert str(caught.value).startswith("docker_host: ")
    assert "secret" not in str(caught.value)


def verifies(dial: Dial) -> bool:
    context: ssl.SSLContext = dial._context  # type: ignore[attr-defined]
    assert context.check_hostname is (context.verify_mode is ssl.CERT_REQUIRED)
    return context.check_hostname


@pytest.mark.parametrize(
    "options, verified",
    [
        ({}, None),
        ({"tls": False}, None),
        ({"tls": True}, False),
        ({"tls": True, "validate_certs": False}, False),
        ({"validate_certs": True}, True),
        ({"tls": True, "ca_path": SYSTEM_CA}, True),
        ({"ca_path": SYSTEM_CA}, True),
        ({"ca_path": SYSTEM_CA, "validate_certs": False}, None),
        ({"tls": True, "ca_path": SYSTEM_CA, "validate_certs": False}, False),
        ({"docker_host": "https://engine"}, True),
        ({"docker_host": "https://engine", "validate_certs": False}, False),
        ({"docker_host": "https://engine", "tls": True}, False),
        ({"docker_host": "unix:///a", "tls": True, "ca_path": "/none"}, None),
    ],
)
def test_when_to_encrypt_and_when_to_verify(options: dict[str, object], verified: bool | None) -> None:
    dial = resolve({"docker_host": "tcp://engine", **options}, {})
    assert str(dial).startswith("https://engine:2376") == (verified is not None)
    if verified is not None:
        assert verifies(dial) is verified


def test_name_that_the_certificate_is_checked_against() -> None:
    options = {"docker_host": "tcp://10.0.0.1:2376", "validate_certs": True}
    assert resolve(options, {})._server_name == "10.0.0.1"  # type: ignore[attr-defined]
    assert resolve(dict(options, tls_hostname="engine"), {})._server_name == "engine"  # type: ignore[attr-defined]


def make_context(directory: Path, name: str, host: str, *files: str, skip: bool = False) -> None:
    key = hashlib.sha256(name.encode()).hexdigest()
    meta = directory / "contexts" / "meta" / key
    meta.mkdir(parents=True)
    endpoint = {"Host": host, "SkipTLSVerify": skip}
    (meta / "meta.json").write_text(json.dumps({"Name": name, "Metadata": {}, "Endpoints": {"docker": endpoint}}))
    for file in files:
        path = directory / "contexts" / "tls" / key / "docker" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(Path(SYSTEM_CA).read_bytes())


class TestContexts:
    """The docker CLI's contexts."""

    def test_by_option_and_by_environment(self, tmp_path: Path) -> None:
        make_context(tmp_path, "here", "unix:///run/here.sock")
        environ = {"DOCKER_CONFIG": str(tmp_path)}
        assert str(resolve({"cli_context": "here"}, environ)) == "unix:///run/here.sock"
        assert str(resolve({}, environ)) == "unix:///var/run/docker.sock"
        environ["DOCKER_CONTEXT"] = "here"
        assert str(resolve({}, environ)) == "unix:///run/here.sock"
        assert str(resolve({"docker_host": "unix:///var/run/docker.sock"}, environ)) == "unix:///run/here.sock"
        assert str(resolve({"docker_host": "unix:///other"}, environ)) == "unix:///other"
        both = {"docker_host": "unix:///other", "cli_context": "here"}
        assert str(resolve(both, {**environ, "DOCKER_HOST": "unix:///other"})) == "unix:///run/here.sock"
        with pytest.raises(EndpointInvalid, match="docker_host and cli_context: only one"):
            resolve(both, environ)
        assert str(resolve({"cli_context": "default"}, environ)) == "unix:///var/run/docker.sock"

    def test_home_directory(self, tmp_path: Path) -> None:
        make_context(tmp_path / ".docker", "here", "ssh://me@far")
        assert str(resolve({"cli_context": "here"}, {"HOME": str(tmp_path)})) == "ssh://me@far"

    def test_certificates(self, tmp_path: Path) -> None:
        make_context(tmp_path, "far", "tcp://far:2376", "ca.pem")
        make_context(tmp_path, "lax", "tcp://lax:2376", "ca.pem", skip=True)
        environ = {"DOCKER_CONFIG": str(tmp_path)}
        far = resolve({"cli_context": "far", "validate_certs": False, "ca_path": "/none"}, environ)
        assert str(far) == "https://far:2376" and verifies(far)
        assert not verifies(resolve({"cli_context": "lax"}, environ))

    def test_there_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(EndpointInvalid, match="There is no context of name 'gone'"):
            resolve({"cli_context": "gone"}, {"DOCKER_CONFIG": str(tmp_path)})

    @pytest.mark.parametrize("text", ["{", "[]", "{}", '{"Endpoints": {"docker": {}}}', '{"Endpoints": null}'])
    def test_damaged(self, tmp_path: Path, text: str) -> None:
        make_context(tmp_path, "bad", "unix:///a")
        (next((tmp_path / "contexts" / "meta").iterdir()) / "meta.json").write_text(text)
        with pytest.raises(EndpointInvalid, match="docker context bad: .*meta.json cannot be used"):
            resolve({"cli_context": "bad"}, {"DOCKER_CONFIG": str(tmp_path)})


def test_options_that_are_missing_have_defaults() -> None:
    engine = open_engine({}, {})
    assert (engine.timeout, engine.read_only, engine.calls) == (60, False, 0)
    assert open_engine({"timeout": 0}, {}).timeout == 0


@pytest.mark.parametrize("text", ["1", "1.x", "v1.41", "newest", "1.41.2"])
def test_versions_that_are_refused(text: str) -> None:
    with pytest.raises(EndpointInvalid, match="^api_version: "):
        Engine(Dial("nowhere"), api_version=text)


def test_version() -> None:
    assert parse_version("1.41") == (1, 41)


def test_query() -> None:
    query: dict[str, object] = {
        "a": True,
        "b": False,
        "c": None,
        "d": {"label": ["x=1 2"]},
        "e": ("p", "q"),
        "f": "ü&",
        "g": 0,
        "h": [],
    }
    assert encode_query(query) == (
        "?a=1&b=0&d=%7B%22label%22%3A%5B%22x%3D1+2%22%5D%7D&e=p&e=q&f=%C3%BC%26&g=0&h=%5B%5D"
    )
    assert encode_query({"a": None}) == encode_query({}) == ""
