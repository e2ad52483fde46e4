# SPDX-License-Identifier: GPL-3.0-or-later
"""Capabilities and security options."""

from __future__ import annotations

from typing import Any, List

from ...values.capabilities import canonical_capability
from .context import Context


def capabilities(value: Any, _context: Any) -> List[str]:
    return sorted({canonical_capability(one) for one in value or ()})


def security(value: Any, _context: Any) -> List[str]:
    """`label:disable` and `label=disable` are one, and so are `no-new-privileges` and `no-new-privileges=true`."""
    found = set()
    for one in value or ():
        head, _sep, rest = one.partition("=" if "=" in one.split(":")[0] else ":")
        found.add("%s=%s" % (head, rest or "true") if head == "no-new-privileges" or rest else head)
    return sorted(found)


def security_default(context: Context) -> List[str]:
    """What the Engine adds where the host is not to be protected from the container (POST /containers/create)."""
    want = context.want
    return ["label=disable"] if want.get("privileged") or "host" in (want.get("ipc_mode"), want.get("pid_mode")) else []
