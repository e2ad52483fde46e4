# SPDX-License-Identifier: GPL-3.0-or-later
"""The Engine's clock, which may not be ours."""

from __future__ import annotations

from typing import Any, Callable, List

from ...engine.api import system
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...values.errors import InvalidOption, InvalidValue
from ...values.moments import Now, parse_moment, parse_now
from ..answers import mapping


def clock(engine: Engine) -> Callable[[], Now]:
    """Says what time it is for the Engine (GET /info, SystemTime); it is asked once, and only where that is used."""
    known: List[Now] = []

    def now() -> Now:
        if not known:
            said = mapping(engine, system.info()).get("SystemTime")
            try:
                known.append(parse_now(str(said)))
            except InvalidValue as error:
                raise EngineError("The Engine does not say what time it is: %s" % error) from error
        return known[0]

    return now


def check_moment(option: str, value: Any) -> None:
    """Refuse what is no moment (raises InvalidOption)."""
    try:
        parse_moment(value, lambda: Now(2**63))
    except InvalidValue as error:
        raise InvalidOption(option, error) from None
