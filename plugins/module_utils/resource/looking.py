# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests whose refusal would not say for which object they were made: lists."""

from __future__ import annotations

import contextlib
from typing import Iterator

from ..engine.errors import EngineError


@contextlib.contextmanager
def looking_for(what: str) -> Iterator[None]:
    """Have a failure say what was looked for."""
    try:
        yield
    except EngineError as error:
        raise EngineError("Failed while looking for %s: %s" % (what, error)) from error
