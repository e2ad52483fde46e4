# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices: /dev/sda:/dev/xvda:rwm."""

from __future__ import annotations

from typing import Any, Tuple

from .errors import InvalidValue


def parse_device(value: Any) -> Tuple[str, str, str]:
    """(path on the host, path in the container, permissions). Raises InvalidValue."""
    parts = str(value).strip().split(":")
    if len(parts) == 2 and parts[1] and not set(parts[1]) - set("rwm"):
        parts = [parts[0], parts[0], parts[1]]
    host, container = parts[0], parts[1] if len(parts) > 1 else parts[0]
    permissions = parts[2] if len(parts) > 2 else "rwm"
    if "/" in host and "=" in host and host[:1] != "/":
        raise InvalidValue("%r names a device by CDI: ask for it by device_requests, with the driver cdi" % (value,))
    absolute = all(path.startswith(("/", "class/")) for path in (host, container))  # class/GUID: Windows
    if not absolute or len(parts) > 3 or not permissions or set(permissions) - set("rwm"):
        raise InvalidValue("%r is not a device such as /dev/sda or /dev/sda:/dev/xvda:rwm" % (value,))
    return host, container, "".join(one for one in "rwm" if one in permissions)
