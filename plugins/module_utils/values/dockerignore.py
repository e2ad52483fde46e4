# SPDX-License-Identifier: GPL-3.0-or-later
"""`.dockerignore`, read as the docker CLI and BuildKit read it. Not as git reads its own file: patterns count from the
context's root, `foo` is no `**/foo`.

The rules are those of moby's ignorefile and patternmatcher, which this follows case by case: tests have the table.
"""

from __future__ import annotations

import posixpath
import re
from itertools import groupby
from typing import Iterator, List, NamedTuple, Sequence, Tuple

from .errors import InvalidValue

# Special in a regular expression, but plain in a pattern.
_PLAIN = frozenset(".+()|{}$")


class Pattern(NamedTuple):
    """One line: `keeps` for those with an exclamation mark; `text` is the path, `expression` says which ones match."""

    text: str
    keeps: bool
    expression: str

    @property
    def parts(self) -> List[str]:
        return self.text.split("/")


# Which runs of patterns match a path, or a folder above it.
Matches = Tuple[bool, ...]


def read_patterns(text: str) -> List[str]:
    """The file's patterns, cleaned: without comments, blanks, `./`, `a/../` and slashes around. `!` stays in front."""
    found = []
    # Lines end with \n; a carriage return before it is a blank at the end, and gone with those.
    for line in text[1:].split("\n") if text.startswith("\ufeff") else text.split("\n"):
        if line.startswith("#"):  # in the first column only
            continue
        line = line.strip()
        keeps = line.startswith("!")
        if keeps:
            line = line[1:].strip()
        if line:
            line = _clean(line)
            if len(line) > 1 and line.startswith("/"):
                line = line[1:].strip()
        if line or keeps:
            found.append("!" + line if keeps else line)
    return found


def _clean(path: str) -> str:
    """Go's filepath.Clean: as normpath, but two slashes in front are one."""
    cleaned = posixpath.normpath(path)
    return "/" + cleaned.lstrip("/") if cleaned.startswith("//") else cleaned


def compile_pattern(text: str) -> Pattern:
    """A pattern as `read_patterns` gives it. Raises InvalidValue for one that cannot be read."""
    keeps = text.startswith("!")
    bare = text[1:] if keeps else text
    if not bare:
        raise InvalidValue("%r in .dockerignore: after ! there has to be a pattern" % text)
    expression = _expression(bare)
    try:
        re.compile(expression)
    except re.error as error:
        raise InvalidValue("%r in .dockerignore is no pattern: %s" % (bare, error)) from None
    return Pattern(bare, keeps, expression)


def _expression(text: str) -> str:
    kind, expression = _translate(text)
    if kind == "exact":
        return re.escape(text) + r"\Z"
    if kind == "prefix":  # foo/** is what is below foo, and not foo
        return re.escape(text[:-2])
    if kind == "suffix":  # **/foo is foo anywhere, at the top too; **foo is all that ends so
        end = text[2:]
        anywhere = r"(?s:.*)%s\Z" % re.escape(end)
        return r"%s|%s\Z" % (anywhere, re.escape(end[1:])) if end.startswith("/") else anywhere
    return expression


def _translate(text: str) -> Tuple[str, str]:
    """The kind of pattern (exact, prefix, suffix, expression), and the expression. As Docker's own translation it does
    not know where a class in brackets ends, so that *, ? and \\ are no plain characters there."""
    kind, at = "exact", 0
    expression: List[str] = []
    while at < len(text):
        character, following = text[at], text[at + 1 : at + 2]
        at += 1
        if character == "*" and following == "*":
            begins = at == 1
            at += 2 if text[at + 1 : at + 2] == "/" else 1
            if at < len(text):
                kind, piece = "expression", "(?:.*/)?"
            else:
                kind, piece = ("prefix" if kind == "exact" else "expression"), ".*"
            kind = "suffix" if begins else kind
        elif character in "*?":
            kind, piece = "expression", "[^/]*" if character == "*" else "[^/]"
        elif character == "\\":
            kind, piece = ("expression" if following else kind), "\\" + (following or "\\")
            at += 1
        elif character in "[]":
            kind, piece = "expression", "\\[" if expression[-1:] == ["["] else character
        else:
            piece = "\\" + character if character in _PLAIN else character
        expression.append(piece)
    return kind, "".join(expression) + r"\Z"


class Ignore:
    """What is left out of a context. Made of patterns in order; the last one that says something about a path wins.

    Whoever walks through folders asks `matches` of each path, with that of the folder above, and then `decide`.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        """Raises InvalidValue."""
        compiled = [compile_pattern(one) for one in patterns]
        self._exceptions = [one for one in compiled if one.keeps]
        # Lines of one kind that follow each other are one expression: among them order says nothing.
        self._runs = [
            (keeps, re.compile("|".join("(?:%s)" % one.expression for one in run)))
            for keeps, run in groupby(compiled, lambda one: one.keeps)
        ]

    def matches(self, path: str, above: Matches = ()) -> Matches:
        """What `decide` needs of this path, relative to the context and with slashes."""
        if not above:
            return tuple(run.match(path) is not None for _keeps, run in self._runs)
        return tuple(known or run.match(path) is not None for known, (_keeps, run) in zip(above, self._runs))

    def decide(self, matches: Matches) -> bool:
        """Whether the path is left out. So is all below what is, but for exceptions."""
        left_out = False
        for matched, (keeps, _run) in zip(matches, self._runs):
            if matched:
                left_out = not keeps
        return left_out

    def leaves_out(self, path: str) -> bool:
        """The same for a single path."""
        above: Matches = ()
        for one in _with_parents(path):
            above = self.matches(one, above)
        return self.decide(above)

    def leaves_out_all_below(self, folder: str) -> bool:
        """Whether nothing below a directory that is left out can be wanted: then it need not be read."""
        if not self._exceptions:
            return True
        names = folder.split("/")
        return not any(_reaches(one, names) for one in self._exceptions)


def _with_parents(path: str) -> Iterator[str]:
    """From the top down."""
    end = path.find("/")
    while end >= 0:
        yield path[:end]
        end = path.find("/", end + 1)
    yield path


def _reaches(pattern: Pattern, names: Sequence[str]) -> bool:
    """Whether an exception may match below this directory. With a wildcard that is open: the directory is read."""
    if any(set(part) & set("*?[\\") for part in pattern.parts):
        return True
    return pattern.parts[: len(names)] == list(names)[: len(pattern.parts)]
