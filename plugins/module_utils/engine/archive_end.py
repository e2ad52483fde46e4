# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a tar archive that comes as a stream comes whole.

An Engine that fails while it writes an archive has said 200 already, and its stream ends like any other. The archive
itself tells: it has an end of its own, which is missing then.
"""

from __future__ import annotations

import json
from typing import Iterable, Iterator, Optional

from .errors import StreamFailed

_BLOCK = 512
_NOTHING = bytes(_BLOCK)
# Links, devices, directories and pipes: whatever size their header states, no content follows.
_BARE = b"123456"
# What says something of the next entry. Whoever reads archives in Go refuses more than that.
_EXTENDED, _LONGEST = b"x", 1 << 20
# Where the Engine can still say why it breaks off, it does so in the middle of the archive.
_COMPLAINT, _LONGEST_COMPLAINT = b'{"errorDetail":', 4096


def whole(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts as they come. Raises StreamFailed when they end before the archive does, in the Engine's words where it
    has left any; what was yielded before is no archive then."""
    end, before, last = End(), b"", b""
    for part in parts:
        end.feed(part)
        yield part
        before, last = last, part
    if not end.seen:
        raise _cut_off(before[-_LONGEST_COMPLAINT:] + last[-_LONGEST_COMPLAINT:])


def _broken(reason: str) -> StreamFailed:
    return StreamFailed("the archive is damaged or cut off: " + reason)


def _cut_off(tail: bytes) -> StreamFailed:
    _archive, found, words = tail.rpartition(_COMPLAINT)
    if found:
        try:
            from .failures import stream_failure

            return _broken(str(stream_failure(json.loads((found + words).decode("utf-8")))))
        except ValueError:
            pass
    return _broken("it has no end; the Engine's log may say why")


class End:
    """Looks for the end of an archive: two blocks of zeros where a header would be. Contents are passed over."""

    def __init__(self) -> None:
        self.seen = False
        self._pass = 0  # bytes until the next header
        self._block = b""  # what there is of a header, or of an extended one's content
        self._wants, self._extended = _BLOCK, False
        self._size: Optional[int] = None  # of the next entry, where an extended header has said it
        self._zeros = 0

    def feed(self, part: bytes) -> None:
        """The next bytes. Raises StreamFailed for what is no archive."""
        at, length = 0, len(part)
        while at < length and not self.seen:
            if self._pass >= length - at:
                self._pass -= length - at
                return
            at += self._pass
            self._pass = 0
            piece = part[at : at + self._wants - len(self._block)]
            at += len(piece)
            self._block += piece
            if len(self._block) == self._wants:
                block, self._block, self._wants = self._block, b"", _BLOCK
                if self._extended:
                    self._size, self._extended = _stated(block), False
                else:
                    self._header(block)

    def _header(self, block: bytes) -> None:
        if block == _NOTHING:
            self._zeros += 1
            self.seen = self._zeros == 2
            return
        self._zeros = 0
        kind, size = block[156:157], _number(block[124:136])
        padded = size + -size % _BLOCK
        if kind == _EXTENDED and 0 < size <= _LONGEST:
            self._wants, self._extended = padded, True
            return
        if kind in (b"L", b"K", b"g", _EXTENDED):  # long names: they are followed by the entry that they belong to
            self._pass = padded
            return
        if self._size is not None:
            size, self._size = self._size, None
        self._pass = 0 if kind and kind in _BARE else size + -size % _BLOCK


def _number(field: bytes) -> int:
    """A number of a header: in octal digits, or, where it is too large for them, as such."""
    if field[0] & 0x80:
        return int.from_bytes(bytes((field[0] & 0x7F,)) + field[1:], "big")
    try:
        return int(field.strip(b" \0") or b"0", 8)
    except ValueError:
        raise _broken("there is something else where a header would be") from None


def _stated(content: bytes) -> Optional[int]:
    """The size that an extended header states: records of the form "20 size=8589934592" with their own length."""
    at, found = 0, None
    while at < len(content):
        digits, space, _rest = content[at : at + 20].partition(b" ")
        if not (space and digits.isdigit() and int(digits)):
            break  # the zeros after the last one
        name, _is, value = content[at + len(digits) + 1 : at + int(digits) - 1].partition(b"=")
        if name == b"size" and value.isdigit():
            found = int(value)
        at += int(digits)
    return found
