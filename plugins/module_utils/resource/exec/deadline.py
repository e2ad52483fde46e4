# SPDX-License-Identifier: GPL-3.0-or-later
"""End a command whose time is over. The Engine has no call for it, and tells its process's number on the host only.

So the command gets a variable of its own into its environment, which its children inherit. When the time is over, a
second command looks through the container's processes for it, with what every shell has, and sends them a signal. It
runs as the same user, since to read another's environment needs CAP_SYS_PTRACE.
"""

from __future__ import annotations

import os
import time
from typing import Any, Dict

from ...engine.api import execs
from ...engine.call import Call
from ...engine.client import Engine
from ...engine.errors import EngineError
from ..answers import mapping

VARIABLE = "LONGSHORE_EXEC"
# Seconds that a command may take to end after each signal.
_SIGNALS = (("TERM", 5.0), ("KILL", 5.0))
# All are stopped first, so that none sees another's end and goes on to its next command.
_FIND_AND_SIGNAL = """
for signal in STOP "$2" CONT; do
  for process in /proc/[0-9]*; do
    while IFS= read -r entry || [ -n "$entry" ]; do
      case $entry in *"$1"*) kill -s "$signal" "${process#/proc/}"; break ;; esac
    done < "$process/environ"
  done
done 2> /dev/null
exit 0
"""


class StillRuns(EngineError):
    """Neither signal has ended the command."""


class Watch:
    """The deadline of one command. `create` is the call that makes it, with what it can be found by."""

    def __init__(self, engine: Engine, create: Call, seconds: float) -> None:
        self._engine, self._seconds = engine, seconds
        self._mark = "%s=%s" % (VARIABLE, os.urandom(12).hex())
        self.create = create._replace(body=dict(create.body, Env=create.body["Env"] + [self._mark]))
        self._left = list(_SIGNALS)
        self.passed = False
        self.due = 0.0

    def start(self) -> float:
        """When the time is over, by time.monotonic(). From then on `due` says it."""
        self.due = time.monotonic() + self._seconds
        return self.due

    def ring(self) -> float:
        """Send the next signal; returns when to be asked again. Raises EngineError when all have been tried."""
        self.passed = True
        if not self._left:
            raise StillRuns("%s, and goes on in the container: no signal has ended it" % self._too_long())
        name, patience = self._left.pop(0)
        try:
            self._signal(name)
        except EngineError as error:
            raise StillRuns(
                "%s, and goes on in the container: it cannot be ended: %s" % (self._too_long(), error)
            ) from error
        self.due = time.monotonic() + patience
        return self.due

    def words(self) -> str:
        """For the failure's message."""
        return "%s, and has been ended" % self._too_long()

    def _too_long(self) -> str:
        return "The command took longer than %g s (command_timeout)" % self._seconds

    def _signal(self, name: str) -> None:
        body: Dict[str, Any] = {
            "Cmd": ["sh", "-c", _FIND_AND_SIGNAL, "sh", self._mark, name],
            "User": self.create.body["User"],
            "Privileged": self.create.body["Privileged"],
        }
        exec_id = str(mapping(self._engine, self.create._replace(body=body)).get("Id"))
        # Not waited for: the Engine sees its end only after that of the first command's output, which nobody reads now.
        self._engine.send(execs.start(exec_id, detach=True))
