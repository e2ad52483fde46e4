# SPDX-License-Identifier: GPL-3.0-or-later
"""What a volume holds: what is wanted of it, what is there, and the container through which it is looked at.

An Engine shows what is in a volume only through a container that has it; it need not run, and need never have run.
"""

from __future__ import annotations

import os
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence

from ...engine.api import container_files, containers, image_store
from ...engine.client import Engine
from ...values.errors import InvalidOption, InvalidValue
from ..looking import looking_for
from . import helper
from .contents import Contents, of_archive, of_disk, of_stream

OPTIONS = ("populate", "restore", "backup")
# Stands for what nobody can know before there is a container.
UNSEEN: Contents = {"": "not known before it is looked at"}


class Way(NamedTuple):
    """A container, and the path at which it has the volume."""

    container: str
    path: str


def check(options: Mapping[str, Any]) -> None:
    """Refuse files that are not there. Raises InvalidOption."""
    for name in ("populate", "restore"):
        if options.get(name) is not None and not os.path.exists(options[name]):
            raise InvalidOption(name, "there is nothing at %s" % options[name])
    if options.get("restore") is not None and os.path.isdir(options["restore"]):
        raise InvalidOption(
            "restore", "%s is a directory, and no archive: populate takes directories" % options["restore"]
        )
    path = options.get("backup")
    if path is not None:
        if os.path.isdir(path) or not os.path.isdir(os.path.dirname(os.path.abspath(path))):
            raise InvalidOption("backup", "no file can be made at %s: is there such a directory?" % path)
        if options["recreate"] != "never":
            raise InvalidOption("backup", "cannot be combined with recreate, which throws away what is to be kept")


def populated(path: str, _context: Any) -> Contents:
    return of_disk(path)


def restored(path: str, _context: Any) -> Contents:
    return of_archive(path)


def backed_up(_path: str, context: Any) -> Contents:
    return UNSEEN if context.held is None else dict(context.held)


def part(_document: Any, context: Any) -> Optional[Contents]:
    """What is there of what the volume is to be populated with; it may hold more."""
    want = context.want.get("populate")
    return None if want is None else {name: one for name, one in (context.held or {}).items() if name in want}


def all_of_it(_document: Any, context: Any) -> Optional[Contents]:
    if "restore" not in context.want:
        return None
    if context.held is None:
        return UNSEEN
    want = context.want["restore"]
    # An archive need not name the directories that its files are in; the Engine makes them.
    implied = {name.rsplit("/", depth)[0] for name in want for depth in range(1, name.count("/") + 1)}
    return {name: one for name, one in context.held.items() if name in want or name not in implied}


def kept(_document: Any, context: Any) -> Optional[Contents]:
    """What the archive holds that is there."""
    if "backup" not in context.want:
        return None
    path = context.options["backup"]
    if not os.path.exists(path):
        return None  # which is not an archive with nothing in it
    try:
        return of_archive(path)
    except InvalidValue as error:
        return {"": str(error)}  # half an archive of a former time, say


def look(engine: Engine, context: Any, settled: Any) -> None:
    """Fill in `held`, and `way` or `image`. `settled`: the context for which a container has been made to look through,
    which goes here; None where there is none."""
    if settled is None:
        _look_for_way(engine, context)
        if context.way is not None:
            context.held = _held(engine, context.way, context.name)
        return
    context.helper = settled.helper
    with helper.gone_afterwards(engine, context.helper):
        helper.sweep(engine, _look_for_way(engine, context), context.helper)
        context.held = _held(engine, Way(context.helper, helper.WHERE), context.name)


def _look_for_way(engine: Engine, context: Any) -> List[Dict[str, Any]]:
    """Fill in `way` or `image`, and `held` where there is no volume. Returns the containers that have it."""
    users: List[Dict[str, Any]] = []
    if context.document is None:
        if context.options.get("backup") is not None:
            raise InvalidOption("backup", "there is no volume %s" % context.name)
        context.held = {}
    else:
        with looking_for("the containers of volume %s" % context.name):
            users = engine.documents(containers.list_(all_=True, filters={"volume": [context.name]}))
        context.way = _way(engine, users, context.name)
    if context.way is None:
        context.image = _image(engine, context.options)
    return users


def _held(engine: Engine, way: Way, volume: str) -> Contents:
    call = container_files.get_archive(way.container, way.path + "/.")
    with looking_for("what volume %s holds" % volume), engine.chunks(call) as body:
        return of_stream(body)


def _way(engine: Engine, users: Sequence[Dict[str, Any]], volume: str) -> Optional[Way]:
    """A container that has all of the volume, may write to it, and has nothing else below it."""
    for one in users:
        mounts = [] if helper.is_one(one) else one.get("Mounts") or []
        paths = [mount.get("Destination") or "" for mount in mounts]
        for mount in mounts:
            path = mount.get("Destination") or ""
            fits = mount.get("Name") == volume and mount.get("RW") and path
            if not fits or any(other.startswith(path.rstrip("/") + "/") for other in paths):
                continue
            if not _is_part(engine.inspect(containers.inspect(one["Id"])), path):
                return Way(one["Id"], path)
    return None


def _is_part(document: Optional[Dict[str, Any]], path: str) -> bool:
    """Whether the container is gone, or has but a folder of the volume (API 1.45)."""
    mounts = ((document or {}).get("HostConfig") or {}).get("Mounts") or ()
    parts = [one for one in mounts if one.get("Target") == path and (one.get("VolumeOptions") or {}).get("Subpath")]
    return document is None or bool(parts)


def _image(engine: Engine, options: Mapping[str, Any]) -> str:
    if options.get("helper_image"):
        return str(options["helper_image"])
    with looking_for("an image to look at volume %s with" % options["volume_name"]):
        found = engine.documents(image_store.list_())
    if found:
        return str(found[0]["Id"])
    raise InvalidOption(
        "helper_image", "has to be given: no container has the volume, and the Engine has no image to make one of"
    )
