# SPDX-License-Identifier: GPL-3.0-or-later
"""Export images to an archive, where the file does not hold just them."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, NamedTuple

from ...engine.api import images
from ...engine.client import Engine
from ...engine.errors import ApiTooOld, EngineError
from ...engine.files import check_destination
from ...state.plan import Plan
from ...state.resource import Resource
from ...values.errors import InvalidOption, InvalidValue
from ...values.platforms import parse_platform
from ..image.names import Named, named
from ..image_archive.exporting import Wanted, export_step, reason_to_export, variant

_PLATFORM_SINCE = (1, 48)


class Context(NamedTuple):
    """The images that are wanted in the file, and why it has to be written."""

    options: Mapping[str, Any]
    wanted: List[Wanted]
    reason: str


def _named(options: Mapping[str, Any]) -> List[Named]:
    return [named(name, options["tag"] or "latest", "names") for name in options["names"]]


def _check(options: Mapping[str, Any]) -> None:
    if not options["path"]:
        raise InvalidOption("path", "say which file the images are to be exported to")
    if not options["names"]:
        raise InvalidOption("names", "name at least one image")
    _named(options)
    if options["platform"]:
        try:
            parse_platform(options["platform"])
        except InvalidValue as error:
            raise InvalidOption("platform", error) from None


def _observe(engine: Engine, options: Mapping[str, Any], _settled: bool) -> Context:
    if options["platform"] and engine.api_version < _PLATFORM_SINCE:
        raise ApiTooOld("The option platform needs API version 1.48, but %d.%d is spoken" % engine.api_version)
    wanted = [_wanted(engine, one, options["platform"]) for one in _named(options)]
    reason = "it is forced" if options["force"] else reason_to_export(options["path"], wanted)
    if reason:
        check_destination(options["path"])
    return Context(options, wanted, reason)


def _wanted(engine: Engine, image: Named, platform: str) -> Wanted:
    reference = image.text if image.reference is None else image.reference.full
    document = engine.inspect(images.inspect(reference, manifests=True if platform else None))
    if document is None:
        raise EngineError("There is no image %s on the Engine to export. Pull, load or build it first" % reference)
    # In an archive an image has no name when it was asked for by its ID or by a digest.
    name = "" if image.reference is None or image.reference.digest else reference
    return Wanted(reference, name, variant(document, platform) if platform else document)


def _plan(context: Context) -> Plan:
    if not context.reason:
        return Plan()
    path, wanted = context.options["path"], context.wanted
    after = {one.reference: one.document["Id"] for one in wanted}
    return Plan(
        (export_step(path, wanted, context.options["platform"]),), {"archive": context.reason}, {"archive": after}
    )


def _facts(_engine: Engine, context: Context, made: Plan, _done: bool) -> Dict[str, Any]:
    found: Dict[str, Any] = {"images": [dict(one.document) for one in context.wanted]}
    if made.changed:
        found["msg"] = "Exporting because " + context.reason
    return found


IMAGE_EXPORT = Resource(
    "image_export",
    {
        "names": {"type": "list", "elements": "str", "required": True, "aliases": ["name"]},
        "tag": {"type": "str", "default": "latest"},
        "path": {"type": "path"},
        "force": {"type": "bool", "default": False},
        "platform": {"type": "str"},
    },
    _observe,
    _plan,
    _facts,
    check=_check,
    needs_node=lambda options: "the archive is a file of the managed node",
)
