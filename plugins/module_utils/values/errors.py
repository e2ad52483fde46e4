# SPDX-License-Identifier: GPL-3.0-or-later
"""What the parsers of Docker's notations raise."""

from __future__ import annotations


class InvalidValue(ValueError):
    """A text that is not in the notation it should be in. The message quotes the text and says what is expected."""


class InvalidOption(ValueError):
    """Bad input: option `name` holds what cannot be used. Raised before anything is touched.

    With `whole` the reason is the whole message: playbooks for the incumbent compare some from the first letter on."""

    def __init__(self, name: str, reason: object, whole: bool = False) -> None:
        super().__init__(reason if whole else "%s: %s" % (name, reason))
        self.name = name
