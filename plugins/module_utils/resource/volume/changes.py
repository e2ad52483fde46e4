# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps by which a volume comes, goes and is made anew. Pure."""

from __future__ import annotations

from typing import Any, List, Mapping, Sequence

from ...engine.api import container_files, containers, volumes
from ...state.field import Field
from ...state.step import Step
from ...values.errors import InvalidOption
from ..trial import trial
from ..whole import body
from .context import Context
from .helper import WHERE, removal, remove_volume
from .helper import body as helper_body
from .table import FIELDS
from .transfer import fill, save, try_out

_GONE = (404,)
_IN_USE = (
    "Nothing was changed. A volume that a container has, running or not, cannot be removed: remove the container first"
)


def create(context: Context) -> List[Step]:
    """Make the volume, and fill it where the task says with what."""
    made = _make(context, dict(body(FIELDS, context), Name=context.name))
    return [made] + [_fill(context, one, anew=True) for one in ("populate", "restore") if one in context.want]


def _make(context: Context, wanted: Mapping[str, Any]) -> Step:
    call = volumes.create(wanted)
    undo = [Step("removing the new volume", volumes.remove(context.name), tolerate=_GONE)]
    if "populate" in context.want or "restore" in context.want:
        # Nobody may have heard that the container to fill it by was made; it would keep the volume in use.
        undo.insert(0, Step("removing the container to fill it by", removal(context.helper), tolerate=_GONE))
    doing = "creating volume %s" % context.name
    return Step(doing, call, undo=tuple(undo), taken_back="The new volume was removed")


def remove(context: Context) -> List[Step]:
    """Remove the volume, with what it holds."""
    doing = "removing volume %s" % context.name
    call = volumes.remove(context.name)
    return [Step(doing, call, how=remove_volume, data=context.name, tolerate=_GONE, left=_IN_USE)]


def replace(context: Context) -> List[Step]:
    """Remove the volume and make it as the task says, once the Engine has made one like that under another name: what
    it would refuse, an unknown driver or option, must not cost what the old one holds."""
    call = volumes.create(body(FIELDS, context))
    return [
        trial("the new properties of volume %s" % context.name, context.name, call, volumes.remove),
        *_try_archive(context),
        *remove(context),
        *_made_anew(create(context)),
    ]


def _try_archive(context: Context) -> List[Step]:
    """Before a volume goes to be filled from an archive. One that a container has does not go."""
    if "restore" not in context.want or not context.image:
        return []
    path = context.options["restore"]
    data = ("restore", path, context.name, context.image, context.helper)
    call = container_files.put_archive(context.helper, "/")
    return [Step("trying to unpack %s" % path, call, how=try_out, effect=False, data=data)]


def _made_anew(steps: List[Step]) -> List[Step]:
    words = "The old volume is removed%s; run again, this task makes the new one"
    return [steps[0]._replace(left=words % "", taken_back=words % ", and so was the new one"), *steps[1:]]


def mend(context: Context, rows: Sequence[Field]) -> List[Step]:
    """Fill the volume, or save what it holds; where it holds what an archive has not, it is made anew and filled."""
    name = rows[0].name
    if name == "backup":
        return [_save(context)]
    if name == "populate":
        _refuse_loss(context)
    if name == "populate" or set(context.have[name] or ()) <= set(context.want[name]):
        return [_fill(context, name)]
    old = context.document or {}
    made = {"Name": context.name, "Driver": old.get("Driver") or "local"}
    made.update({"DriverOpts": old.get("Options") or {}, "Labels": old.get("Labels") or {}})
    steps = _try_archive(context) + remove(context) + _made_anew([_make(context, made)])
    return [*steps, _fill(context, name, anew=True)]


def _refuse_loss(context: Context) -> None:
    """A directory goes with all that is in it where the Engine puts something else in its place."""
    for name, one in context.want["populate"].items():
        if not one.startswith("directory") and any(there.startswith(name + "/") for there in context.held or ()):
            words = "%s is a directory in volume %s with something in it, and none in what the volume is populated from"
            raise InvalidOption("populate", words % (name, context.name))


def _save(context: Context) -> Step:
    path = context.options["backup"]
    call = container_files.get_archive(context.helper, WHERE + "/.")
    data = (path, context.name, context.way, context.image, context.helper)
    return Step("saving what volume %s holds to %s" % (context.name, path), call, how=save, data=data)


def _fill(context: Context, option: str, anew: bool = False) -> Step:
    """Through the container that has the volume; a new volume has none yet."""
    path, way = context.options[option], None if anew else context.way
    data = (option, path, context.name, way, context.image, context.helper)
    call = container_files.put_archive(context.helper, "/")
    return Step("filling volume %s from %s" % (context.name, path), call, how=fill, data=data)


def make_helper(context: Context) -> Step:
    """A container that is never started. It goes even where nobody has heard of its making: its name is its own."""
    call = containers.create(context.helper, helper_body(context.name, context.image))
    undo = Step("removing the container", removal(context.helper), tolerate=_GONE)
    doing = "making a container to look at volume %s" % context.name
    return Step(doing, call, effect=False, undo=(undo,), ours=True)
