# SPDX-License-Identifier: GPL-3.0-or-later
"""The container that a task names: its option, what is refused, and how it is found. For every module about one."""

from __future__ import annotations

from typing import Any, Dict, Iterable, Mapping, Optional

from ...engine.api import containers
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...values.errors import InvalidOption

# The options of a module about one container that has to be there.
NAMED: Dict[str, Dict[str, Any]] = {"name": {"type": "str", "required": True, "aliases": ["container"]}}


def check_named(options: Mapping[str, Any], option: str = "name") -> None:
    """Refuse what cannot be a name (raises InvalidOption)."""
    check_name(option, options[option])


def check_names(option: str, names: Iterable[str]) -> None:
    """Refuse a list that holds what cannot be a name, or the same name twice (raises InvalidOption)."""
    seen = set()
    for name in names:
        check_name(option, name)
        if name in seen:
            raise InvalidOption(option, "%s is named twice" % name)
        seen.add(name)


def check_name(option: str, name: str) -> None:
    """Refuse what cannot be a name (raises InvalidOption)."""
    if name.strip().strip("/") in ("", ".", "..") or "/" in name.strip("/"):
        raise InvalidOption(option, "%r is no name of a container" % name)


def look(engine: Engine, name: str, size: Optional[bool] = None) -> Optional[Dict[str, Any]]:
    """The container of that name, or with that ID, whole or the twelve digits that people are shown; None for none.

    The Engine takes any beginning of an ID (GET /containers/{id}/json). A shorter one is taken for a name here: a task
    about a container called db, which is not there, is not about the one whose ID happens to begin with db.
    """
    name = name.lstrip("/")  # which documents write; as a part of a path it would be lost
    found = engine.inspect(containers.inspect(name, size=size))
    return found if found is None or len(name) >= 12 or name_of(found) == name else None


def existing(engine: Engine, name: str) -> Dict[str, Any]:
    """The same. Raises EngineError where there is none."""
    found = look(engine, name)
    if found is None:
        raise EngineError('Could not find container "%s". The module container makes one' % name)
    return found


def name_of(document: Mapping[str, Any]) -> str:
    """The name in an inspect document."""
    return str(document["Name"]).lstrip("/")
