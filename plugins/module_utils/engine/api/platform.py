# SPDX-License-Identifier: GPL-3.0-or-later
"""Platforms as the newer endpoints want them."""

from __future__ import annotations

import json
from typing import Optional, Sequence, Tuple


def encode_platform(text: Optional[str]) -> Optional[str]:
    """Write os[/architecture[/variant]] as the JSON of an OCI platform; None stays None."""
    if text is None:
        return None
    named = zip(("os", "architecture", "variant"), text.split("/"))
    return json.dumps({name: part for name, part in named if part}, separators=(",", ":"))


def encode_platforms(texts: Optional[Sequence[str]]) -> Optional[Tuple[Optional[str], ...]]:
    """Several, as a repeated parameter."""
    return tuple(encode_platform(text) for text in texts) if texts else None
