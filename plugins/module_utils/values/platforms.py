# SPDX-License-Identifier: GPL-3.0-or-later
"""Platforms: linux/arm64/v8."""

from __future__ import annotations

import re
from typing import Any, Tuple

from .errors import InvalidValue

Platform = Tuple[str, str, str]
_OS = ("linux", "windows", "darwin", "freebsd", "macos", "wasi", "solaris")
_KNOWN = ("386", "amd64", "arm", "arm64", "loong64", "mips64le", "ppc64le", "riscv64", "s390x", "wasm")
_ARCHITECTURES = {
    "x86_64": ("amd64", ""),
    "x86-64": ("amd64", ""),
    "aarch64": ("arm64", ""),
    "armhf": ("arm", "v7"),
    "armel": ("arm", "v6"),
    "i386": ("386", ""),
    "i686": ("386", ""),
}


def parse_platform(text: Any) -> Platform:
    """(os, architecture, variant); what is not said is empty, but the operating system is linux then."""
    parts = str(text).strip().lower().split("/")
    known = parts[0] in _OS or parts[0] in _KNOWN or parts[0] in _ARCHITECTURES
    if len(parts) > 3 or not (known or len(parts) > 1) or not all(re.match(r"[a-z0-9_.-]+\Z", part) for part in parts):
        raise InvalidValue("%r is not a platform such as linux/arm64/v8" % (text,))
    if parts[0] == "macos":
        parts[0] = "darwin"
    if len(parts) == 1 and parts[0] in _OS:
        return parts[0], "", ""
    if len(parts) < 3 and (parts[0] in _KNOWN or parts[0] in _ARCHITECTURES):
        parts.insert(0, "linux")
    architecture, variant = _ARCHITECTURES.get(parts[1], (parts[1], ""))
    variant = parts[2] if len(parts) > 2 else variant
    if architecture in ("arm", "arm64") and variant.isdecimal():
        variant = "v" + variant
    if (architecture, variant) in (("arm64", "v8"), ("amd64", "v1")):
        variant = ""
    return parts[0], architecture, variant


# What a processor is where its variant is not said.
PLAIN = {"amd64": "v1", "arm64": "v8", "arm": "v7"}


def same_platform(want: Platform, have: Platform) -> bool:
    """Whether `have` is what is wanted; parts that `want` leaves empty match anything."""
    plain = PLAIN.get(have[1], "")
    return all(not one or one == other for one, other in zip(want, have[:2] + (have[2] or plain,)))


def format_platform(platform: Platform) -> str:
    """linux/arm/v7."""
    return "/".join(part for part in platform if part)
