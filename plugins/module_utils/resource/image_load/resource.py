# SPDX-License-Identifier: GPL-3.0-or-later
"""Load the images of an archive, where the Engine does not have them."""

from __future__ import annotations

from typing import Any, Dict, Mapping, NamedTuple, Optional, Tuple

from ...engine.client import Engine
from ...state.plan import Plan
from ...state.resource import Resource
from ..image_archive.identity import ArchivedImage
from ..image_archive.loading import load_step, looked_up, missing
from ..image_archive.reading import ArchiveOpaque, read_archive


class Context(NamedTuple):
    """What the archive holds, and what the Engine has under those names. `opaque` says why nobody can tell."""

    path: str
    archived: Tuple[ArchivedImage, ...] = ()
    found: Mapping[str, Optional[Dict[str, Any]]] = {}
    opaque: str = ""


def _observe(engine: Engine, options: Mapping[str, Any], _settled: bool) -> Context:
    path = options["path"]
    try:
        archived = read_archive(path)
    except ArchiveOpaque as error:
        return Context(path, opaque=str(error))
    return Context(path, archived, looked_up(engine, archived))


def _plan(context: Context) -> Plan:
    if context.opaque:
        warning = "Whether the images are there already is not known, and they are loaded each time: " + context.opaque
        step = load_step(context.path)
        return Plan((step,), {"loaded": False}, {"loaded": True}, warnings=(warning,))
    lacking = missing(context.archived, context.found)
    if not lacking:
        return Plan()
    held = {name: one.reference for one in context.archived for name in one.references}
    before = {name: (context.found[name] or {}).get("Id") for name in lacking}
    return Plan((load_step(context.path),), {"images": before}, {"images": {name: held[name] for name in lacking}})


def _facts(_engine: Engine, context: Context, _made: Plan, _done: bool) -> Dict[str, Any]:
    """What loading will leave, or finds there. Where it was done, its step says it in the Engine's own words."""
    there = [document for document in context.found.values() if document is not None]
    return {"image_names": list(context.found), "images": there, "stdout": ""}


IMAGE_LOAD = Resource(
    "image_load",
    {"path": {"type": "path", "required": True}},
    _observe,
    _plan,
    _facts,
    needs_node=lambda options: "the archive is a file of the managed node",
)
