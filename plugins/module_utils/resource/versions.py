# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the Engine's API is new enough for what a task asks. Pure."""

from __future__ import annotations

from typing import Any, Dict, Sequence

from ..engine.call import ApiVersion
from ..engine.errors import ApiTooOld
from ..state.field import Field


def check_api(fields: Sequence[Field], context: Any) -> None:
    """Raises ApiTooOld for the first option in `context.want` that needs a newer API than `context.api_version`."""
    needs: Dict[str, ApiVersion] = {}
    for field in fields:
        if field.name in context.want:
            needs.update(field.needed(context.want[field.name]))
    for name, since in needs.items():
        if since > context.api_version:
            have = "%d.%d" % context.api_version
            raise ApiTooOld("option %s needs Engine API %d.%d, but %s is spoken" % ((name,) + since + (have,)))
