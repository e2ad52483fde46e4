# SPDX-License-Identifier: GPL-3.0-or-later
"""Mounts (HostConfig.Mounts), which `docker run --mount` and compose write."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from ...engine.call import ApiVersion
from ...state.compare import DICTS, holds
from ...values.errors import InvalidOption, InvalidValue
from ...values.mounts import bare, parse_volume, shown_volume
from ...values.sizes import parse_size
from ...values.words import scalar_text, switches
from .context import Context
from .volumes import host_path, refuse_twice

# option -> where the API has it, in a mount (POST /containers/create, HostConfig.Mounts)
_MOUNT_KEYS = {
    "type": "Type",
    "source": "Source",
    "target": "Target",
    "read_only": "ReadOnly",
    "consistency": "Consistency",
    "propagation": "BindOptions.Propagation",
    "non_recursive": "BindOptions.NonRecursive",
    "create_mountpoint": "BindOptions.CreateMountpoint",
    "read_only_non_recursive": "BindOptions.ReadOnlyNonRecursive",
    "read_only_force_recursive": "BindOptions.ReadOnlyForceRecursive",
    "no_copy": "VolumeOptions.NoCopy",
    "labels": "VolumeOptions.Labels",
    "volume_driver": "VolumeOptions.DriverConfig.Name",
    "volume_options": "VolumeOptions.DriverConfig.Options",
    "subpath": "VolumeOptions.Subpath",
    "tmpfs_size": "TmpfsOptions.SizeBytes",
    "tmpfs_mode": "TmpfsOptions.Mode",
    "tmpfs_options": "TmpfsOptions.Options",
}


_ONLY_FOR = {"BindOptions": ("bind",), "VolumeOptions": ("volume",), "TmpfsOptions": ("tmpfs",)}


_NEEDS = {
    "read_only_non_recursive": (1, 44),
    "read_only_force_recursive": (1, 44),
    "create_mountpoint": (1, 42),
    "subpath": (1, 45),
    "tmpfs_options": (1, 46),
}
_TYPES = {"cluster": (1, 42), "image": (1, 48)}


def need(wanted: List[Dict[str, Any]]) -> Dict[str, ApiVersion]:
    """Suboptions and types in use -> the API version they need."""
    used = {key for one in wanted for key in one}
    found = {key: since for key, since in _NEEDS.items() if _MOUNT_KEYS[key] in used}
    found.update(("type %s" % one["Type"], _TYPES[one["Type"]]) for one in wanted if one["Type"] in _TYPES)
    return found


def _mount(one: Mapping[str, Any]) -> Dict[str, Any]:
    kind, found = one["type"], {}  # type: str, Dict[str, Any]
    for option, place in _MOUNT_KEYS.items():
        value = one.get(option)
        if value is None:
            continue
        part = place.partition(".")[0]
        if part in _ONLY_FOR and kind not in _ONLY_FOR[part] + _image_too(option):
            raise InvalidValue("%s cannot be used for the mount of type %s at %s" % (option, kind, one["target"]))
        found["ImageOptions.Subpath" if kind == "image" and option == "subpath" else place] = _mount_value(
            option, value
        )
    if kind != "tmpfs" and kind != "volume" and not one.get("source"):
        raise InvalidValue("the mount of type %s at %s needs a source" % (kind, one["target"]))
    if kind == "bind":
        found["Source"] = host_path(found["Source"])
    found["Target"] = bare(found["Target"])
    found.setdefault("ReadOnly", False)
    return found


def _image_too(option: str) -> Any:
    return ("image",) if option == "subpath" else ()


def _mount_value(option: str, value: Any) -> Any:
    if option == "tmpfs_size":
        return parse_size(value)
    if option == "tmpfs_mode":
        try:
            return int(str(value), 8)
        except ValueError as exc:
            raise InvalidValue("tmpfs_mode %r is not an octal number such as 1777" % (value,)) from exc
    if option in ("labels", "volume_options"):
        return switches(value)
    if option == "tmpfs_options":
        return [_tmpfs_option(key, item) for one in value for key, item in one.items()]
    return value


def _tmpfs_option(key: Any, value: Any) -> List[str]:
    return [str(key)] if value is None else [str(key), scalar_text(value, "the value of %s" % key)]


def mounts(value: List[Dict[str, Any]], context: Context) -> List[Dict[str, Any]]:
    wanted = [_mount(one) for one in value]
    targets = [one["Target"] for one in wanted]
    refuse_twice(targets, "mounts")
    for target in targets:
        if target in [parse_volume(one).target for one in context.options.get("volumes") or ()]:
            what = 'The mount point "%s" appears both in the volumes and mounts option'
            raise InvalidOption("mounts", what % target, whole=True)
    return wanted


def _flat(node: Mapping[str, Any], prefix: str = "") -> Dict[str, Any]:
    found: Dict[str, Any] = {}
    for key, value in node.items():
        path = prefix + key
        if isinstance(value, dict) and path not in ("VolumeOptions.Labels", "VolumeOptions.DriverConfig.Options"):
            found.update(_flat(value, path + "."))
        elif value is not None:
            found[path] = value
    return found


def nested(flat: Mapping[str, Any]) -> Dict[str, Any]:
    body: Dict[str, Any] = {}
    for path, value in flat.items():
        node, keys = body, path.split(".")
        for key in keys[:-1]:
            node = node.setdefault(key, {})
        node[keys[-1]] = value
    return body


def _bind_as_mount(bind: str) -> Dict[str, Any]:
    volume = shown_volume(bind)
    kind = "bind" if volume.source[:1] == "/" or "\\" in volume.source else "volume"
    one = {"Type": kind, "Source": volume.source, "Target": volume.target, "ReadOnly": "ro" in volume.mode}
    words = [word for word in volume.mode if word.endswith(("shared", "slave", "private"))]
    if words:
        one["BindOptions.Propagation"] = words[-1]
    return one


def body(value: List[Dict[str, Any]], _context: Context) -> Dict[str, Any]:
    return {"HostConfig": {"Mounts": [nested(one) for one in value]}}


def observed(document: Mapping[str, Any], context: Context) -> List[Dict[str, Any]]:
    """HostConfig.Mounts, and of HostConfig.Binds what the mounts option speaks of.

    With volumes beside it, the task says of each mount which of the two it is, and playbooks for the incumbent rely on
    being given it."""
    host, wanted = document.get("HostConfig") or {}, {one["Target"] for one in context.want.get("mounts") or ()}
    others = {volume.target for volume in context.brought.get("volumes", context.want.get("volumes")) or ()}
    if others:
        wanted = set()
    found = [one for one in map(_shown, host.get("Mounts") or ()) if one["Target"] not in others]
    return found + [one for one in map(_bind_as_mount, host.get("Binds") or ()) if one["Target"] in wanted]


def _shown(one: Mapping[str, Any]) -> Dict[str, Any]:
    found = dict({"ReadOnly": False}, **_flat(one))
    found["Target"] = bare(one.get("Target") or "")
    if one.get("Type") == "bind":
        found["Source"] = bare(one.get("Source") or "")
    return found


def same(have: List[Dict[str, Any]], want: List[Dict[str, Any]], rule: str, _context: Context) -> bool:
    # The Engine leaves out what is false or empty.
    empty = {key: item for one in want for key, item in one.items() if not item}
    wanted = [{key: item for key, item in one.items() if item != ""} for one in want]
    return holds(DICTS, rule, [dict(empty, **one) for one in have], wanted)
