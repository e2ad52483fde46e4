# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of environment variables, as `docker run --env-file` reads them."""

from __future__ import annotations

from typing import Dict, Mapping, Optional

from .errors import InvalidValue


def parse_env_file(text: str, environ: Optional[Mapping[str, str]] = None) -> Dict[str, str]:
    """NAME=VALUE a line, nothing unquoted; # begins a comment; a name alone is taken from `environ`, or left out.

    Raises InvalidValue, which names the line and shows nothing of it: such files hold secrets.
    """
    found: Dict[str, str] = {}
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        bare = (line[:-1] if line.endswith("\r") else line).lstrip()
        if not bare or bare.startswith("#"):
            continue
        name, sep, value = bare.partition("=")
        if not name or any(one.isspace() for one in name):
            raise InvalidValue("line %d is not NAME=VALUE: the name is empty or holds blanks" % number)
        if sep:
            found[name] = value
        elif name in (environ or {}):
            found[name] = (environ or {})[name]
    return found
