# SPDX-License-Identifier: GPL-3.0-or-later
"""Which API version a call needs."""

from __future__ import annotations

from typing import Any, Tuple

from ..call import ApiVersion


def needed(since: ApiVersion, *extras: Tuple[Any, ApiVersion]) -> ApiVersion:
    """The API version of an endpoint, or that of the newest of the (value, since) parameters that are given."""
    return max([since] + [version for value, version in extras if value is not None])
