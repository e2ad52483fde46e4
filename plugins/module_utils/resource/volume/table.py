# SPDX-License-Identifier: GPL-3.0-or-later
"""All rows of the volume table, and the options that steer a run and describe no property."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Optional

from ...state.compare import DICT, STRICT
from ...state.field import STEPS, Field
from ...state.late import Late
from ...values import words

if TYPE_CHECKING:  # so that it is shipped
    from . import data  # noqa: F401


def _late(place: str) -> Late:
    return Late(__package__ or "", place)


def _switches(value: Dict[str, Any], _context: Any) -> Dict[str, str]:
    return words.switches(value)


def _texts(value: Dict[str, Any], _context: Any) -> Dict[str, str]:
    return words.texts(value)


def _driver(value: str, _context: Any) -> Optional[str]:
    """An empty text, of a variable that was not filled in, asks for none: a new volume has the Engine's default."""
    return value or None


_CONTENTS: Dict[str, Any] = {"type": "path", "kind": DICT, "change": STEPS}

# fmt: off
PROPERTIES = (
    Field("driver", "Driver", read="Driver", preset="local", parse=_driver, default="local"),
    Field("driver_options", "DriverOpts", read="Options", type="dict", preset={}, parse=_switches),
    Field("labels", "Labels", read="Labels", type="dict", parse=_texts),
)
# What a volume holds is described by files: a folder or file, and archives.
DATA = (
    Field("populate", parse=_late("data.populated"), observe=_late("data.part"), **_CONTENTS),
    Field("restore", parse=_late("data.restored"), observe=_late("data.all_of_it"), rule=STRICT, **_CONTENTS),
    Field("backup", parse=_late("data.backed_up"), observe=_late("data.kept"), rule=STRICT, **_CONTENTS),
)
# fmt: on
FIELDS = PROPERTIES + DATA

# Parameters: they say how to get there, not what should be.
PARAMETERS: Dict[str, Dict[str, Any]] = {
    "volume_name": {"type": "str", "required": True, "aliases": ["name"]},
    "state": {"type": "str", "default": "present", "choices": ["absent", "present"]},
    "recreate": {"type": "str", "default": "never", "choices": ["always", "never", "options-changed"]},
    "files_on": {"type": "str", "default": "node", "choices": ["node", "controller"]},
    "helper_image": {"type": "str"},
}


def argument_spec() -> Dict[str, Dict[str, Any]]:
    """The module's own options: parameters and one for each row."""
    spec = dict(PARAMETERS)
    spec.update({field.name: field.spec for field in FIELDS})
    return spec
