# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of environment variables, as `docker run --env-file` takes them."""

from __future__ import annotations

from typing import Dict

from .errors import InvalidValue


def parse_env_file(text: str) -> Dict[str, str]:
    """NAME=VALUE a line, nothing unquoted; # begins a comment. Blanks at the end of a line are no part of the value.

    Raises InvalidValue, which names the line and shows nothing of it: such files hold secrets. A name alone, which
    docker takes from its own environment, is refused too: a task has none that its author had in mind.
    """
    found: Dict[str, str] = {}
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        name, sep, value = bare.partition("=")
        if not sep:
            raise InvalidValue("line %d is not NAME=VALUE: it has no =" % number)
        if not name or any(one.isspace() for one in name):
            raise InvalidValue("line %d is not NAME=VALUE: the name is empty or holds blanks" % number)
        found[name] = value
    return found
