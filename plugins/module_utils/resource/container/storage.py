# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows: volumes, mounts, tmpfs.

The Engine has two places for one thing: HostConfig.Binds (what `docker run -v` writes) and HostConfig.Mounts (what
`--mount` and compose write). Either option is satisfied by either place, so that containers made by others are adopted.
"""

from __future__ import annotations

import os
from typing import Any, Dict, List, Mapping

from ...state.compare import DICTS, STRICT, holds
from ...state.field import Field
from ...values.errors import InvalidValue
from ...values.mounts import Volume, format_volume, host_path, parse_tmpfs, parse_volume
from ...values.sizes import parse_size
from .context import Context

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


def mounts_need(context: Context) -> Dict[str, Any]:
    """Suboptions of mounts in use -> the API version they need."""
    used = {key for one in context.options.get("mounts") or () for key, value in one.items() if value is not None}
    return {"mounts: " + key: since for key, since in _NEEDS.items() if key in used}


def _mount(one: Mapping[str, Any]) -> Dict[str, Any]:
    kind, found = one["type"], {}  # type: str, Dict[str, Any]
    for option, place in _MOUNT_KEYS.items():
        value = one.get(option)
        if value is None:
            continue
        if place.split(".")[0] in _ONLY_FOR and kind not in _ONLY_FOR[place.split(".")[0]] + _image_too(option):
            raise InvalidValue("%s cannot be used for the mount of type %s at %s" % (option, kind, one["target"]))
        found["ImageOptions.Subpath" if kind == "image" and option == "subpath" else place] = _mount_value(
            option, value
        )
    if kind != "tmpfs" and kind != "volume" and not one.get("source"):
        raise InvalidValue("the mount of type %s at %s needs a source" % (kind, one["target"]))
    if kind == "bind":
        found["Source"] = host_path(found["Source"], os.path.expanduser("~"), os.getcwd())
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
        return {str(key): str(item) for key, item in value.items()}
    if option == "tmpfs_options":
        return [[str(key)] + ([] if item is None else [str(item)]) for one in value for key, item in one.items()]
    return value


def _mounts(value: List[Dict[str, Any]], context: Context) -> List[Dict[str, Any]]:
    wanted = [_mount(one) for one in value]
    targets = [one["Target"] for one in wanted]
    twice = sorted({target for target in targets if targets.count(target) > 1})
    twice += sorted(set(targets) & {parse_volume(one).target for one in context.options.get("volumes") or ()})
    if twice:
        raise InvalidValue("the mount point %s appears more than once, in mounts or in volumes" % ", ".join(twice))
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


def _nested(flat: Mapping[str, Any]) -> Dict[str, Any]:
    body: Dict[str, Any] = {}
    for path, value in flat.items():
        node, keys = body, path.split(".")
        for key in keys[:-1]:
            node = node.setdefault(key, {})
        node[keys[-1]] = value
    return body


def _bind_as_mount(bind: str) -> Dict[str, Any]:
    volume = parse_volume(bind)
    kind = "bind" if volume.source[:1] == "/" or "\\" in volume.source else "volume"
    one = {"Type": kind, "Source": volume.source, "Target": volume.target, "ReadOnly": "ro" in volume.mode}
    words = [word for word in volume.mode if word.endswith(("shared", "slave", "private"))]
    if words:
        one["BindOptions.Propagation"] = words[-1]
    return one


def _observed_mounts(document: Mapping[str, Any], context: Context) -> List[Dict[str, Any]]:
    """HostConfig.Mounts, and of HostConfig.Binds what the mounts option speaks of."""
    host, wanted = document.get("HostConfig") or {}, {one["Target"] for one in context.want.get("mounts") or ()}
    others = {volume.target for volume in context.want.get("volumes") or ()}
    found = [
        dict({"ReadOnly": False}, **_flat(one)) for one in host.get("Mounts") or () if one.get("Target") not in others
    ]
    return found + [one for one in map(_bind_as_mount, host.get("Binds") or ()) if one["Target"] in wanted]


def _same_mounts(have: List[Dict[str, Any]], want: List[Dict[str, Any]], rule: str, _context: Context) -> bool:
    return holds(DICTS, rule, have, [{key: item for key, item in one.items() if item != ""} for one in want])


def _volumes(value: List[str], _context: Any) -> List[Volume]:
    wanted = []
    for one in value:
        volume = parse_volume(one)
        wanted.append(volume._replace(source=host_path(volume.source, os.path.expanduser("~"), os.getcwd())))
    targets = [volume.target for volume in wanted]
    twice = sorted({target for target in targets if targets.count(target) > 1})
    if twice:
        raise InvalidValue("the mount point %s appears more than once" % ", ".join(twice))
    return wanted


def _observed_volumes(document: Mapping[str, Any], context: Context) -> List[Volume]:
    """HostConfig.Binds and anonymous volumes, and of HostConfig.Mounts what the volumes option speaks of."""
    host, wanted = document.get("HostConfig") or {}, {volume.target for volume in context.want.get("volumes") or ()}
    others = {one["Target"] for one in context.want.get("mounts") or ()}
    found = [volume for volume in map(parse_volume, host.get("Binds") or ()) if volume.target not in others]
    for one in host.get("Mounts") or ():
        if one.get("Type") in ("bind", "volume") and one["Target"] in wanted:
            source, mode = one.get("Source") or "", ("ro",) if one.get("ReadOnly") else ()
            found.append(
                parse_volume(":".join((source, one["Target"]) + mode)) if source else Volume("", one["Target"], ())
            )
    there = others | {volume.target for volume in found}
    return found + [
        Volume("", path, ()) for path in (document.get("Config") or {}).get("Volumes") or {} if path not in there
    ]


def _volumes_default(context: Context) -> Any:
    """The image's anonymous volumes, but where the task mounts something else."""
    targets = context.from_image("Volumes", {})
    if not isinstance(targets, dict):
        return targets
    taken = {one["Target"] for one in context.want.get("mounts") or ()}
    taken.update(volume.target for volume in context.want.get("volumes") or ())
    return [Volume("", target, ()) for target in targets if target not in taken]


