# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs playbooks, and says how long their tasks took and what they cost this machine."""

from __future__ import annotations

import collections
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Cost(NamedTuple):
    """Seconds: of each task by its name, one figure for each host, in order; and of the processor, all in all. MB: of
    the process, Ansible's workers included, that had most."""

    tasks: dict[str, list[float]]
    processor: float
    megabytes: float


class Playbooks:
    """`inventory` is hosts and their variables. Raises RuntimeError when a task fails."""

    def __init__(self, folder: Path, inventory: dict[str, dict[str, Any]], environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".work" / "collections"),
            "ANSIBLE_CALLBACK_PLUGINS": str(Path(__file__).parent / "callback"),
            "ANSIBLE_CALLBACKS_ENABLED": "durations",
            "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
            "DURATIONS_TO": str(folder / "durations"),
            **environment,
        }
        (folder / "inventory.yml").write_text(json.dumps({"all": {"hosts": inventory}}))

    def run(self, plays: list[dict[str, Any]], *flags: str, **environment: str) -> Cost:
        (self.folder / "play.yml").write_text(json.dumps([{"gather_facts": False, **one} for one in plays]))
        (self.folder / "durations").unlink(missing_ok=True)
        program = str(Path(sys.executable).parent / "ansible-playbook")
        command = [program, "-i", "inventory.yml", "play.yml", *flags]
        with open(self.folder / "output", "w+", encoding="utf-8") as output:
            process = subprocess.Popen(
                command, cwd=self.folder, env={**self.environment, **environment}, stdout=output, stderr=output
            )
            _number, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                output.seek(0)
                raise RuntimeError(output.read()[-3000:])
        found = collections.defaultdict(list)
        for line in (self.folder / "durations").read_text().splitlines():
            row = json.loads(line)
            found[row["task"]].append(row["seconds"])
        return Cost(found, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
