# SPDX-License-Identifier: GPL-3.0-or-later
"""What network_info and volume_info share: documents of one object, of several, or of all that filters let through."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Sequence

from ..engine.client import Engine
from ..values.errors import InvalidOption, InvalidValue
from ..values.filters import Filters, encode_filters

Document = Dict[str, Any]


class Kind(NamedTuple):
    """One kind of object. `look(engine, name)` gives its document, None where there is none; `listed(engine, filters)`
    the names, or IDs, to look at."""

    word: str
    look: Callable[[Engine, str], Optional[Document]]
    listed: Callable[[Engine, Filters], List[str]]
    aliases: Sequence[str] = ()


CONSTRAINTS: Dict[str, Any] = {
    "mutually_exclusive": [("name", "names", "filters")],
    "required_one_of": [("name", "names", "filters")],
}


def argument_spec(kind: Kind) -> Dict[str, Dict[str, Any]]:
    """The module's own options."""
    name: Dict[str, Any] = {"type": "str"}
    if kind.aliases:
        name["aliases"] = list(kind.aliases)
    return {"name": name, "names": {"type": "list", "elements": "str"}, "filters": {"type": "dict"}}


def check(options: Mapping[str, Any]) -> None:
    """Refuse empty names, and filters that the Engine could not be told."""
    names = [("name", options["name"])] if options.get("name") is not None else []
    for option, name in names + [("names", name) for name in options.get("names") or ()]:
        if not name.strip():
            raise InvalidOption(option, "a name is empty: is it a variable that was not filled in?")
    try:
        encode_filters(options.get("filters"))
    except InvalidValue as error:
        raise InvalidOption("filters", error) from None


def report(kind: Kind) -> Callable[[Engine, Mapping[str, Any]], Dict[str, Any]]:
    """What the task returns. An object that goes away while it is looked at is as one that was never there."""

    def look(engine: Engine, options: Mapping[str, Any]) -> Dict[str, Any]:
        all_of_them = kind.word + "s"
        if options.get("name") is not None:
            one = kind.look(engine, options["name"])
            return {"exists": one is not None, kind.word: one, all_of_them: [] if one is None else [one]}
        names = options.get("names")
        wanted = kind.listed(engine, encode_filters(options["filters"])) if names is None else names
        found = [kind.look(engine, name) for name in wanted]
        there = [one for one in found if one is not None]
        return {"exists": bool(there) if names is None else None not in found, all_of_them: there}

    return look
