# SPDX-License-Identifier: GPL-3.0-or-later
"""A text that has to pass where a secret is taken out of every text, and may hold that secret. Pure.

The content of a file is no_log, so that it is in no log and no list of arguments; the diff is where it is to be seen,
as that of ansible.builtin.copy is. This hides nothing from anybody who looks.
"""

from __future__ import annotations

from typing import Tuple

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789abcdef"


def veil(text: str, secret: str) -> Tuple[str, str]:
    """The text in sixteen letters, of which none is the first of the secret, and these letters."""
    letters = "".join(one for one in _LETTERS if one != secret[:1])[:16]
    digits = text.encode("utf-8", "surrogatepass").hex()
    return digits.translate(str.maketrans(_DIGITS, letters)), letters


def unveil(text: str, letters: str) -> str:
    """The text as it was."""
    digits = text.translate(str.maketrans(letters, _DIGITS))
    return bytes.fromhex(digits).decode("utf-8", "surrogatepass")
