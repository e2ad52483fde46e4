# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands and scalars as texts."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from .errors import InvalidValue


def split_words(text: str) -> List[str]:
    """A command line into words, by the shell's rules for quotes. Raises InvalidValue."""
    import shlex

    try:
        return shlex.split(text)
    except ValueError as exc:
        raise InvalidValue("%r cannot be split into words: %s" % (text, exc)) from None


def scalar_text(value: Any, what: str) -> str:
    """The text of a YAML scalar. What YAML makes something else of is refused, unnamed: it may be a password."""
    if isinstance(value, str):
        return value
    # 1.10 has become 1.1 before anybody here could see it.
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidValue("%s is not a text: quote it to say how it should be written" % what)
    return str(value)


def texts(value: Mapping[Any, Any]) -> Dict[str, str]:
    """A dict of YAML scalars as one of texts (labels, say). Raises InvalidValue."""
    return {str(key): scalar_text(item, "the value of %s" % key) for key, item in value.items()}


def switches(value: Mapping[Any, Any]) -> Dict[str, str]:
    """Options of a driver as texts: true and false are words that drivers know. Raises InvalidValue."""
    return texts({key: str(item).lower() if isinstance(item, bool) else item for key, item in value.items()})