def _same_volumes(have: List[Volume], want: List[Volume], rule: str, context: Context) -> bool:
    image = _volumes_default(context)
    more = set(have) - set(want) - set(image if isinstance(image, list) else ())
    return set(want) <= set(have) and (rule != STRICT or not more)


def _volumes_body(value: List[Volume], _context: Any) -> Dict[str, Any]:
    binds = [format_volume(volume) for volume in value if volume.source]
    anonymous = {volume.target: {} for volume in value if not volume.source}  # type: Dict[str, Any]
    return {"HostConfig": {"Binds": binds}, "Volumes": anonymous} if anonymous else {"HostConfig": {"Binds": binds}}


def _without_rw(value: Any, _context: Any) -> List[str]:
    return [one[:-3] if one.endswith(":rw") else one for one in value or ()]


STORAGE = (
    Field(
        "volumes",
        kind="set",
        type="list",
        elements="str",
        parse=_volumes,
        observe=_observed_volumes,
        same=_same_volumes,
        write=_volumes_body,
        default=_volumes_default,
        show=lambda value: sorted(format_volume(one) for one in value),
    ),
    Field(
        "mounts",
        kind=DICTS,
        type="list",
        elements="dict",
        parse=_mounts,
        observe=_observed_mounts,
        same=_same_mounts,
        write=lambda value, _: {"HostConfig": {"Mounts": [_nested(one) for one in value]}},
        options={
            "target": {"type": "str", "required": True},
            "source": {"type": "str"},
            "type": {
                "type": "str",
                "choices": ["bind", "npipe", "tmpfs", "volume", "cluster", "image"],
                "default": "volume",
            },
            "read_only": {"type": "bool"},
            "read_only_non_recursive": {"type": "bool"},
            "read_only_force_recursive": {"type": "bool"},
            "consistency": {"type": "str", "choices": ["default", "consistent", "cached", "delegated"]},
            "propagation": {"type": "str", "choices": ["private", "rprivate", "shared", "rshared", "slave", "rslave"]},
            "create_mountpoint": {"type": "bool"},
            "non_recursive": {"type": "bool"},
            "no_copy": {"type": "bool"},
            "labels": {"type": "dict"},
            "volume_driver": {"type": "str"},
            "volume_options": {"type": "dict"},
            "subpath": {"type": "str"},
            "tmpfs_size": {"type": "str"},
            "tmpfs_mode": {"type": "str"},
            "tmpfs_options": {"type": "list", "elements": "dict"},
        },
    ),
    Field(
        "tmpfs",
        "HostConfig.Tmpfs",
        kind="dict",
        type="list",
        elements="str",
        parse=lambda value, _: parse_tmpfs(value),
        decode=lambda raw, _: dict(raw or {}),
        default=lambda _: {},
    ),
    Field("volume_driver", "HostConfig.VolumeDriver"),
    Field(
        "volumes_from",
        "HostConfig.VolumesFrom",
        type="list",
        elements="str",
        parse=_without_rw,
        decode=_without_rw,
    ),
)
