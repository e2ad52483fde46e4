# SPDX-License-Identifier: GPL-3.0-or-later
"""Logins to registries, looked at and written as the docker CLI keeps them: in config.json or by a credential helper.

A file and a helper are looked at together: a password that a helper keeps has no business in config.json.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import stat
import subprocess
import sys
from contextlib import contextmanager
from typing import Any, Callable, Dict, Iterator, Mapping, NamedTuple, Optional, Tuple

from .credentials import (
    HUB,
    CredentialsFailed,
    cannot_run,
    found_in,
    helper_for,
    parse_config,
    program_of,
    run_helper,
    section,
    server_key,
)
from .files import CannotWrite, replace_file

_PRIVATE = 0o600
# What of an entry in `auths` is, or belongs to, a secret.
_SECRETS = ("auth", "identitytoken", "registrytoken", "username", "password")
_NOT_FOUND = "credentials not found"


class Kept(NamedTuple):
    """What is kept of one registry's login.

    helper    the credential helper that is in charge; empty where config.json is
    adopts    the helper is not named in config.json yet: it is installed, works, and nothing else is in use
    login     what is kept there: username and password, or a token; None for nothing
    in_file   config.json holds secrets of this registry, though a helper is in charge
    mode      of config.json; None where there is no such file
    warning   why a helper that is installed cannot be used
    """

    helper: str = ""
    adopts: bool = False
    login: Optional[Mapping[str, str]] = None
    in_file: bool = False
    mode: Optional[int] = None
    warning: str = ""

    @property
    def is_open(self) -> bool:
        """Whether others than the owner may read the file."""
        return bool((self.mode or 0) & 0o077)


def look(path: str, registry: str, environ: Mapping[str, str], adopt: bool) -> Kept:
    """What is kept for a registry by this config.json, and the helpers that it names. With `adopt`, a helper that is
    installed is considered where nothing else is in use. Raises CredentialsFailed."""
    config = read_config(path)
    key = server_key(registry)
    helper, warning, adopts = helper_for(config, path, key), "", False
    if not helper and adopt and not any(config.get(name) for name in ("auths", "credHelpers", "credsStore")):
        helper = _installed(environ)
        warning = _ailing(helper, environ) if helper else ""
        helper = "" if warning else helper
        adopts = bool(helper)
    in_file = found_in(config, path, key)
    login = ask(helper, key, environ) if helper else in_file
    return Kept(helper, adopts, login, bool(helper and in_file), _mode(path), warning)


def read_config(path: str) -> Dict[str, Any]:
    """The document; empty where there is no file. Raises CredentialsFailed."""

    def read() -> str:
        with open(path, encoding="utf-8") as file:
            return file.read()

    return parse_config(path, read)


def ask(helper: str, key: str, environ: Mapping[str, str]) -> Optional[Dict[str, str]]:
    """What a helper has for a registry (docker-credential-NAME get). Raises CredentialsFailed."""
    text = _run(helper, "get", key, key, environ)
    if text is None:
        return None
    try:
        answer = json.loads(text)
        user, secret = str(answer["Username"]), str(answer["Secret"])
    except (ValueError, KeyError, TypeError):
        raise CredentialsFailed("the credential helper %s answered what is no login" % program_of(helper)) from None
    if user == "<token>":
        return {"identitytoken": secret}
    return {"username": user, "password": secret} if user or secret else None


def store(helper: str, key: str, username: str, password: str, environ: Mapping[str, str]) -> None:
    """Have a helper keep a login (docker-credential-NAME store). Raises CredentialsFailed."""
    given = json.dumps({"ServerURL": key, "Username": username, "Secret": password})
    _run(helper, "store", given, key, environ, password)


def other_spellings(helper: str, key: str, environ: Mapping[str, str]) -> Tuple[str, ...]:
    """Under which other names a helper has the login too. Tools that write what they are given have put it there, and
    `docker logout` looks for the same. Raises CredentialsFailed."""
    if key == HUB:
        return ()
    names = [form % key for form in ("https://%s", "http://%s", "https://%s/v1/", "https://%s/v2/")]
    return tuple(name for name in names if ask(helper, name, environ) is not None)


def erase(helper: str, key: str, environ: Mapping[str, str]) -> None:
    """Have a helper forget a login (docker-credential-NAME erase). Raises CredentialsFailed."""
    _run(helper, "erase", key, key, environ)


def write_login(path: str, key: str, username: str, password: str) -> None:
    """Keep a login in config.json. Raises CredentialsFailed and CannotWrite."""
    secret = base64.b64encode(("%s:%s" % (username, password)).encode("utf-8")).decode("ascii")
    _rewrite(path, lambda config: _put(config, path, key, {"auth": secret}))


def write_helper(path: str, key: str, adopted: str) -> None:
    """Note in config.json that a helper keeps this login, as the docker CLI does, and, where it is named, that this
    helper keeps all. Raises CredentialsFailed and CannotWrite."""

    def change(config: Dict[str, Any]) -> None:
        _put(config, path, key, {})
        if adopted:
            config["credsStore"] = adopted

    _rewrite(path, change)


def remove_login(path: str, key: str) -> None:
    """Take a login out of config.json. Raises CredentialsFailed and CannotWrite."""

    def change(config: Dict[str, Any]) -> None:
        entries = section(config, path, "auths")
        config["auths"] = {name: entry for name, entry in entries.items() if not _means(name, key)}

    _rewrite(path, change)


def is_listed(path: str, key: str) -> bool:
    """Whether config.json has an entry for the registry, with secrets or without."""
    return any(_means(name, key) for name in section(read_config(path), path, "auths"))


def _means(name: str, key: str) -> bool:
    """Whether an entry is called by a spelling of the registry, not by a part of it (podman keeps quay.io/team)."""
    path = name.partition("://")[2] or name
    path = path.partition("/")[2].strip("/")
    return server_key(name) == key and path in ("", "v1", "v2")


def _put(config: Dict[str, Any], path: str, key: str, secrets: Mapping[str, str]) -> None:
    """Give the registry these secrets and no others, under one name; what else its entry says is kept."""
    entries = section(config, path, "auths")
    kept: Dict[str, Any] = {}
    for name, entry in entries.items():
        if _means(name, key) and isinstance(entry, dict):
            kept.update({word: value for word, value in entry.items() if word not in _SECRETS})
    config["auths"] = {name: entry for name, entry in entries.items() if not _means(name, key)}
    config["auths"][key] = dict(kept, **secrets)


def _rewrite(path: str, change: Callable[[Dict[str, Any]], None]) -> None:
    """Read the file anew, change it and put it in place at once, while no other task of ours does the same."""
    folder = os.path.dirname(os.path.realpath(path))
    try:
        os.makedirs(folder, 0o700, exist_ok=True)
    except OSError as error:
        raise CannotWrite("cannot write %s: %s" % (path, error.strerror)) from error
    with _alone(path, folder):
        config = read_config(path)
        change(config)
        text = json.dumps(config, indent="\t", ensure_ascii=False)
        replace_file(path, [text.encode("utf-8", "surrogateescape")], _PRIVATE)


@contextmanager
def _alone(path: str, folder: str) -> Iterator[None]:
    """Several hosts of a play may share one config.json. A directory can be locked, and no lock file stays behind."""
    try:
        number = os.open(folder, os.O_RDONLY)
        fcntl.flock(number, fcntl.LOCK_EX)
    except OSError as error:
        raise CannotWrite("cannot write %s: %s" % (path, error.strerror)) from error
    try:
        yield
    finally:
        os.close(number)


def _run(helper: str, action: str, data: str, key: str, environ: Mapping[str, str], secret: str = "") -> Optional[str]:
    """What the helper says; None where it does not know the registry."""
    program = program_of(helper)
    try:
        status, said = run_helper(program, action, data, environ)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise cannot_run(program, error) from None
    words = said.strip()
    if status and _NOT_FOUND in words:
        return None
    if status:
        words = words.replace(secret, "********") if secret else words
        words = words[:200] or "it ended with status %d" % status
        raise CredentialsFailed(
            "the credential helper %s failed to %s the login of %s: %s" % (program, action, key, words)
        )
    return said


def _installed(environ: Mapping[str, str]) -> str:
    """The helper that the docker CLI takes where config.json names none: the system's own, if it is there."""
    path = environ.get("PATH")
    names = {"darwin": ("osxkeychain",)}.get(sys.platform, ("pass", "secretservice"))
    for name in names:
        if shutil.which(program_of(name), path=path) and (name != "pass" or shutil.which("pass", path=path)):
            return name
    return ""


def _ailing(helper: str, environ: Mapping[str, str]) -> str:
    """Why an installed helper does not work, as those of a desktop do not on a server; empty where it does."""
    try:
        _run(helper, "list", "", "any registry", environ)
        if helper == "pass":  # its `list` and `get` do without a store that `pass init` has made; `store` does not
            _run_pass(environ)
    except CredentialsFailed as error:
        return "%s. The login is kept in config.json" % str(error).rstrip(".")
    return ""


def _run_pass(environ: Mapping[str, str]) -> None:
    """What docker-credential-pass asks before it keeps anything. Raises CredentialsFailed."""
    try:
        status, _said = run_helper("pass", "ls", "", environ)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise cannot_run(program_of("pass"), error) from None
    if status:
        raise CredentialsFailed("the credential helper docker-credential-pass has no store: `pass init` makes one")


def _mode(path: str) -> Optional[int]:
    try:
        return stat.S_IMODE(os.stat(path).st_mode)
    except OSError:
        return None
