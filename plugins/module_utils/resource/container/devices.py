# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices, what is asked of them and of processes: lists of dicts in the API."""

from __future__ import annotations

from typing import Any, Dict, List

from ...values.devices import parse_device
from ...values.sizes import parse_size
from ...values.ulimits import parse_ulimit
from ...values.words import switches


def rates(value: List[Dict[str, Any]], _context: Any) -> List[Dict[str, Any]]:
    return [{"Path": one["path"], "Rate": parse_size(one["rate"])} for one in value]


def weights(value: List[Dict[str, Any]], _context: Any) -> List[Dict[str, Any]]:
    return [{"Path": one["path"], "Weight": one["weight"]} for one in value]


def devices(value: List[str], _context: Any) -> List[Dict[str, Any]]:
    keys = ("PathOnHost", "PathInContainer", "CgroupPermissions")
    return [dict(zip(keys, parse_device(one))) for one in value]


def observed_devices(raw: Any, _context: Any) -> List[Dict[str, Any]]:
    """With permissions in one order."""
    shown = [(one, one.get("CgroupPermissions") or "") for one in raw or ()]
    return [dict(one, CgroupPermissions="".join(word for word in "rwm" if word in words)) for one, words in shown]


def device_requests(value: List[Dict[str, Any]], _context: Any) -> List[Dict[str, Any]]:
    keys = {
        "driver": "Driver",
        "count": "Count",
        "device_ids": "DeviceIDs",
        "capabilities": "Capabilities",
        "options": "Options",
    }
    given = [dict(one, options=switches(one.get("options") or {})) for one in value]
    return observed_device_requests([{keys[key]: item for key, item in one.items()} for one in given], _context)


def observed_device_requests(raw: Any, _context: Any) -> List[Dict[str, Any]]:
    """Without the keys that were not given, which the Engine shows as empty."""
    return [{key: item for key, item in one.items() if item not in (None, "", 0, [], {})} for one in raw or ()]


def ulimits(value: List[str], _context: Any) -> List[Dict[str, Any]]:
    return [dict(zip(("Name", "Soft", "Hard"), parse_ulimit(one))) for one in value]
