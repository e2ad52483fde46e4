# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file that ansible-core sends to a managed node for a module, and what the process that it becomes there takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import ansible_collections
from ansible_collections.longshore.docker.tests.benchmarks.surroundings import RIVALS

# Where this collection is, whatever it was imported from, and where the rivals are.
COLLECTIONS = ":".join([*(str(Path(path).parent) for path in ansible_collections.__path__), str(RIVALS)])

# Builds a module's payload, as the strategy does, and writes it out: NAME and the arguments as JSON.
_BUILD = """
import json, os, sys
from ansible.executor import module_common
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader, module_loader
from ansible.template import Templar
init_plugin_loader(os.environ["ANSIBLE_COLLECTIONS_PATH"].split(":"))
found = module_loader.find_plugin_with_context(sys.argv[1])
assert found.resolved, "there is no module " + sys.argv[1]
made = module_common.modify_module(
    module_name=found.resolved_fqcn, module_path=found.plugin_resolved_path,
    module_args=json.loads(sys.argv[2]), templar=Templar(loader=DataLoader()),
    task_vars={"ansible_python_interpreter": sys.executable}, module_compression="ZIP_DEFLATED",
)
sys.stdout.buffer.write(made.b_module_data if hasattr(made, "b_module_data") else made[0])
"""

# Runs a program. A process counts as its own what the one that started it held, so that one has to be small.
_LAUNCH = """
import os, sys, time
began = time.perf_counter()
number = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_number, status, usage = os.wait4(number, 0)
with open(sys.argv[1], "w") as stream:
    stream.write("%r %d" % (time.perf_counter() - began, usage.ru_maxrss))
sys.exit(1 if status else 0)
"""


def payload(module: str, arguments: Mapping[str, Any], folder: Path) -> bytes:
    """What is sent for the module of this full name. Raises RuntimeError in ansible-core's words.

    Made by a process of its own: ansible-core wants to be the first to import a collection.
    """
    sent = {"_ansible_module_name": module, "_ansible_remote_tmp": str(folder), "_ansible_tmpdir": None, **arguments}
    environment = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS}
    environment.pop("PYTHONPATH", None)
    words = [sys.executable, "-c", _BUILD, module, json.dumps(sent)]
    done = subprocess.run(words, env=environment, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return done.stdout


class Taken(NamedTuple):
    """What a process took: seconds, and MB of memory at most."""

    seconds: float
    megabytes: float


def measured(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Taken:
    """Run a program to its end. Raises RuntimeError with what it said."""
    taken = folder / "taken"
    with open(folder / "said", "w+b") as output:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _LAUNCH, str(taken), *command],
            env=environment,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            output.seek(0)
            raise RuntimeError("%s: %s" % (" ".join(command)[:200], output.read().decode(errors="replace")[-3000:]))
    seconds, kibibytes = taken.read_text().split()
    return Taken(float(seconds), int(kibibytes) / 1024)


class Module:
    """A module with its arguments, as a program that can be run again and again."""

    def __init__(self, name: str, arguments: Mapping[str, Any], folder: Path) -> None:
        self.name, self.folder = name, folder
        self.content = payload(name, arguments, folder)
        self.file = folder / ("%s.py" % name)
        self.file.write_bytes(self.content)

    def run(self, environment: Mapping[str, str], changes: bool = True) -> Taken:
        """Raises RuntimeError when it failed, or did not change something although it should, or the reverse."""
        taken = measured([sys.executable, str(self.file)], environment, self.folder)
        said = (self.folder / "said").read_text()
        if json.loads(said[said.index("{") :]).get("changed", False) is not changes:
            raise RuntimeError("%s changed what it should not, or did nothing: %s" % (self.name, said[-2000:]))
        return taken
