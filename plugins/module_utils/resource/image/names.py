# SPDX-License-Identifier: GPL-3.0-or-later
"""Which image a task names: `name`, with `tag` where the name has none."""

from __future__ import annotations

from typing import Any, Dict, Mapping, NamedTuple, Optional, Set

from ...values.errors import InvalidOption, InvalidValue
from ...values.images import ImageReference, is_image_id, is_tag, parse_image

NAME: Dict[str, Dict[str, Any]] = {
    "name": {"type": "str", "required": True},
    "tag": {"type": "str", "default": "latest"},
}


class Named(NamedTuple):
    """What to ask the Engine for: a reference, or, where `reference` is None, an ID."""

    text: str
    reference: Optional[ImageReference]


def named(name: str, tag: Optional[str] = None, option: str = "name") -> Named:
    """A tag or digest within the name counts more than `tag`. Raises InvalidOption."""
    name = name.strip()
    if is_image_id(name):
        return Named(name, None)
    bare, _at, digest = name.partition("@")
    own = ":" in bare.rpartition("/")[2]
    try:
        if tag and not own and not digest:
            mark = "@" if ":" in tag else ":"
            parse_image(name)
            reference = _with_tag(name + mark + tag, tag)
        else:
            reference = parse_image(name)
    except InvalidValue as error:
        raise InvalidOption(option, error) from None
    return Named(reference.full, reference)


def _with_tag(text: str, tag: str) -> ImageReference:
    try:
        return parse_image(text)
    except InvalidValue:
        raise _no_tag(tag) from None


def _no_tag(text: str, end: str = "") -> InvalidOption:
    return InvalidOption("tag", '"%s" is not a valid docker tag%s' % (text, end), whole=True)


def of_task(options: Mapping[str, Any]) -> Named:
    """The image that a task's `name` and `tag` mean."""
    return named(options["name"], options.get("tag"))


def check_tag(options: Mapping[str, Any], end: str = "") -> None:
    """`tag` has to be one, also where the name has its own, which counts. Raises InvalidOption; `end` ends it."""
    own = options["name"].strip().partition("@")[0].rpartition("/")[2].partition(":")[2]
    for tag in (options["tag"], own):
        if tag and ":" not in tag and not is_tag(tag):
            raise _no_tag(tag, end)


def of_registry(options: Mapping[str, Any], verb: str) -> ImageReference:
    """The same as of_task, of a task that goes to a registry, where IDs mean nothing. Raises InvalidOption."""
    found = of_task(options)
    if found.reference is None:
        raise InvalidOption("name", "Cannot %s an image by ID" % verb, whole=True)
    return found.reference


def digests(image: Mapping[str, Any]) -> Set[str]:
    """Under which digests registries know this image (RepoDigests), and the containerd image store, whose IDs are
    digests (Id; Descriptor since API 1.48)."""
    found = {one.rpartition("@")[2] for one in image.get("RepoDigests") or ()}
    found.add(str(image.get("Id") or ""))
    found.add(str((image.get("Descriptor") or {}).get("digest") or ""))
    return found - {""}
