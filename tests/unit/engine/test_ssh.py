# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ssh processes that an Engine keeps, and their last words."""

from __future__ import annotations

import io
import subprocess
from typing import Any

from ansible_collections.longshore.docker.plugins.module_utils.engine.dial_ssh import SshDial


class Process:
    """Stands for one that has ended; meanwhile another thread may do something."""

    def __init__(self, returncode: int, meanwhile: Any = None) -> None:
        self.returncode, self._meanwhile = returncode, meanwhile

    def poll(self) -> int:
        if self._meanwhile:
            self._meanwhile()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        return self.returncode


def test_a_process_that_another_thread_starts_meanwhile_is_kept() -> None:
    dial = SshDial("host")
    sleeping = subprocess.Popen(["sleep", "100"])
    stderr = io.BytesIO()
    ended: Any = Process(255, lambda: dial._running.append((sleeping, stderr)))
    dial._running.append((ended, io.BytesIO(b"ssh: no route\n")))
    assert dial.remark() == "ssh says: ssh: no route"
    assert dial._running == [(sleeping, stderr)]
    dial.close()
    assert sleeping.returncode is not None


def test_what_another_thread_has_reaped_is_not_reaped_again() -> None:
    dial = SshDial("host")
    ended: Any = Process(255, dial._running.clear)
    dial._running.append((ended, io.BytesIO(b"words")))
    assert dial.remark() == ""
