# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""To the Engine of a managed node through ssh: the ways in turn, and what to do when there is none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from ansible.errors import AnsibleConnectionFailure

from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.dial import Dial
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import EngineError
from ansible_collections.longshore.docker.plugins.plugin_utils.placement import FORWARD, STDIO, TARGET
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_forward import ForwardedDial
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_link import Link
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_memory import Memory, connection_at
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_stdio import BecomeFailed, StdioDial

_DIALS: Mapping[str, type[ForwardedDial | StdioDial]] = {FORWARD: ForwardedDial, STDIO: StdioDial}
# How long the first request, GET /_ping, may take before the Engine counts as out of reach this way.
_FIRST = 15.0


class Unreached(Exception):
    """No way leads to the Engine. Nothing has been asked of it, so the task can run on the managed node."""


class Way(NamedTuple):
    """From here to the Engine behind a socket of a node. `key` is the same for whoever may share an `Engine`."""

    link: Link
    ways: tuple[str, ...]
    socket: str
    play: str

    @property
    def key(self) -> tuple[Any, ...]:
        return (self.link.identity(), self.ways, self.socket, self.link.becoming())

    def open(self, options: Mapping[str, Any]) -> Engine:
        """Return an Engine that has answered. Raises Unreached; BecomeFailed, where the target host would fail as well;
        AnsibleConnectionFailure for a host that ssh does not reach."""
        memory = self._memory()
        known = memory.recall()
        if known.startswith(TARGET):
            raise Unreached(known[len(TARGET) :].strip() + " (found out earlier in this play)")
        failures: list[str] = []
        for way in self.ways:
            if known and known != way:
                continue
            dial = _DIALS[way](self.link, self.socket)
            try:
                engine = self._answering(dial, options)
            except BecomeFailed:
                raise
            except EngineError as error:
                cause = error.__cause__
                if isinstance(cause, AnsibleConnectionFailure):
                    raise AnsibleConnectionFailure(cause.message) from error
                failures.append(dial.why(error))
                continue
            if failures:
                memory.note(way)
            return engine
        raise Unreached(f"{self.socket} on {self.link.host} cannot be reached through ssh: {'; '.join(failures)}")

    def served_by_target(self, reason: str) -> None:
        """The target host has done what could not be done from here."""
        if not self._memory().recall():
            self._memory().note(f"{TARGET} {reason}")

    def _answering(self, dial: Dial, options: Mapping[str, Any]) -> Engine:
        """An Engine that has answered. A connection that was shared may be about to end, as when the node was started
        anew: what fails then says nothing about the way, and is tried once more over the next connection."""
        before = connection_at(self.link.control_path())
        try:
            return _answering(dial, options)
        except BecomeFailed:
            raise
        except EngineError:
            if not before:
                raise
            self.link.log_in()  # over the same connection, if it is still there
            if connection_at(self.link.control_path()) == before:
                raise
        return _answering(dial, options)

    def _memory(self) -> Memory:
        # The password is no part of the name: a file's name may be seen.
        name = self.link.identity(self.socket, *self.ways, *self.link.becoming()[:-1])
        return Memory(
            os.path.join(self.link.folder(), "longshore", name + ".note"), self.play, self.link.control_path()
        )


def _answering(dial: Dial, options: Mapping[str, Any]) -> Engine:
    version, timeout = options.get("api_version") or "auto", options.get("timeout")
    engine = Engine(dial, api_version=version, timeout=_FIRST)
    try:
        if version == "auto":
            _negotiated = engine.api_version
        else:
            engine.ask("/_ping")
    except BaseException:
        engine.close()
        raise
    engine.timeout = 60 if timeout is None else timeout
    return engine
