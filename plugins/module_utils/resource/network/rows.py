# SPDX-License-Identifier: GPL-3.0-or-later
"""How values of the network's rows are read and compared."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

from ...values import words
from .context import Context

# Options that a driver adds to a network by itself.
_OF_THE_DRIVER = ("com.docker.network.driver.overlay.vxlanid_list",)


def texts(value: Mapping[Any, Any], _context: Any) -> Dict[str, str]:
    return words.texts(value)


def switches(value: Mapping[Any, Any], _context: Any) -> Dict[str, str]:
    return words.switches(value)


def options(raw: Any, context: Context) -> Dict[str, str]:
    """Without what the driver has chosen, unless the task has a say in it."""
    given = context.options.get("driver_options") or {}
    return {key: value for key, value in (raw or {}).items() if key in given or key not in _OF_THE_DRIVER}


def driver(value: str, _context: Any) -> Optional[str]:
    """An empty text, of a variable that was not filled in, asks for none: a new network has the Engine's default."""
    return value or None


def same_driver(have: str, want: str, _rule: str, context: Context) -> bool:
    """A network that only holds a configuration has no driver, whatever was asked for (null, since API 1.30)."""
    return have == want or (bool(context.want.get("config_only")) and have == "null")


def same_scope(have: str, want: str, _rule: str, _context: Any) -> bool:
    """What spans a swarm is shown as swarm, or as global where the driver itself spans hosts."""
    return have == want or {have, want} == {"global", "swarm"}


def connected(value: List[str], context: Context) -> List[str]:
    """Each container once, by its name; those that are not there cannot be connected."""
    return sorted({name for name in (context.called.get(one, one) for one in value) if name is not None})


def observed_connected(_document: Mapping[str, Any], context: Context) -> List[str]:
    return context.names()


def still_connected(context: Context) -> List[str]:
    """Those that stay: all where the task names none, or only adds to them."""
    stays = context.options.get("connected") is None or context.options.get("appends")
    return context.names() if stays else []
