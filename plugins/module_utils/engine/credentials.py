# SPDX-License-Identifier: GPL-3.0-or-later
"""Registry credentials as the docker CLI keeps them: config.json and credential helpers."""

from __future__ import annotations

import base64
import binascii
import json
import os
import subprocess
from contextlib import contextmanager
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Tuple

from .contexts import config_directory
from .errors import EngineError

HUB = "https://index.docker.io/v1/"
# A login in the browser leaves them beside Docker Hub's own entry.
_TOKENS = ("/access-token", "/refresh-token")
_HUB_NAMES = ("", "docker.io", "index.docker.io", "registry-1.docker.io")


class CredentialsFailed(EngineError):
    """config.json or a credential helper cannot be used. The message holds no secret."""


class ConfigUnreadable(CredentialsFailed):
    """It is config.json, or an entry of it, that cannot be read. The docker CLI warns then, and goes on without."""


class Keeping:
    """The machine that keeps the credentials: this one."""

    def name(self, environ: Mapping[str, str]) -> str:
        """The path of config.json, for messages."""
        return os.path.join(config_directory(environ), "config.json")

    def read(self, environ: Mapping[str, str]) -> str:
        """The text of config.json. Raises OSError."""
        with open(self.name(environ), encoding="utf-8") as stream:
            return stream.read()

    def ask(self, program: str, key: str, environ: Mapping[str, str]) -> Tuple[int, str]:
        """Run `program get` with the key as its input: status and output. Raises OSError and TimeoutExpired."""
        return run_helper(program, "get", key, environ)


_KEEPING: List[Keeping] = [Keeping()]


@contextmanager
def kept_by(machine: Keeping) -> Iterator[None]:
    """For a while, look for credentials on this machine: the one that a task is about, where it runs on another."""
    _KEEPING.append(machine)
    try:
        yield
    finally:
        _KEEPING.pop()


def run_helper(program: str, action: str, data: str, environ: Mapping[str, str]) -> Tuple[int, str]:
    """Run a credential helper on this machine: get, store, erase or list. Raises OSError and TimeoutExpired."""
    process = subprocess.run(
        [program, action],
        input=data.encode("utf-8"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=60,
        check=False,
        env=dict(os.environ, **environ),
    )
    return process.returncode, process.stdout.decode("utf-8", "replace")


def server_key(registry: str) -> str:
    """The name under which a registry's credentials are kept: host[:port], or Docker Hub's URL."""
    host = registry.partition("://")[2] or registry
    host = host.partition("/")[0]
    return HUB if host in _HUB_NAMES else host


def encode_auth(auth: Mapping[str, Any]) -> str:
    """Write X-Registry-Auth, or, of a document of them by registry, X-Registry-Config."""
    return base64.urlsafe_b64encode(json.dumps(auth).encode("utf-8")).decode("ascii")


def find_readable(registry: str, environ: Mapping[str, str]) -> Tuple[Optional[Dict[str, str]], str]:
    """What `find_auth` gives, and, where config.json cannot be read, why: the rest may do without. Raises
    CredentialsFailed, of helpers."""
    try:
        return find_auth(registry, environ), ""
    except ConfigUnreadable as error:
        return None, str(error)


def find_auth(registry: str, environ: Mapping[str, str]) -> Optional[Dict[str, str]]:
    """What is known about a registry: username and password, or identitytoken, with serveraddress. Raises
    CredentialsFailed."""
    path = _KEEPING[-1].name(environ)
    config = _load(path, environ)
    key = server_key(registry)
    helper = helper_for(config, path, key)
    found = _ask(helper, key, environ) if helper else None
    if found is None:
        found = found_in(config, path, key)
    return dict(found, serveraddress=key) if found else None


def helper_for(config: Mapping[str, Any], path: str, key: str) -> str:
    """The name of the helper that keeps a registry's credentials; empty where config.json does."""
    # An empty one takes the registry out of the store.
    return str(section(config, path, "credHelpers").get(key, config.get("credsStore")) or "")


def found_in(config: Mapping[str, Any], path: str, key: str) -> Optional[Dict[str, str]]:
    """What config.json itself holds for a registry. Its own name counts more than other spellings."""
    entries = section(config, path, "auths")
    names = [name for name in entries if server_key(name) == key and not name.endswith(_TOKENS)]
    for name in sorted(names, key=lambda name: name != key):
        if isinstance(entries[name], dict):
            return _read(entries[name], path, name)
    return None


def _load(path: str, environ: Mapping[str, str]) -> Dict[str, Any]:
    return parse_config(path, lambda: _KEEPING[-1].read(environ))


def parse_config(path: str, read: Callable[[], str]) -> Dict[str, Any]:
    """The document in config.json, empty where there is no such file, or nothing in it. Raises ConfigUnreadable."""
    try:
        config = json.loads(read().strip() or "null")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not JSON"
        raise ConfigUnreadable("cannot read the registry credentials in %s: %s" % (path, reason)) from None
    if config is None:
        return {}
    if not isinstance(config, dict):
        raise ConfigUnreadable("cannot read the registry credentials in %s: it is not a JSON object" % path)
    return config


def section(config: Mapping[str, Any], path: str, name: str) -> Dict[str, Any]:
    """A part of config.json that is an object, empty where there is none."""
    section = config.get(name) or {}
    if not isinstance(section, dict):
        raise ConfigUnreadable("%s: %s is not a JSON object" % (path, name))
    return section


def _read(entry: Mapping[str, Any], path: str, name: str) -> Optional[Dict[str, str]]:
    for token in ("identitytoken", "registrytoken"):
        if entry.get(token):
            return {token: str(entry[token])}
    if entry.get("auth"):
        try:
            text = base64.b64decode(str(entry["auth"])).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            text = ""
        user, colon, password = text.partition(":")
        if not colon:
            raise ConfigUnreadable("%s: the auth of %s is not base64 of user:password" % (path, name)) from None
        return {"username": user, "password": password.rstrip("\0")}
    if entry.get("username") and "password" in entry:
        return {"username": str(entry["username"]), "password": str(entry["password"])}
    return None


def program_of(helper: str) -> str:
    """The command of a helper that config.json names."""
    return "docker-credential-" + os.path.basename(helper)


def cannot_run(program: str, error: Exception) -> CredentialsFailed:
    """A helper that is not there, may not be run, or does not answer."""
    reason = getattr(error, "strerror", None) or "no answer in 60 seconds"
    return CredentialsFailed("cannot run the credential helper %s: %s" % (program, reason))


def _ask(helper: str, key: str, environ: Mapping[str, str]) -> Optional[Dict[str, str]]:
    """Run `docker-credential-NAME get`. None when it knows nothing of the server."""
    program = program_of(helper)
    try:
        status, said = _KEEPING[-1].ask(program, key, environ)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise cannot_run(program, error) from None
    if status:
        words = said.strip()
        if "credentials not found" in words:
            return None
        raise CredentialsFailed("the credential helper %s failed for %s: %s" % (program, key, words[:200]))
    try:
        answer = json.loads(said)
        user, secret = str(answer["Username"]), str(answer["Secret"])
    except (ValueError, KeyError, TypeError):
        raise CredentialsFailed("the credential helper %s answered what is not a credential" % program) from None
    if user == "<token>":
        return {"identitytoken": secret}
    return {"username": user, "password": secret} if user or secret else None
