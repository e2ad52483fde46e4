# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of a command in a container, and what is refused of them."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Tuple

from ...values.errors import InvalidOption, InvalidValue
from ...values.words import scalar_text, split_words
from ..container.named import check_named

ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    "container": {"type": "str", "required": True},
    "command": {"type": "str"},
    "argv": {"type": "list", "elements": "str"},
    "chdir": {"type": "str"},
    "user": {"type": "str"},
    "env": {"type": "dict"},
    "privileged": {"type": "bool", "default": False},
    "stdin": {"type": "str"},
    "stdin_add_newline": {"type": "bool", "default": True},
    "strip_empty_ends": {"type": "bool", "default": True},
    "tty": {"type": "bool", "default": False},
    "tty_rows": {"type": "int"},
    "tty_columns": {"type": "int"},
    "detach": {"type": "bool", "default": False},
    "creates": {"type": "str"},
    "removes": {"type": "str"},
    "command_timeout": {"type": "float"},
}
CONSTRAINTS: Dict[str, Any] = {
    "mutually_exclusive": [("argv", "command")],
    "required_one_of": [("argv", "command")],
    "required_together": [("tty_rows", "tty_columns")],
}


def check(options: Mapping[str, Any]) -> None:
    """Refuse what no container can make right (raises InvalidOption)."""
    check_named(options, "container")
    if not words(options):
        raise InvalidOption("command" if options["argv"] is None else "argv", "there is no command in it")
    environment(options)
    if options["detach"]:
        for name in ("stdin", "command_timeout"):
            if options[name] is not None:
                what = "If detach=true, %s cannot be provided: nobody stays with the command"
                raise InvalidOption(name, what % name, whole=True)
    size = terminal_size(options)
    if size and not options["tty"]:
        raise InvalidOption("tty_rows", "there is no terminal to have a size: set tty")
    if size and min(size) < 1:
        raise InvalidOption("tty_rows", "a terminal has at least one row and one column")
    if options["command_timeout"] is not None and options["command_timeout"] <= 0:
        raise InvalidOption("command_timeout", "has to be more than 0 seconds")
    _check_paths(options)


def _check_paths(options: Mapping[str, Any]) -> None:
    for name in ("creates", "removes"):
        if options[name] is not None and not options[name].startswith("/"):
            raise InvalidOption(name, "%r is no absolute path" % options[name])


def words(options: Mapping[str, Any]) -> List[str]:
    """The command, in words. Raises InvalidOption."""
    if options["argv"] is not None:
        return [str(word) for word in options["argv"]]
    try:
        return split_words(options["command"])
    except InvalidValue as exc:
        raise InvalidOption("command", exc) from exc


def environment(options: Mapping[str, Any]) -> List[str]:
    """The variables as the Engine wants them. Raises InvalidOption."""
    try:
        given = (options["env"] or {}).items()
        return sorted("%s=%s" % (name, scalar_text(value, "The value of %s" % name)) for name, value in given)
    except InvalidValue as exc:  # with the words that playbooks for the incumbent look for, from the first on
        raise InvalidOption("env", "Non-string value found for env option. %s" % exc, whole=True) from exc


def standard_input(options: Mapping[str, Any]) -> bytes:
    """What the command reads; empty where there is nothing to read."""
    text = options["stdin"]
    if text is None:
        return b""
    if options["stdin_add_newline"]:
        text += "\n"
    return str(text).encode("utf-8", "surrogateescape")


def terminal_size(options: Mapping[str, Any]) -> Optional[Tuple[int, int]]:
    """Rows and columns; None where nothing is said about them."""
    return None if options["tty_rows"] is None else (options["tty_rows"], options["tty_columns"])
