# SPDX-License-Identifier: GPL-3.0-or-later
"""Command, entrypoint and signals."""

from __future__ import annotations

import posixpath
from typing import Any, List, Optional

from ...state.compare import LIST, holds
from ...state.field import UNKNOWN
from ...values.errors import InvalidValue
from ...values.words import split_words
from .context import Context


def words(value: Any, context: Context) -> Optional[List[str]]:
    if context.options.get("command_handling") == "compatibility":
        if not value:
            return None  # what is empty was not given, in that way of reading it
        value = _line(value)
    if isinstance(value, (list, tuple)):
        return [str(item) for item in value]
    return split_words(str(value))


def entrypoint(value: List[Any], context: Context) -> Optional[List[str]]:
    found = words(value, context)
    return [] if found == [""] else found  # to the Engine, an empty word is none (POST /containers/create)


def _line(value: Any) -> str:
    """A list as the command line that it once was, in which a single item may hold several words."""
    return " ".join(str(item) for item in value) if isinstance(value, (list, tuple)) else str(value)


def command_default(context: Context) -> Any:
    # The Engine drops the image's command where the entrypoint is given (POST /containers/create).
    return [] if context.want.get("entrypoint") else context.from_image("Cmd", [])


def same(have: List[str], want: List[str], rule: str, context: Context) -> bool:
    wanted = want or command_default(context)
    return wanted is UNKNOWN or holds(LIST, rule, have, wanted)


def folder(value: str, _context: Any) -> str:
    """As the Engine keeps it: /srv for /srv/ and /srv/./; what is not absolute is for the Engine to refuse."""
    return posixpath.normpath(value).replace("//", "/") if value[:1] == "/" else value


def console_size(value: List[int], _context: Any) -> List[int]:
    if len(value) != 2 or min(value) < 0:
        raise InvalidValue("%r is not a size such as [24, 80], rows and columns" % (value,))
    return value


def signal_name(value: Any, _context: Any = None) -> str:
    """SIGTERM for TERM, SIGTERM, 15 and "15"; what no signal of this machine is called stays as it is."""
    text = str(value or "").strip().upper()
    if text.isdigit():
        import signal

        try:
            return signal.Signals(int(text)).name
        except ValueError:
            return text
    return text if not text or text.startswith("SIG") else "SIG" + text
