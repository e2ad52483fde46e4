# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Image references: nginx, docker.io/library/nginx:1, localhost:5000/a/b@sha256:..."""

from __future__ import annotations

from typing import Any, NamedTuple

from .errors import InvalidValue

_HUB = ("docker.io", "index.docker.io", "registry-1.docker.io")


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
    bare, _at, digest = str(text).strip().partition("@")
    head, colon, tag = bare.rpartition(":")
    if not colon or "/" in tag:
        head, tag = bare, ""
    first, slash, rest = head.partition("/")
    registry = first if slash and ("." in first or ":" in first or first == "localhost") else ""
    repository = rest if registry else head
    if registry in _HUB:
        registry = ""
    if not registry and repository.startswith("library/"):
        repository = repository[len("library/") :]
    words = set(repository) - set("abcdefghijklmnopqrstuvwxyz0123456789._-/")
    if (
        not repository
        or words
        or repository[0] in "/._-"
        or repository[-1] in "/._-"
        or (_at and ":" not in digest)
        or (colon and not tag and "/" not in bare.rpartition(":")[2])
    ):
        raise InvalidValue(
            "%r is not an image such as nginx, nginx:1.27 or registry.example.com/app@sha256:..." % (text,)
        )
    return ImageReference(registry, repository, tag or ("" if digest else "latest"), digest)


def is_image_id(text: Any) -> bool:
    """Whether this is an ID, by which images can be found but not pulled."""
    bare = str(text)
    if bare.startswith("sha256:"):
        return True
    return len(bare) == 64 and all(one in "0123456789abcdef" for one in bare)


def same_image(one: str, other: str) -> bool:
    """Whether two references name one image: nginx and docker.io/library/nginx:latest do."""
    if one == other:
        return True
    try:
        return parse_image(one) == parse_image(other)
    except InvalidValue:
        return False
