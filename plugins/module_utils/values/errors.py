# SPDX-License-Identifier: GPL-3.0-or-later
"""What the parsers of Docker's notations raise."""

from __future__ import annotations


class InvalidValue(ValueError):
    """A text that is not in the notation it should be in. The message quotes the text and says what is expected."""


class InvalidOption(ValueError):
    """Bad input: option `name` holds what cannot be used. Raised before anything is touched."""

    def __init__(self, name: str, reason: object) -> None:
        super().__init__("%s: %s" % (name, reason))
        self.name = name


class RefusedOption(InvalidOption):
    """Bad input whose message is a whole sentence, without the option's name before it: one that playbooks compare."""

    def __init__(self, name: str, sentence: str) -> None:
        ValueError.__init__(self, sentence)
        self.name = name
