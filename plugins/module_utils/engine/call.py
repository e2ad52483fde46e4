# SPDX-License-Identifier: GPL-3.0-or-later
"""A request to the Engine, as a value: what plans hold, what tests check, what `Engine` sends."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple, Optional, Tuple

ApiVersion = Tuple[int, int]


class Call(NamedTuple):
    """One request. Making one does no I/O.

    `path` is percent-encoded and has no version prefix. In `query`, values of None are left out, booleans become
    1 and 0, dicts and lists become JSON (as `filters` wants them). `body` is a JSON document, None for no body.
    `since` is the oldest API version that has the endpoint. `looks` says that the request changes nothing, though its
    method is neither GET nor HEAD.
    """

    method: str
    path: str
    query: Mapping[str, Any] = {}
    body: Any = None
    since: ApiVersion = (1, 24)
    headers: Mapping[str, Optional[str]] = {}
    looks: bool = False


# What a step has that makes no request.
NO_CALL = Call("", "")
