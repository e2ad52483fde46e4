# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a container's ports are published, from what the Engine shows of it."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Union


def addresses(inspected: Mapping[str, Any], port: Union[int, str]) -> List[Dict[str, str]]:
    """What leads to a port ("80", "53/udp"), each with HostIp and HostPort, as `docker port` lists it.

    Empty where the port is not published, and while the container does not run: an address is chosen at its start.
    """
    key = str(port) if "/" in str(port) else "%s/tcp" % port
    ports = (inspected.get("NetworkSettings") or {}).get("Ports") or {}
    return [dict(one) for one in ports.get(key) or ()]
