# SPDX-License-Identifier: GPL-3.0-or-later
"""How a build whose outcome is there already is recognised: a digest of all that goes into it, kept as a label of the
image. docs/decisions/0010-builds-by-digest.md says why."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any, Dict, Mapping

from ...engine.archive import ArchiveInvalid
from .context import Context, entries, member
from .recipe import Recipe

BUILD_LABEL = "longshore.docker.build"
BASES_LABEL = "longshore.docker.build.bases"
_SIZE = 65536
# Part of every digest: another number makes all builds new, as when more goes into a digest than before.
_KIND = 1


def digest(recipe: Recipe, context: Context) -> str:
    """sha256 over what decides about the image: options; the Dockerfile; names, kinds, modes and contents of the
    context's files, their times and owners excepted. Raises ArchiveInvalid."""
    total = hashlib.sha256(_line(_options(recipe)))
    total.update(_line(["dockerfile", hashlib.sha256(context.text).hexdigest()]))
    for relative in entries(context):
        found = member(context, relative)
        if found is None:
            continue
        info = found.info
        content = _of_file(os.path.join(context.path, relative)) if info.isreg() else info.linkname
        total.update(_line([relative, info.type.decode(), info.mode, content]))
    return "sha256:" + total.hexdigest()


def _line(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True).encode("ascii") + b"\n"


def _options(recipe: Recipe) -> Dict[str, Any]:
    """Without what only steers how the image is made. Of secrets their names: a digest of a short one would tell it."""
    return {
        "kind": _KIND,
        "args": recipe.args,
        "etc_hosts": recipe.etc_hosts,
        "labels": recipe.labels,
        "limits": recipe.limits,
        "network": recipe.network,
        "outputs": recipe.outputs,
        "platforms": recipe.platforms,
        "secrets": [one["id"] for one in recipe.secrets],
        "shm_size": recipe.shm_size,
        "target": recipe.target,
    }


def _of_file(path: str) -> str:
    found = hashlib.sha256()
    try:
        with open(path, "rb") as stream:
            for part in iter(lambda: stream.read(_SIZE), b""):
                found.update(part)
    except OSError as error:
        raise ArchiveInvalid("cannot read %s: %s" % (path, error.strerror)) from error
    return found.hexdigest()


def write_bases(bases: Mapping[str, str]) -> str:
    """The label that says which images, by name and ID, a build started from."""
    return " ".join("%s=%s" % pair for pair in sorted(bases.items()))


def read_bases(label: str) -> Dict[str, str]:
    """The same read. A name holds no =, an ID none either; what is no such pair is passed over."""
    pairs = [one.partition("=") for one in label.split()]
    return {name: image for name, _is, image in pairs if image}
