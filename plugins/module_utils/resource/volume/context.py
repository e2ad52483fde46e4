# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rows of the volume table may look at."""

from __future__ import annotations

import os
from typing import Any, Dict, Mapping, Optional

from ...engine.call import ApiVersion


class Context:
    """One task and what was observed for it.

    options    the validated options                 want, have  canonical values by row, filled while planning
    document   the volume's inspect document, None where there is none
    held       what it holds, by name; None where that is not known, or does not matter
    way        the container through which it is looked at (data.Way); None where none has it
    image      of which a container is made then
    helper     its name, which no other task draws
    """

    def __init__(self, options: Mapping[str, Any], api_version: ApiVersion) -> None:
        self.options, self.api_version = options, api_version
        self.name: str = options["volume_name"]
        self.document: Optional[Dict[str, Any]] = None
        self.held: Optional[Dict[str, str]] = None
        self.way: Any = None
        self.image = ""
        self.helper = "longshore-volume-" + os.urandom(6).hex()
        self.want: Dict[str, Any] = {}
        self.have: Dict[str, Any] = {}
