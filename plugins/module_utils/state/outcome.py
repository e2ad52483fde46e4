# SPDX-License-Identifier: GPL-3.0-or-later
"""What carrying out a plan gave."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple


class Outcome:
    """The Engine's warnings, and values for the task's result. A value `failure`, a message, makes the task fail when
    all is done: what was done has to be reported (a job that ended with another status than 0, say)."""

    def __init__(self) -> None:
        self.warnings: List[str] = []
        self.values: Dict[str, Any] = {}
        # The ID of what a create step made, by which it can be taken back: its name may be another's by then.
        self.made = ""
        # What the Engine will answer when a job ends that one step has started and another waits for.
        self.ending: Any = None
        # The diff, (before, after), where the Engine decides by itself what it does, and tells.
        self.found: Optional[Tuple[Dict[str, Any], Dict[str, Any]]] = None
