# SPDX-License-Identifier: GPL-3.0-or-later
"""What a copy changes, for people: a short text as a text, all else in words. Pure."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Tuple

from .entries import Entry
from .source import Item
from .stats import DIRECTORY, LINK
from .survey import Seen

Shown = Tuple[Any, Any, Dict[str, str]]


def of_text(path: str, seen: Optional[Seen], item: Item, after: Optional[bytes], origin: str) -> Optional[Shown]:
    """before, after and titles, where both sides are texts; None where they are not. `after` is the content, None for
    one that is too long to be shown."""
    old, new = _text(b"" if seen is None else _content(seen)), _text(after)
    if item.wanted.kind == LINK:
        new = item.wanted.target
    if old is None or new is None:
        return None
    return old, new, {"before_header": path, "after_header": origin}


def in_words(path: str, names: List[str], seen: Mapping[str, Seen], items: Mapping[str, Item], again: bool) -> Shown:
    """before and after of what is written, by path."""
    before: Dict[str, Any] = {}
    after: Dict[str, Any] = {}
    for name in names:
        there, wanted = seen.get(name), items[name].wanted
        where = path if not name else path.rstrip("/") + "/" + name
        before[where], after[where] = words(there and there.entry, wanted, again)
    return before, after, {}


def of_what_stays(path: str, seen: Optional[Seen]) -> Optional[Shown]:
    """The same on both sides; None for what is no text."""
    text = None if seen is None else _text(_content(seen))
    return None if text is None else (text, text, {"before_header": path, "after_header": path})


def as_text(shown: Shown) -> str:
    """What in_words gives, as Ansible shows it below a diff of texts."""
    before, after, _titles = shown
    return "".join("%s was: %s\n%s is: %s\n" % (path, before[path], path, after[path]) for path in after)


def words(there: Optional[Entry], wanted: Entry, again: bool = False) -> Tuple[Optional[str], str]:
    """What is, and what will be: never the same."""
    if there is None:
        return None, wanted.words()
    old, new = there.seen_as(wanted).words(), wanted.words()
    return old, new if old != new else new + (", written again" if again else ", other content")


def _content(seen: Seen) -> Optional[bytes]:
    if seen.entry.kind == LINK:
        return seen.entry.target.encode("utf-8", "surrogateescape")
    return b"(directory)" if seen.entry.kind == DIRECTORY else seen.content


def _text(data: Optional[bytes]) -> Optional[str]:
    """What is in UTF-8 and has no NUL, as ansible.builtin.copy has it."""
    try:
        return None if data is None or b"\0" in data else data.decode("utf-8")
    except UnicodeDecodeError:
        return None
