# SPDX-License-Identifier: GPL-3.0-or-later
"""container_top: the processes of a container."""

from __future__ import annotations

from typing import Any, Dict, Mapping

from ...engine.api import container_processes
from ...engine.client import Engine
from ..answers import mapping
from ..container.named import NAMED, check_named, existing, name_of

NAME = "container_top"
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {**NAMED, "ps_args": {"type": "str"}}
check = check_named


def report(engine: Engine, options: Mapping[str, Any]) -> Dict[str, Any]:
    """A dictionary for each process. The Engine refuses where the container does not run."""
    document = existing(engine, options["name"])
    found = mapping(engine, container_processes.top(name_of(document), ps_args=options.get("ps_args")))
    titles = list(found.get("Titles") or ())
    processes = [dict(zip(titles, one)) for one in found.get("Processes") or ()]
    return {"titles": titles, "processes": processes}
