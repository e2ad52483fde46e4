# SPDX-License-Identifier: GPL-3.0-or-later
"""Image references: nginx, docker.io/library/nginx:1, localhost:5000/a/b@sha256:..."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from .errors import InvalidValue

_HUB = ("docker.io", "index.docker.io")
# The grammar of distribution/reference, by which every Engine reads references.
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
_REGISTRY = re.compile(r"(?:%s(?:\.%s)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?\Z" % (_LABEL, _LABEL))
_PART = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
_REPOSITORY = re.compile(r"%s(?:/%s)*\Z" % (_PART, _PART))
_TAG = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}\Z")
_ID = re.compile(r"[0-9a-f]{64}\Z")
_DIGEST = re.compile(r"(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})\Z")


class ImageReference(NamedTuple):
    """A reference taken apart; `registry` is empty for Docker Hub, `tag` is empty only beside a digest."""

    registry: str
    repository: str
    tag: str
    digest: str

    @property
    def name(self) -> str:
        """As people write it, without tag: nginx, localhost:5000/a/b."""
        return self.registry + "/" + self.repository if self.registry else self.repository

    @property
    def with_tag(self) -> str:
        """nginx:latest."""
        return "%s:%s" % (self.name, self.tag or "latest")

    @property
    def full(self) -> str:
        """nginx:latest, or nginx@sha256:... where there is a digest."""
        return "%s@%s" % (self.name, self.digest) if self.digest else self.with_tag


def parse_image(text: Any) -> ImageReference:
    """Take a reference apart. Raises InvalidValue."""
    bare, at, digest = str(text).strip().partition("@")
    head, colon, tag = bare.rpartition(":")
    if not colon or "/" in tag:
        head, colon, tag = bare, "", ""
    first, slash, rest = head.partition("/")
    registry = first if slash and (set(first) & set(".:") or first == "localhost" or first.lower() != first) else ""
    repository = rest if registry else head
    if (
        (registry and not _REGISTRY.match(registry))
        or not _REPOSITORY.match(repository)
        or len(repository) > 255
        or (_ID.match(repository) and not registry)
        or (colon and not _TAG.match(tag))
        or (at and not _DIGEST.match(digest))
    ):
        raise InvalidValue(
            "%r is not an image such as nginx, nginx:1.27 or registry.example.com/app@sha256:... (lower case)" % (text,)
        )
    if registry in _HUB:
        registry = ""
    if not registry and repository.startswith("library/") and repository.count("/") == 1:
        repository = repository[len("library/") :]
    return ImageReference(registry, repository, tag or ("" if digest else "latest"), digest)


def is_tag(text: str) -> bool:
    """Whether an image can have this tag."""
    return bool(_TAG.match(text))


def is_image_id(text: Any) -> bool:
    """Whether this is an ID, by which images can be found but not pulled."""
    return bool(re.match(r"sha256:[0-9a-f]+\Z|[0-9a-f]{64}\Z", str(text)))


def same_image(one: str, other: str) -> bool:
    """Whether two references name one image: nginx and docker.io/library/nginx:latest do."""
    if one == other:
        return True
    try:
        this, that = parse_image(one), parse_image(other)
    except InvalidValue:
        return False
    if this.digest and this.digest == that.digest:  # beside a digest the Engine pays no attention to a tag
        return this.name == that.name
    return this == that
