# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All rows of the volume table, and the options that steer a run and describe no property."""

from __future__ import annotations

from typing import Any, Dict

from ...state.field import UNKNOWN, Field
from ...values import words

FIELDS = (
    Field("driver", "Driver", read="Driver", preset="local", default=UNKNOWN),
    Field(
        "driver_options",
        "DriverOpts",
        read="Options",
        type="dict",
        preset={},
        parse=lambda value, _context: words.switches(value),
    ),
    Field("labels", "Labels", read="Labels", type="dict", parse=lambda value, _context: words.texts(value)),
)

# Parameters: they say how to get there, not what should be.
PARAMETERS: Dict[str, Dict[str, Any]] = {
    "volume_name": {"type": "str", "required": True, "aliases": ["name"]},
    "state": {"type": "str", "default": "present", "choices": ["absent", "present"]},
    "recreate": {"type": "str", "default": "never", "choices": ["always", "never", "options-changed"]},
}


def argument_spec() -> Dict[str, Dict[str, Any]]:
    """The module's own options: parameters and one for each row."""
    spec = dict(PARAMETERS)
    spec.update({field.name: field.spec for field in FIELDS})
    return spec
