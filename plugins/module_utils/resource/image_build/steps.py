# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of a build: which builder, and what it is given."""

from __future__ import annotations

from typing import Tuple

from ...engine.client import Engine
from ...state.step import Step
from .recipe import Recipe


def build_steps(engine: Engine, recipe: Recipe) -> Tuple[Step, ...]:
    """Look at what the Engine offers and the Dockerfile needs; return the steps that build the image.

    Sends nothing that writes, so check mode calls it as well: what nobody here can build is refused in both. Carried
    out, they leave in the outcome's values: `stdout`, the build's log; and `command`, the program's, where one built.
    A failing step of the Dockerfile, and the end of what it said, is in the error. Raises InvalidOption, EngineError.
    """
    raise NotImplementedError
