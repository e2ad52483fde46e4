# SPDX-License-Identifier: GPL-3.0-or-later
"""Dockerfiles, as far as one has to know them to choose a builder: what needs BuildKit, and what a build starts from.

This never refuses a file. Whether it is right the builder says, in its own words.
"""

from __future__ import annotations

import re
from typing import Dict, List, Mapping, NamedTuple, Tuple

_DIRECTIVE = re.compile(r"#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*\Z")
_FLAG = re.compile(r"--([a-zA-Z-]+)(?:=(\S*))?(?:\s+|\Z)")
_HEREDOC = re.compile(
    r"(?:^|\s)\d*<<-?(?P<quote>['\"]?)(?P<word>[a-zA-Z_][a-zA-Z0-9_.]*)(?P=quote)(?=\s|;|\||&|>|\)|\Z)"
)
_VARIABLE = re.compile(r"\$(?:\{(\w+)(?:(:?[-+])([^}]*))?\}|(\w+))")
# Flags that the builder before BuildKit knows.
_CLASSIC: Dict[str, Tuple[str, ...]] = {
    "FROM": ("platform",),
    "ADD": ("chown",),
    "COPY": ("chown", "from"),
    "HEALTHCHECK": ("interval", "timeout", "start-period", "retries"),
}
# Arguments that BuildKit sets by itself.
_AUTOMATIC = re.compile(r"\b(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)\b")


class Instruction(NamedTuple):
    """One instruction; `line` counts from 1, `flags` are as written (a name may come twice), `rest` follows them."""

    line: int
    name: str
    flags: Tuple[Tuple[str, str], ...]
    rest: str
    heredoc: bool


class Dockerfile(NamedTuple):
    """What a Dockerfile says about its builder.

    needs     why BuildKit is needed: `RUN --mount in line 3`; empty where any builder will do
    sessions  why a client has to answer the builder's questions meanwhile: secrets and ssh agents
    images    the images of other places that it starts from or copies from, arguments filled in where known
    stages    how many there are
    """

    needs: Tuple[str, ...]
    sessions: Tuple[str, ...]
    images: Tuple[str, ...]
    stages: int


def parse_dockerfile(text: str, args: Mapping[str, str]) -> Dockerfile:
    """`args` are the build's; they count before the defaults of the file."""
    directives, found = _read(text)
    needs = ["# syntax=%s" % directives["syntax"]] if "syntax" in directives else []
    sessions: List[str] = []
    for one in found:
        where = " in line %d" % one.line
        needs += [
            "%s --%s%s" % (one.name, flag, where)
            for flag, _value in one.flags
            if flag not in _CLASSIC.get(one.name, ())
        ]
        if one.heredoc:
            needs.append("%s <<%s" % (one.name, where))
        if one.name == "ADD" and re.search(r"\S+\.git(?:#\S*)?\s|(?:^|\s)git@", one.rest):
            needs.append("ADD of a git repository" + where)
        if _AUTOMATIC.search(one.rest if one.name == "ARG" else " ".join(value for _name, value in one.flags)):
            needs.append("an argument such as TARGETPLATFORM" + where)
        for flag, value in one.flags:
            kind = _parts(value).get("type")
            if flag == "mount" and kind in ("secret", "ssh"):
                sessions.append("RUN --mount=type=%s%s" % (kind, where))
    stages = sum(one.name == "FROM" for one in found)
    return Dockerfile(tuple(needs), tuple(sessions), _images(found, args), stages)


def _read(text: str) -> Tuple[Dict[str, str], List[Instruction]]:
    lines = text.lstrip("\ufeff").split("\n")
    directives: Dict[str, str] = {}
    for line in lines:  # they end with the first line that is none
        match = _DIRECTIVE.match(line.strip())
        if not match or match[1].lower() in directives:
            break
        directives[match[1].lower()] = match[2]
    escape = "`" if directives.get("escape") == "`" else "\\"
    found: List[Instruction] = []
    at = 0
    while at < len(lines):
        start, at, logical = _logical(lines, at, escape)
        if not logical:
            continue
        name, _blank, rest = logical.partition(" ")
        name, (flags, rest) = name.upper(), _flags(rest.strip())
        inner = _flags(rest[8:].strip())[1] if name == "ONBUILD" else rest
        heredocs = [one["word"] for one in _HEREDOC.finditer(inner)] if name in ("RUN", "COPY", "ADD") else []
        for word in heredocs:
            while at < len(lines) and lines[at].strip("\t\r") != word:
                at += 1
            at += 1
        found.append(Instruction(start + 1, name, flags, rest, bool(heredocs)))
    return directives, found


def _logical(lines: List[str], at: int, escape: str) -> Tuple[int, int, str]:
    """The instruction that begins here: (its first line, the line after it, the text). Comments end no instruction."""
    start = at
    parts: List[str] = []
    while at < len(lines):
        line = lines[at].strip()
        at += 1
        if not line or line.startswith("#"):
            if parts:
                continue
            return start, at, ""
        goes_on = line.endswith(escape)
        parts.append(line[:-1].strip() if goes_on else line)
        if not goes_on:
            break
    return start, at, re.sub(r"\s+", " ", " ".join(parts)).strip()


def _flags(rest: str) -> Tuple[Tuple[Tuple[str, str], ...], str]:
    found = []
    match = _FLAG.match(rest)
    while match:
        found.append((match[1].lower(), match[2] or ""))
        rest = rest[match.end() :]
        match = _FLAG.match(rest)
    return tuple(found), rest


def _parts(value: str) -> Dict[str, str]:
    """type=secret,id=x."""
    return {key: word for key, _is, word in (one.partition("=") for one in value.split(","))}


def _images(found: List[Instruction], args: Mapping[str, str]) -> Tuple[str, ...]:
    known: Dict[str, str] = {}
    stages, images, begun = {"scratch"}, [], False
    for one in found:
        words, named = one.rest.split(), []
        if one.name == "ARG" and not begun:  # only those before the first FROM count in a FROM
            known.update(_arguments(words, known, args))
        elif one.name == "FROM":
            begun, named = True, [fill(word, known) for word in words[:1]]
        elif one.name == "COPY":
            named = [value for flag, value in one.flags if flag == "from"]
        elif one.name == "RUN":
            named = [_parts(value).get("from", "") for flag, value in one.flags if flag == "mount"]
        images += [
            word for word in named if word and "$" not in word and not word.isdecimal() and word.lower() not in stages
        ]
        if one.name == "FROM" and len(words) == 3:
            stages.add(words[2].lower())
    return tuple(sorted(set(images), key=images.index))


def _arguments(words: List[str], known: Mapping[str, str], args: Mapping[str, str]) -> Dict[str, str]:
    found = {}
    for word in words:
        name, has_default, default = word.partition("=")
        if name in args or has_default:
            found[name] = args.get(name, fill(default.strip("\"'"), known))
    return found


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in place of $NAME, ${NAME}, ${NAME:-default} and ${NAME:+other}. What is unknown stays."""

    def one(match: re.Match[str]) -> str:
        value = values.get(match[1] or match[4])
        operator = match[2] or ""
        if operator.endswith("-"):
            return value if value or (value is not None and ":" not in operator) else match[3]
        if operator.endswith("+"):
            return match[3] if value or (value is not None and ":" not in operator) else ""
        return match[0] if value is None else value

    return _VARIABLE.sub(one, text)
