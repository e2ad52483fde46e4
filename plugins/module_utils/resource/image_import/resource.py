# SPDX-License-Identifier: GPL-3.0-or-later
"""Make an image of a file system, where there is none that was made of the same."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Tuple

from ...engine.api import images
from ...engine.client import Engine
from ...engine.errors import ApiTooOld
from ...state.plan import Plan
from ...state.resource import Resource
from ...values.errors import InvalidOption, InvalidValue
from ...values.platforms import parse_platform, same_platform
from ..image.names import NAME, of_task
from .sources import check_source, import_step, layer_of

# What an image cannot be asked for is noted in it: a digest of the changes, and one of the URL, which may hold secrets.
CHANGES_LABEL = "longshore.docker.import.changes"
URL_LABEL = "longshore.docker.import.url"
# Engines before this API note their own architecture, whatever they are told.
_PLATFORM_SINCE = (1, 42)


class Context(NamedTuple):
    """The image of that name, and the layer that importing would make; empty where that is not known."""

    options: Mapping[str, Any]
    name: str
    image: Optional[Mapping[str, Any]]
    layer: str


def _check(options: Mapping[str, Any]) -> None:
    named = of_task(options)
    if named.reference is None or named.reference.digest:
        raise InvalidOption("name", "%r is no name that an image can be given" % options["name"])
    url = options["url"]
    if url is not None and not url.startswith(("http://", "https://")):
        raise InvalidOption("url", "it has to begin with http:// or https://; a file is what path is for")
    for option in ("path", "container"):
        if options[option] == "":
            raise InvalidOption(option, "it is empty")
    if options["platform"]:
        try:
            parse_platform(options["platform"])
        except InvalidValue as error:
            raise InvalidOption("platform", error) from None


def _observe(engine: Engine, options: Mapping[str, Any], _settled: Any) -> Context:
    if options["platform"] and engine.api_version < _PLATFORM_SINCE:
        raise ApiTooOld("The option platform needs API version 1.42, but %d.%d is spoken" % engine.api_version)
    check_source(engine, options)
    name = of_task(options).text
    image = engine.inspect(images.inspect(name))
    layer = layer_of(engine, options) if image is not None and not options["force"] else ""
    return Context(options, name, image, layer)


def _plan(context: Context) -> Plan:
    differing = _differences(context)
    if not differing:
        return Plan()
    before = {name: was for name, was, _will_be in differing}
    after = {name: will_be for name, _was, will_be in differing}
    return Plan((import_step(context.options, context.name, _all_changes(context.options)),), before, after)


def _differences(context: Context) -> List[Tuple[str, Any, Any]]:
    """What differs, as (name, is, will be)."""
    options, image = context.options, context.image
    if image is None:
        return [("image", None, context.name)]
    if options["force"]:
        return [("forced", False, True)]
    labels = (image.get("Config") or {}).get("Labels") or {}
    layers = (image.get("RootFS") or {}).get("Layers") or []
    found: List[Tuple[str, Any, Any]] = []
    if options["url"]:
        if labels.get(URL_LABEL) != _digest(options["url"]):
            found.append(("url", "another", "as given"))
    elif layers != [context.layer]:
        found.append(("layers", layers, [context.layer or "not known before"]))
    if options["changes"] is not None and labels.get(CHANGES_LABEL) != _noted(options["changes"]):
        found.append(("changes", "others", options["changes"]))
    comment = image.get("Comment") or ""
    if options["comment"] and comment != options["comment"]:
        found.append(("comment", comment, options["comment"]))
    if options["platform"]:
        have = (image.get("Os") or "", image.get("Architecture") or "", image.get("Variant") or "")
        if not same_platform(parse_platform(options["platform"]), parse_platform("/".join(have).rstrip("/"))):
            found.append(("platform", "/".join(have).rstrip("/"), options["platform"]))
    return found


def _all_changes(options: Mapping[str, Any]) -> List[str]:
    """The changes, and those that note what cannot be seen otherwise."""
    noted = {CHANGES_LABEL: _noted(options["changes"] or ()), URL_LABEL: _digest(options["url"] or "")}
    labels = ["LABEL %s=%s" % pair for pair in noted.items() if pair[1]]
    return list(options["changes"] or ()) + labels


def _noted(changes: Any) -> Optional[str]:
    return _digest(json.dumps(list(changes))) if changes else None


def _digest(text: str) -> Optional[str]:
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest() if text else None


def _facts(engine: Engine, context: Context, made: Plan, done: bool) -> Dict[str, Any]:
    image = engine.inspect(images.inspect(context.name)) if done and made.steps else context.image
    return {"image": dict(image)} if image else {}


def _needs_node(options: Mapping[str, Any]) -> str:
    return "the archive is a file of the managed node" if options["path"] else ""


_SOURCES = ("path", "url", "container")
_SPEC: Dict[str, Dict[str, Any]] = dict(
    NAME,
    path={"type": "path"},
    url={"type": "str"},
    container={"type": "str"},
    changes={"type": "list", "elements": "str"},
    comment={"type": "str"},
    platform={"type": "str"},
    force={"type": "bool", "default": False},
)

IMAGE_IMPORT = Resource(
    "image_import",
    _SPEC,
    _observe,
    _plan,
    _facts,
    constraints={"mutually_exclusive": [_SOURCES], "required_one_of": [_SOURCES]},
    check=_check,
    needs_node=_needs_node,
)
