# SPDX-License-Identifier: GPL-3.0-or-later
"""What the registry says of an image: the digest under its tag, asked through the Engine; nothing is pulled."""

from __future__ import annotations

import os
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence

from ...engine.api import distribution
from ...engine.client import Engine
from ...engine.errors import ApiError, EngineError
from ...values.errors import InvalidOption
from ...values.images import ImageReference

CREDENTIALS: Dict[str, Dict[str, Any]] = {
    "username": {"type": "str"},
    "password": {"type": "str", "no_log": True},
}
TOGETHER: Dict[str, List[Sequence[Any]]] = {"required_together": [("username", "password")]}

WITHOUT = ". Registries are asked without credentials"


class Access(NamedTuple):
    """With what a registry is asked: `auth` is the X-Registry-Auth, `words` say where it comes from."""

    registry: str
    auth: Optional[str]
    words: str

    @property
    def sentence(self) -> str:
        """For the message of a failure."""
        return "The registry %s was asked %s" % (self.registry, self.words)


def access(engine: Engine, reference: ImageReference, options: Mapping[str, Any]) -> Access:
    """The credentials of the task, else those that the docker CLI would use. A config.json that cannot be read is
    noted: most images are there for everybody. Raises CredentialsFailed."""
    from ...engine.credentials import encode_auth, find_readable, server_key

    registry = reference.registry or "docker.io"
    if options.get("username"):
        key = server_key(reference.registry)
        given = {"username": options["username"], "password": options["password"], "serveraddress": key}
        return Access(registry, encode_auth(given), "with the username and the password of the task")
    found, unreadable = find_readable(reference.registry, os.environ)
    if unreadable:
        engine.notices.append(unreadable + WITHOUT)
        return Access(registry, None, "without credentials: " + unreadable)
    how = "with the credentials from" if found else "without credentials: it has no entry in"
    auth = encode_auth(found) if found else None
    return Access(registry, auth, how + " the Docker configuration (config.json) of the user who runs the task")


def check_credentials(options: Mapping[str, Any]) -> None:
    """Raises InvalidOption for what is most likely a variable that was not filled in."""
    if options.get("username") == "" or (options.get("username") and not options.get("password")):
        raise InvalidOption("username", "username and password are given, but empty; leave out both, or fill them in")


def ask(engine: Engine, text: str, by: Access) -> Dict[str, Any]:
    """Descriptor and Platforms, as the registry has them (GET /distribution/{name}/json). Raises ApiError."""
    found = engine.send(distribution.inspect(text, registry_auth=by.auth))
    return found if isinstance(found, dict) else {}


def digest_of(answer: Mapping[str, Any]) -> str:
    """The digest in such an answer; empty where it has none."""
    descriptor = answer.get("Descriptor")
    return str(descriptor.get("digest") or "") if isinstance(descriptor, dict) else ""


def refused(doing: str, error: ApiError, by: Access) -> EngineError:
    """The registry's answer as the task's failure."""
    return EngineError("Failed while %s: %s. %s" % (doing, str(error).rstrip("."), by.sentence))
