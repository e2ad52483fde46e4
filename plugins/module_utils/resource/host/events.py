# SPDX-License-Identifier: GPL-3.0-or-later
"""events_info: what happened between two moments."""

from __future__ import annotations

from typing import Any, Dict, Mapping

from ...engine.api import system
from ...engine.client import Engine
from ...values.errors import InvalidOption, InvalidValue
from ...values.filters import encode_filters
from ...values.moments import format_moment, parse_moment
from .clock import check_moment, clock

NAME = "events_info"
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    "since": {"type": "str", "default": "0"},
    "until": {"type": "str"},
    "filters": {"type": "dict"},
}


def check(options: Mapping[str, Any]) -> None:
    """Refuse what is no moment, and filters that the Engine could not be told."""
    for option in ("since", "until"):
        if options.get(option) is not None:
            check_moment(option, options[option])
    try:
        encode_filters(options.get("filters"))
    except InvalidValue as error:
        raise InvalidOption("filters", error) from None


def report(engine: Engine, options: Mapping[str, Any]) -> Dict[str, Any]:
    """The events, the oldest first. The stream ends at `until`; without it, at the Engine's present."""
    now = clock(engine)
    until = now().nanoseconds if options.get("until") is None else parse_moment(options["until"], now)
    since = parse_moment(options["since"], now)
    if since > until:
        raise InvalidOption("since", "%s is later than until" % options["since"])
    filters = encode_filters(options.get("filters"))
    call = system.events(since=format_moment(since), until=format_moment(until), filters=filters or None)
    return {"events": list(engine.stream(call))}
