# SPDX-License-Identifier: GPL-3.0-or-later
"""container_logs: what a container has written, its streams apart, no more of it than is asked for."""

from __future__ import annotations

from collections import deque
from typing import Any, Deque, Dict, Iterable, Mapping, Tuple

from ...engine.api import containers
from ...engine.client import Engine
from ...values.errors import InvalidOption, InvalidValue
from ...values.moments import format_moment, parse_moment
from ...values.sizes import parse_size
from ..container.named import NAMED, check_named, existing, name_of
from ..host.clock import check_moment, clock

NAME = "container_logs"
_STREAMS = {1: "stdout", 2: "stderr"}
_SWITCH: Dict[str, Any] = {"type": "bool", "default": True}
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    **NAMED,
    "stdout": _SWITCH,
    "stderr": _SWITCH,
    "tail": {"type": "int"},
    "since": {"type": "str"},
    "until": {"type": "str"},
    "timestamps": {"type": "bool", "default": False},
    "max_bytes": {"type": "str", "default": "1m"},
}


def check(options: Mapping[str, Any]) -> None:
    """Refuse what asks for nothing, or for what is no number and no moment."""
    check_named(options)
    if not (options["stdout"] or options["stderr"]):
        raise InvalidOption("stdout", "neither standard output nor standard error is asked for")
    if options.get("tail") is not None and options["tail"] < 0:
        raise InvalidOption("tail", "%d lines cannot be had" % options["tail"])
    for option in ("since", "until"):
        if options.get(option) is not None:
            check_moment(option, options[option])
    try:
        parse_size(options["max_bytes"])
    except InvalidValue as error:
        raise InvalidOption("max_bytes", error) from None


def report(engine: Engine, options: Mapping[str, Any]) -> Dict[str, Any]:
    """The texts of both streams."""
    document = existing(engine, options["name"])
    tty = bool((document.get("Config") or {}).get("Tty"))
    now = clock(engine)
    since, until = (
        None if options.get(option) is None else format_moment(parse_moment(options[option], now))
        for option in ("since", "until")
    )
    call = containers.logs(
        name_of(document),
        stdout=options["stdout"],
        stderr=options["stderr"],
        timestamps=options["timestamps"],
        tail="all" if options.get("tail") is None else options["tail"],
        since=since,
        until=until,
    )
    frames = engine.frames(call, tty=tty, timeout=engine.timeout)
    kept, lost = newest(frames, parse_size(options["max_bytes"]))
    found: Dict[str, Any] = {"truncated": lost > 0, "bytes_left_out": lost, "tty": tty}
    for number, name in _STREAMS.items():
        data = b"".join(part for stream, part in kept if stream == number)
        found[name] = data.decode("utf-8", "replace")
    return found


def newest(frames: Iterable[Tuple[int, bytes]], limit: int) -> Tuple[Deque[Tuple[int, bytes]], int]:
    """The last `limit` bytes of both streams together, and how many came before. No more is held in memory."""
    kept: Deque[Tuple[int, bytes]] = deque()
    size = lost = 0
    for stream, data in frames:
        kept.append((stream, data))
        size += len(data)
        while size > limit:
            oldest, part = kept.popleft()
            over = size - limit
            cut = min(over, len(part))
            if cut < len(part):
                kept.appendleft((oldest, part[cut:]))
            size -= cut
            lost += cut
    return kept, lost
