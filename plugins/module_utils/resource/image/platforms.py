# SPDX-License-Identifier: GPL-3.0-or-later
"""Which platform an image is for."""

from __future__ import annotations

from typing import Any, List, Mapping, Tuple

from ...engine.errors import EngineError
from ...values.errors import InvalidValue
from ...values.platforms import PLAIN, Platform, format_platform, parse_platform, same_platform


def of_image(image: Mapping[str, Any]) -> str:
    """The platform an image's inspect document states."""
    return format_platform((image.get("Os") or "", image.get("Architecture") or "", image.get("Variant") or ""))


def _read(stated: str) -> Platform:
    """What an image or a registry states. Nobody has checked that: what is no platform is none that is wanted."""
    try:
        return parse_platform(stated)
    except InvalidValue:
        return "", "", ""


def fits(want: str, image: Mapping[str, Any]) -> bool:
    """Whether the image is for the platform, or runs there."""
    return is_meant(want, image) or runs_on(parse_platform(want), _read(of_image(image)))


def is_meant(want: str, image: Mapping[str, Any]) -> bool:
    """Whether the image is for just this platform."""
    return same_platform(parse_platform(want), _read(of_image(image)))


def is_offered(answer: Mapping[str, Any], want: str) -> bool:
    """Whether the registry says that it has just this platform."""
    platform = parse_platform(want)
    return any(same_platform(platform, _read(_name(one))) for one in _offered(answer))


def _offered(answer: Mapping[str, Any]) -> List[Mapping[str, Any]]:
    found = [one for one in answer.get("Platforms") or () if isinstance(one, dict)]
    return [one for one in found if one.get("os") and one.get("architecture")]


# A processor of the first kind can run what was made for the second, and Engines pull that where there is no better.
_RUNS_ALSO = {"amd64": ("386", ""), "arm64": ("arm", "v8")}


def runs_on(want: Platform, have: Platform) -> bool:
    """Whether what is for `have` also runs where `want` is asked for, as arm/v6 does where it is arm/v7. Engines take
    that where there is no better."""
    if want[0] != have[0]:
        return False
    _os, architecture, variant = want
    if architecture == have[1] and architecture in PLAIN:
        plain = PLAIN[architecture]
        return _rank(have[2] or plain) <= _rank(variant or plain)
    if architecture in _RUNS_ALSO:
        return runs_on((want[0],) + _RUNS_ALSO[architecture], have)
    return want[1:] == have[1:]


def _rank(variant: str) -> Tuple[int, ...]:
    """v8.2 comes before v9, v9 before v10."""
    parts = variant.lstrip("v").split(".")
    return tuple(int(part) if part.isdecimal() else 0 for part in parts)


def check_offer(answer: Mapping[str, Any], want: str, who: str) -> None:
    """Refuse what the registry has for other platforms only (Platforms of GET /distribution/{name}/json): Engines have
    pulled that as well. Raises EngineError."""
    offered = _offered(answer)
    system, architecture, _variant = parse_platform(want)
    runs = (architecture, _RUNS_ALSO.get(architecture, ("",))[0])
    for one in offered:
        if one.get("os") == system and (not architecture or one["architecture"] in runs):
            return
    if offered:
        names = sorted({_name(one) for one in offered if one["architecture"] != "unknown"})
        raise EngineError("%s for %s, and not for %s" % (who, ", ".join(names), want))


def _name(one: Mapping[str, Any]) -> str:
    return format_platform((one.get("os") or "", one.get("architecture") or "", one.get("variant") or ""))
