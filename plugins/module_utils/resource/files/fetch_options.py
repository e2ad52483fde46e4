# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of a copy from a container, and what is refused of them."""

from __future__ import annotations

import os
from typing import Any, Dict, Mapping, Optional

from ...values.errors import InvalidOption
from ..container.named import check_named
from . import modes, stats
from .copy_options import FILES_ON, NODE

ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    "container": {"type": "str", "required": True},
    "container_path": {"type": "str", "required": True},
    "dest": {"type": "path", "required": True},
    "files_on": FILES_ON,
    "follow": {"type": "bool", "default": False},
    "links_out": {"type": "bool", "default": False},
    "preserve_owner": {"type": "bool", "default": False},
    "mode": {"type": "raw"},
    "directory_mode": {"type": "raw"},
    "force": {"type": "bool", "default": True},
}


def check(options: Mapping[str, Any]) -> None:
    """Refuse what no container can make right (raises InvalidOption)."""
    check_named(options, "container")
    stats.normal("container_path", options["container_path"])
    for name in ("mode", "directory_mode"):
        permissions(options, name)
    if os.path.basename(destination(options)) == "":
        raise InvalidOption("dest", "%r names no file or directory that could be made" % options["dest"])


def permissions(options: Mapping[str, Any], name: str) -> Optional[int]:
    """The permissions in an option; texts are octal digits, as for ansible.builtin.copy. Raises InvalidOption."""
    return modes.parse(dict(options, mode_parse="modern"), name)


def destination(options: Mapping[str, Any]) -> str:
    """The absolute path of what is made."""
    return os.path.abspath(options["dest"]) if options["dest"] else "/"


def needs_node(options: Mapping[str, Any]) -> str:
    """A file of the node can be written there only."""
    return "dest is on the managed node" if options["files_on"] == NODE else ""
