# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps by which a volume comes, goes and is made anew. Pure."""

from __future__ import annotations

from typing import List

from ...engine.api import volumes
from ...state.step import Step
from ..trial import trial
from ..whole import body
from .context import Context
from .table import FIELDS

_GONE = (404,)
_IN_USE = (
    "Nothing was changed. A volume that a container has, running or not, cannot be removed: remove the container first"
)


def create(context: Context) -> List[Step]:
    """Make the volume."""
    call = volumes.create(dict(body(FIELDS, context), Name=context.name))
    undo = Step("removing the new volume", volumes.remove(context.name), tolerate=_GONE)
    doing = "creating volume %s" % context.name
    return [Step(doing, call, undo=(undo,), taken_back="The new volume was removed")]


def remove(context: Context) -> List[Step]:
    """Remove the volume, with what it holds."""
    doing = "removing volume %s" % context.name
    return [Step(doing, volumes.remove(context.name), tolerate=_GONE, left=_IN_USE)]


def replace(context: Context) -> List[Step]:
    """Remove the volume and make it as the task says, once the Engine has made one like that under another name: what
    it would refuse, an unknown driver or option, must not cost what the old one holds."""
    call = volumes.create(body(FIELDS, context))
    return [
        trial("the new properties of volume %s" % context.name, context.name, call, volumes.remove),
        *remove(context),
        create(context)[0]._replace(left="The old volume is removed; run again, this task makes the new one"),
    ]
