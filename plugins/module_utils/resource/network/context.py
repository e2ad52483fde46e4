# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rows of the network table may look at."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

from ...engine.call import ApiVersion


class Context:
    """One task and what was observed for it.

    options    the validated options                 want, have  canonical values by row, filled while planning
    document   the network's inspect document, None where there is none
    attached   the containers that are connected, running or not: ID -> name; None before anybody has looked
    containers their inspect documents by ID, looked at where a plan disconnects some
    called     containers as the task calls them -> their names, None for what is not there
    """

    def __init__(self, options: Mapping[str, Any], api_version: ApiVersion) -> None:
        self.options, self.api_version = options, api_version
        self.name: str = options["name"]
        self.document: Optional[Dict[str, Any]] = None
        self.attached: Optional[Dict[str, str]] = None
        self.containers: Dict[str, Dict[str, Any]] = {}
        self.called: Dict[str, Optional[str]] = {}
        self.want: Dict[str, Any] = {}
        self.have: Dict[str, Any] = {}

    def names(self) -> List[str]:
        """The names of the containers that are connected."""
        return sorted((self.attached or {}).values())
