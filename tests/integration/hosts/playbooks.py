# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs tasks of the probe module by ansible-playbook, on either host, and gives their results."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Run:
    """What one ansible-playbook gave: each task's result in order (for a loop, of each item), and its output."""

    results: list[dict[str, Any]]
    output: str


@dataclass
class Playbooks:
    folder: Path
    socket: str
    hostvars: dict[str, Any] = field(default_factory=dict)
    others: dict[str, dict[str, Any]] = field(default_factory=dict)
    """More hosts of the inventory besides `node`: what it says about each."""
    seconds: float = 300

    def __post_init__(self) -> None:
        # The path of ssh's control socket has to be short, and a test's folder need not be.
        self.controls = tempfile.mkdtemp(prefix="ls-cp-", dir="/tmp")
        weakref.finalize(self, shutil.rmtree, self.controls, ignore_errors=True)

    def run(
        self,
        tasks: list[dict[str, Any]],
        host: str,
        flags: tuple[str, ...] = (),
        env: dict[str, str] | None = None,
        **play: Any,
    ) -> Run:
        """Run the tasks, failures ignored, with longshore_docker_run_on as `host` says."""
        document = [{"hosts": "node", "gather_facts": False, "ignore_errors": True, "tasks": tasks, **play}]
        (self.folder / "play.yml").write_text(json.dumps(document))
        variables = {"ansible_python_interpreter": sys.executable, "longshore_docker_run_on": host, **self.hostvars}
        node = {"ansible_connection": "local", **variables}
        inventory = {"all": {"hosts": {"node": node, **self.others}}}
        (self.folder / "inventory.yml").write_text(json.dumps(inventory))
        log = self.folder / "results"
        log.unlink(missing_ok=True)
        playbook = Path(sys.executable).parent / "ansible-playbook"
        command = [str(playbook), "-i", "inventory.yml", "play.yml", *flags]
        environ = {**self._environ(log), **(env or {})}
        output = self._finished(command, environ)
        assert log.exists(), output
        return Run([json.loads(line) for line in log.read_text().splitlines()], output)

    def _finished(self, command: list[str], environ: dict[str, str]) -> str:
        """What the program wrote. One that takes longer than `seconds` is ended with all that it started, as a task of
        it that hangs keeps its output open."""
        written = self.folder / "output"
        with written.open("w") as output:
            program = subprocess.Popen(
                command, cwd=self.folder, env=environ, stdout=output, stderr=output, start_new_session=True
            )
            try:
                program.wait(self.seconds)
            except subprocess.TimeoutExpired:
                os.killpg(program.pid, signal.SIGKILL)
                program.wait()
                output.write("\nended by the test after %d s\n" % self.seconds)
        return written.read_text(errors="replace")

    def _environ(self, log: Path) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "DOCKER_HOST": "unix://" + self.socket,
            "ANSIBLE_COLLECTIONS_PATH": str(self.folder),
            "ANSIBLE_CALLBACK_PLUGINS": str(Path(__file__).parent / "callback"),
            "ANSIBLE_CALLBACKS_ENABLED": "record",
            "ANSIBLE_SSH_CONTROL_PATH_DIR": self.controls,
            "ANSIBLE_ASYNC_DIR": str(self.folder / "async"),
            "ANSIBLE_INJECT_INVOCATION": "true",
            # Some messages of ansible-core list a set's members.
            "PYTHONHASHSEED": "1",
            "RECORD_TO": str(log),
        }
