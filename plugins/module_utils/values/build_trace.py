# SPDX-License-Identifier: GPL-3.0-or-later
"""BuildKit's progress, as an Engine passes it on: records `moby.buildkit.trace` of POST /build with version=2, whose
`aux` is base64 of a StatusResponse, a message of protocol buffers (moby/buildkit, api/services/control/control.proto).

Read here are the few fields that say what is done and what went wrong; what newer builders add is passed over.
"""

from __future__ import annotations

import base64
import binascii
from typing import Dict, Iterator, List, NamedTuple, Tuple, Union

from .errors import InvalidValue

TRACE = "moby.buildkit.trace"
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
Field = Tuple[int, Union[int, bytes]]


class Vertex(NamedTuple):
    """One step of the build, as far as it has come; a step is told of several times."""

    digest: str
    name: str
    cached: bool
    started: bool
    completed: bool
    error: str


class Output(NamedTuple):
    """What a step wrote, and which step."""

    vertex: str
    data: bytes


class Trace(NamedTuple):
    """One record."""

    vertexes: Tuple[Vertex, ...]
    outputs: Tuple[Output, ...]
    warnings: Tuple[str, ...]


def read_trace(aux: str) -> Trace:
    """The record whose `aux` this is. Raises InvalidValue."""
    try:
        message = base64.b64decode(aux, validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise InvalidValue("a record of BuildKit's progress is not base64") from None
    vertexes: List[Vertex] = []
    outputs: List[Output] = []
    warnings: List[str] = []
    for number, value in fields(message):
        if number == 1:
            vertexes.append(_vertex(_message(value)))
        elif number == 3:
            log = dict(fields(_message(value)))
            outputs.append(Output(_text(log.get(1, b"")), _message(log.get(4, b""))))
        elif number == 4:
            warnings.append(_text(dict(fields(_message(value))).get(3, b"")))
    return Trace(tuple(vertexes), tuple(outputs), tuple(one for one in warnings if one))


def _vertex(message: bytes) -> Vertex:
    found: Dict[int, Union[int, bytes]] = dict(fields(message))  # of what is repeated (inputs) the last, not needed
    return Vertex(
        digest=_text(found.get(1, b"")),
        name=_text(found.get(3, b"")),
        cached=bool(found.get(4)),
        started=5 in found,
        completed=6 in found,
        error=_text(found.get(7, b"")),
    )


def fields(message: bytes) -> Iterator[Field]:
    """The fields of a message: number, and a number or bytes by the wire type. Raises InvalidValue."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        kind = key & 7
        value: Union[int, bytes]
        if kind == _VARINT:
            value, at = _varint(message, at)
        elif kind in (_FIXED64, _FIXED32, _BYTES):
            size = 8 if kind == _FIXED64 else 4
            if kind == _BYTES:
                size, at = _varint(message, at)
            value, at = message[at : at + size], at + size
            if at > len(message):
                raise InvalidValue("a record of BuildKit's progress is cut off")
        else:
            raise InvalidValue("a record of BuildKit's progress has a field of the unknown kind %d" % kind)
        yield key >> 3, value


def _varint(message: bytes, at: int) -> Tuple[int, int]:
    number = shift = 0
    while at < len(message) and shift < 70:
        byte = message[at]
        at += 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return number, at
    raise InvalidValue("a record of BuildKit's progress is cut off")


def _message(value: Union[int, bytes]) -> bytes:
    if isinstance(value, int):
        raise InvalidValue("a record of BuildKit's progress has a number where a message should be")
    return value


def _text(value: Union[int, bytes]) -> str:
    return _message(value).decode("utf-8", "replace")
