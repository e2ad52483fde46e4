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
