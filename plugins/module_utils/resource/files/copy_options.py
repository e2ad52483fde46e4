# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of a copy into a container, and what is refused of them."""

from __future__ import annotations

from typing import Any, Dict, Mapping

from ...values.errors import InvalidOption
from ..container.named import check_named
from . import modes, stats

NODE, CONTROLLER = "node", "controller"
FILES_ON: Dict[str, Any] = {"type": "str", "default": NODE, "choices": [NODE, CONTROLLER]}

ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    "container": {"type": "str", "required": True},
    "container_path": {"type": "str", "required": True},
    "path": {"type": "path"},
    "files_on": FILES_ON,
    "content": {"type": "str", "no_log": True},
    "content_is_b64": {"type": "bool", "default": False},
    "follow": {"type": "bool", "default": False},
    "local_follow": {"type": "bool", "default": True},
    "owner_id": {"type": "int"},
    "group_id": {"type": "int"},
    "mode": {"type": "raw"},
    "directory_mode": {"type": "raw"},
    "mode_parse": modes.PARSING,
    "force": {"type": "bool"},
    "max_diff_size": {"type": "int", "default": 104448},
}
CONSTRAINTS: Dict[str, Any] = {
    "mutually_exclusive": [("path", "content")],
    "required_together": [("owner_id", "group_id")],
    "required_by": {"content": ["mode"]},
}


def check(options: Mapping[str, Any]) -> None:
    """Refuse what no container can make right (raises InvalidOption)."""
    check_named(options, "container")
    if options["path"] is None and options["content"] is None:
        raise InvalidOption("path", "has to be given, or content")
    path = stats.normal("container_path", options["container_path"])
    if options["content"] is not None:
        from .source import text

        text(options)
        if path == "/":
            raise InvalidOption("container_path", "/ is a directory, and content is a file's")
    for name in ("mode", "directory_mode"):
        modes.parse(options, name)
    for name in ("owner_id", "group_id"):
        if options[name] is not None and options[name] < 0:
            raise InvalidOption(name, "%d is no number of an account" % options[name])
    if options["max_diff_size"] < 0:
        raise InvalidOption("max_diff_size", "%d is no size" % options["max_diff_size"])


def needs_node(options: Mapping[str, Any]) -> str:
    """A file of the node can be read there only."""
    if options["path"] is None or options["files_on"] != NODE:
        return ""
    return "path is a file of the managed node"
