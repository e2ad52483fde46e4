# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes (HostConfig.Binds), which `docker run -v` writes, and anonymous ones."""

from __future__ import annotations

import os
from typing import Any, Dict, List, Mapping

from ...state.compare import STRICT
from ...values.errors import InvalidOption
from ...values.mounts import (
    Volume,
    bare,
    format_volume,
    is_relative,
    parse_tmpfs,
    parse_volume,
    shown_volume,
)
from .context import Context


def host_path(source: str) -> str:
    """A path on the host with a leading ~, ~user or . spelled out; names of volumes stay as they are."""
    return os.path.abspath(os.path.expanduser(source)) if is_relative(source) else bare(source)


def volumes(value: List[str], context: Any) -> List[Volume]:
    wanted = []
    for one in value:
        volume = parse_volume(one)
        wanted.append(volume._replace(source=host_path(volume.source)))
        if not volume.source and volume.target.endswith(":rw"):
            what = "volumes: the volume without a name is mounted at %s, and not at %s. Leave out :rw"
            context.warnings.append(what % (volume.target, volume.target[:-3]))
    refuse_twice([volume.target for volume in wanted], "volumes")
    return wanted


def refuse_twice(targets: List[str], option: str) -> None:
    """Two mounts at one place (raises InvalidOption, in the words that playbooks for the incumbent compare)."""
    for target in targets:
        if targets.count(target) > 1:
            what = 'The mount point "%s" appears twice in the %s option' % (target, option)
            raise InvalidOption(option, what, whole=True)


def observed(document: Mapping[str, Any], context: Context) -> List[Volume]:
    """HostConfig.Binds and anonymous volumes, and of HostConfig.Mounts what the volumes option speaks of, where it does
    not stand beside mounts, as there."""
    host, wanted = document.get("HostConfig") or {}, {volume.target for volume in context.want.get("volumes") or ()}
    others = {one["Target"] for one in context.want.get("mounts") or ()}
    found = [volume for volume in map(shown_volume, host.get("Binds") or ()) if volume.target not in others]
    for one in host.get("Mounts") or ():
        target = bare(one["Target"])
        if one.get("Type") in ("bind", "volume") and target in wanted and not others:
            source, mode = one.get("Source") or "", ("ro",) if one.get("ReadOnly") else ()
            found.append(shown_volume(":".join((source, target) + mode)) if source else Volume("", target, ()))
    there = others | {volume.target for volume in found}
    paths = [bare(path) for path in (document.get("Config") or {}).get("Volumes") or {}]
    return found + [Volume("", path, ()) for path in paths if path not in there]


def default(context: Context) -> Any:
    """The image's anonymous volumes, but where the task mounts something else."""
    targets = context.from_image("Volumes", {})
    if not isinstance(targets, dict):
        return targets
    taken = {one["Target"] for one in context.want.get("mounts") or ()}
    taken.update(volume.target for volume in context.want.get("volumes") or ())
    return [Volume("", target, ()) for target in map(bare, targets) if target not in taken]


def same(have: List[Volume], want: List[Volume], rule: str, context: Context) -> bool:
    image = default(context)
    more = set(have) - set(want) - set(image if isinstance(image, list) else ())
    return set(want) <= set(have) and (rule != STRICT or not more)


def body(value: List[Volume], _context: Any) -> Dict[str, Any]:
    binds = [format_volume(volume) for volume in value if volume.source]
    anonymous = {volume.target: {} for volume in value if not volume.source}  # type: Dict[str, Any]
    return {"HostConfig": {"Binds": binds}, "Volumes": anonymous} if anonymous else {"HostConfig": {"Binds": binds}}


def shown(value: List[Volume]) -> List[str]:
    return sorted(format_volume(one) for one in value)


def tmpfs(value: List[str], _context: Context) -> Dict[str, str]:
    return parse_tmpfs(value)


def without_rw(value: Any, _context: Any) -> List[str]:
    return [one[:-3] if one.endswith(":rw") else one for one in value or ()]
