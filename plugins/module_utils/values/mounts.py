# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes and tmpfs as `docker run` takes them: data:/var/lib/data:ro,z and /run:size=64k."""

from __future__ import annotations

from typing import Any, Dict, NamedTuple, Sequence, Tuple

from .errors import InvalidValue

# Of each group the Engine takes one word.
_GROUPS = (
    ("ro", "rw"),
    ("z", "Z"),
    ("nocopy",),
    ("consistent", "cached", "delegated"),
    ("private", "rprivate", "shared", "rshared", "slave", "rslave"),
)
_MODES = tuple(word for group in _GROUPS for word in group)


class Volume(NamedTuple):
    """A volume; `source` is empty for an anonymous one, `mode` is sorted and does not hold rw, which is the default."""

    source: str
    target: str
    mode: Tuple[str, ...]


def parse_volume(value: Any) -> Volume:
    """Take a volume apart. Raises InvalidValue."""
    text = str(value).strip()
    parts = _split(text)
    if len(parts) > 3 or not all(parts):
        raise InvalidValue("%r is not a volume such as data:/var/lib/data, /srv:/srv:ro or /cache" % (value,))
    if len(parts) == 1:
        return Volume("", _target(parts[0], text), ())
    mode = parts[2] if len(parts) == 3 else ""
    if len(parts) == 2 and _is_mode(parts[1]):
        if _words(parts[1], text):
            raise InvalidValue("%r: a volume without a name has no modes" % text)
        return Volume("", _target(text, text), ())  # a part of the path, as playbooks for the incumbent have it
    words = _words(mode, text)
    if "nocopy" in words and (parts[0][0] in "/.~" or "\\" in parts[0]):
        raise InvalidValue("%r: nocopy is for volumes, and a folder of the host is none" % text)
    return Volume(bare(parts[0]), _target(parts[1], text), words)


def shown_volume(text: str) -> Volume:
    """What an Engine shows; other makes of Engines have modes that the parser refuses."""
    try:
        return parse_volume(text)
    except InvalidValue:
        source, target, mode = (list(_split(text)) + ["", ""])[:3]
        return Volume(source, target, tuple(sorted(mode.split(","))))


def format_volume(volume: Volume) -> str:
    """As the Engine takes it."""
    return ":".join(part for part in (volume.source, volume.target, ",".join(volume.mode)) if part)


def _split(text: str) -> Sequence[str]:
    parts = text.split(":")
    joined = []
    while parts:
        part = parts.pop(0)
        if len(part) == 1 and part.isalpha() and parts and parts[0][:1] == "\\":
            part += ":" + parts.pop(0)  # a drive letter
        joined.append(part)
    return joined


def _is_mode(text: str) -> bool:
    return bool(text) and all(word in _MODES for word in text.split(","))


def _target(path: str, text: str) -> str:
    if path[:1] != "/" and "\\" not in path:
        raise InvalidValue("%r: the path in the container has to be absolute" % text)
    if not path.strip("/"):
        raise InvalidValue("%r: the path in the container cannot be the root" % text)
    return path.rstrip("/")


def _words(mode: str, text: str) -> Tuple[str, ...]:
    words = mode.split(",") if mode else []
    unknown = [word for word in words if word not in _MODES]
    if unknown:
        raise InvalidValue("%r: %s is no mode of a volume (%s)" % (text, ", ".join(unknown), ", ".join(_MODES)))
    for group in _GROUPS:
        several = sorted(set(words) & set(group))
        if len(several) > 1:
            raise InvalidValue("%r: %s cannot stand together" % (text, " and ".join(several)))
    return tuple(sorted(set(words) - {"rw"}))


def parse_tmpfs(specs: Sequence[Any]) -> Dict[str, str]:
    """`{"/run": "size=64k"}`."""
    found: Dict[str, str] = {}
    for spec in specs:
        target, _sep, words = str(spec).strip().partition(":")
        if target[:1] != "/":
            raise InvalidValue("%r is not a tmpfs such as /run or /run:size=64k,mode=1777" % (spec,))
        if not target.strip("/"):
            raise InvalidValue("%r: the path in the container cannot be the root" % (spec,))
        found[target] = words
    return found


def is_relative(source: str) -> bool:
    """Whether it is a path on the host that has to be spelled out, as no volume's name begins so."""
    return source[:1] in ("~", ".")


def bare(path: str) -> str:
    """/srv for /srv/; names of volumes stay as they are."""
    return path.rstrip("/") or path[:1]
