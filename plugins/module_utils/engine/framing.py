# SPDX-License-Identifier: GPL-3.0-or-later
"""What is inside the Engine's streams: JSON records, and frames of multiplexed output. Pure."""

from __future__ import annotations

import codecs
import json
from typing import Any, Dict, Iterable, Iterator, Tuple


class Truncated(ValueError):
    """The bytes ended in the middle of a record or frame, or are none."""


def records(pieces: Iterable[bytes]) -> Iterator[Dict[str, Any]]:
    """JSON objects one after the other, with or without white space between them, cut at any byte."""
    decoder, scan = codecs.getincrementaldecoder("utf-8")("replace"), json.JSONDecoder().raw_decode
    text = ""
    for piece in pieces:
        text = (text + decoder.decode(piece)).lstrip()
        # A record can only have become complete by a closing brace: long ones are not scanned for every piece.
        if b"}" not in piece:
            continue
        while text:
            try:
                record, end = scan(text)
            except ValueError:
                break
            text = text[end:].lstrip()
            if not isinstance(record, dict):
                raise Truncated("the stream holds what is no record: %.80r" % record)
            yield record
    if text:
        raise Truncated("the stream ends in the middle of a record, or is not JSON: %.80r" % text)


def frames(pieces: Iterable[bytes]) -> Iterator[Tuple[int, bytes]]:
    """Demultiplex: (1 stdout | 2 stderr | 3 the Engine's own error, bytes). A long frame comes in several parts."""
    header, stream, left = b"", 0, 0
    for piece in pieces:
        start = 0
        while start < len(piece):
            if left:
                part = piece[start : start + left]
                left -= len(part)
                start += len(part)
                yield stream, part
                continue
            part = piece[start : start + 8 - len(header)]
            header += part
            start += len(part)
            if len(header) == 8:
                stream, left = header[0], int.from_bytes(header[4:], "big")
                if stream > 3 or header[1:4] != b"\0\0\0":
                    raise Truncated("the stream is not multiplexed: no frame begins with %r" % header)
                header = b""
    if header or left:
        raise Truncated("the stream ends in the middle of a frame")
