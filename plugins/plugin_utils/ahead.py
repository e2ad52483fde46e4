# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is imported in Ansible's main process, before it forks workers: paid for once, and not once for each host.

The collection loader of ansible-core compiles a collection's files anew in every process. What is not named here is
imported by the workers whose tasks use it.
"""

from __future__ import annotations

import contextlib
from importlib import import_module

from ansible_collections.longshore.docker.plugins.plugin_utils.controller import encode, find

_MODULE_UTILS = "ansible_collections.longshore.docker.plugins.module_utils."
# What most `container` tasks come to: their rows, and nothing to change.
_USED_BY_MOST = (
    "engine.negotiation",
    "resource.container.command",
    "resource.container.environment",
    "resource.container.names",
    "resource.container.node_files",
    "resource.container.ports",
    "resource.container.quantities",
    "resource.container.volumes",
)


def import_ahead() -> str | None:
    """Import it. Return why nothing can reach an Engine from here, None where that is no trouble."""
    with contextlib.suppress(ModuleNotFoundError):  # raised again, and shown, when a task asks for it
        find("container")
        for name in _USED_BY_MOST:
            import_module(_MODULE_UTILS + name)
    encode({})
    try:
        import_module(_MODULE_UTILS + "engine.session")
    except ImportError as error:
        return str(error)
    return None
