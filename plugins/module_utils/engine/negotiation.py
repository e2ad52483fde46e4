# SPDX-License-Identifier: GPL-3.0-or-later
"""Which API version to speak, where no answer has told it yet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .call import ApiVersion
from .client import NEWEST_KNOWN, parse_version
from .errors import ConnectionFailed, EndpointInvalid

if TYPE_CHECKING:
    from .client import Engine


def negotiate(engine: Engine) -> ApiVersion:
    """The newest that both sides know. GET /_ping says it in a header, at a tenth of what GET /version costs.

    Raises ConnectionFailed for what does not answer as an Engine does.
    """
    text = engine.ask("/_ping").headers.get("Api-Version") or ""
    try:
        return min(parse_version(text), NEWEST_KNOWN)
    except EndpointInvalid:
        pass  # a proxy may have taken the header away
    try:
        document = json.loads(engine.ask("/version").data.decode("utf-8"))
        return min(parse_version(str(document["ApiVersion"])), NEWEST_KNOWN)
    except (ValueError, TypeError, KeyError, EndpointInvalid):
        raise ConnectionFailed(
            "What answers at %s does not say which API version it speaks; is it a Docker Engine?" % engine.endpoint
        ) from None
