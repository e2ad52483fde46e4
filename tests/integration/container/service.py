# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A container that must not be lost, and tasks about it, run in this process as both hosts run them."""

from __future__ import annotations

from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import containers
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.plugins.module_utils.task.options import specification
from ansible_collections.longshore.docker.plugins.module_utils.task.result import run_task
from ansible_collections.longshore.docker.plugins.module_utils.task.task import Task
from ansible_collections.longshore.docker.plugins.modules.container import TASK
from ansible_collections.longshore.docker.tests.engines.image import BUSYBOX

# What every task here says. The signal makes `sleep`, which ignores the usual one as the first process, end at once.
USUAL: dict[str, Any] = {"image": BUSYBOX, "command": ["sleep", "100000"], "stop_signal": "KILL"}
OLD: dict[str, Any] = {**USUAL, "env": {"RELEASE": "1"}}
NEW: dict[str, Any] = {**USUAL, "env": {"RELEASE": "2"}}


def run(
    socket: str, options: dict[str, Any], check: bool = False, history: list[str] | None = None, task: Task = TASK
) -> dict[str, Any]:
    """The result of a task. Any exception that comes out is a bug: users would see a traceback."""
    validator = ArgumentSpecValidator(**specification(task))
    validation = validator.validate({"docker_host": "unix://" + socket, "timeout": 10, **options})
    assert not validation.errors.errors, validation.errors.messages
    opened: list[Engine] = []

    def engine() -> Engine:
        opened.append(open_engine(validation.validated_parameters, {}, read_only=check))
        return opened[0]

    try:
        return run_task(task, validation.validated_parameters, engine, check, True)
    finally:
        for one in opened:
            one.close()
            if history is not None:
                history += one.history


class Service:
    """The container `name` of the Engine behind `socket`."""

    def __init__(self, socket: str, name: str) -> None:
        self.socket, self.name, self.aside = socket, name, name + ".replaced"
        self.engine = open_engine({"docker_host": "unix://" + socket}, {})
        self.remove()

    def run(self, options: dict[str, Any], by: str = "", **modes: Any) -> dict[str, Any]:
        """Run a task about it; `by` is another socket, a proxy's."""
        return run(by or self.socket, {"name": self.name, **options}, **modes)

    def begin(self, options: dict[str, Any]) -> dict[str, Any]:
        """Have it as these options say; gives back the inspect document."""
        result = self.run(options)
        assert not result.get("failed"), result
        return self.there()

    def look(self, name: str = "") -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.engine.get(containers.inspect(name or self.name))
        return found

    def there(self) -> dict[str, Any]:
        found = self.look()
        assert found is not None, "container %s is gone" % self.name
        return found

    def release(self) -> str:
        """What runs under the name."""
        document = self.there()
        assert document["State"]["Running"], document["State"]
        (value,) = [one for one in document["Config"]["Env"] if one.startswith("RELEASE=")]
        return str(value.partition("=")[2])

    def remove(self) -> None:
        for name in (self.name, self.aside):
            if self.look(name):
                self.engine.send(containers.remove(name, volumes=True, force=True))

    def close(self) -> None:
        self.remove()
        self.engine.close()
