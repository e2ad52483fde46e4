# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Open Engines, kept in this process for the next item of a loop."""

from __future__ import annotations

import os
from collections.abc import Mapping
from multiprocessing.util import Finalize
from typing import Any

from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.plugins.module_utils.task.options import ENGINE_OPTIONS
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_reach import Way

# A loop over more Engines than this is served, but not all of them are kept.
MOST = 16
# What decides, besides the options, which contexts and keys there are.
_ENVIRONMENT = ("HOME", "DOCKER_CONTEXT", "DOCKER_CONFIG", "SSH_AUTH_SOCK", "PATH")


class EngineKeeper:
    """Gives out Engines by how they are reached. A fork does not use, nor close, what its parent opened."""

    def __init__(self) -> None:
        self._pid = 0
        self._kept: dict[tuple[Any, ...], Engine] = {}

    def get(
        self, options: Mapping[str, Any], environ: Mapping[str, str], read_only: bool, way: Way | None = None
    ) -> Engine:
        """Return the Engine for these options, read-only or not as this one task asks. Raises EndpointInvalid, and
        what `way.open` raises where the Engine is to be reached that way."""
        if self._pid != os.getpid():
            self._pid, self._kept = os.getpid(), {}
            Finalize(None, self.close, exitpriority=0)
        key = tuple(options.get(name) for name in ENGINE_OPTIONS) + tuple(environ.get(name) for name in _ENVIRONMENT)
        if way is not None:
            key += way.key
        engine = self._kept.get(key)
        if engine is None:
            if len(self._kept) >= MOST:
                self.drop(next(iter(self._kept.values())))
            engine = self._kept[key] = open_engine(options, environ) if way is None else way.open(options)
        engine.read_only = read_only
        return engine

    def drop(self, engine: Engine) -> None:
        """Close this one, since it is not known what state its connections are in."""
        self._kept = {key: one for key, one in self._kept.items() if one is not engine}
        engine.close()

    def close(self) -> None:
        """Close them all."""
        if self._pid == os.getpid():
            for engine in list(self._kept.values()):
                self.drop(engine)
