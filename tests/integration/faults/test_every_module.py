# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module, at each of its requests in turn, meets an Engine or a connection that breaks (tasks.yml).

Whatever happens, there is a result and no traceback; a failure names what it is about; and when the fault is gone, the
same task does what it is for.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.longshore.docker.tests.engines import proxy as faults
from ansible_collections.longshore.docker.tests.engines.proxy import Fault, Proxy
from ansible_collections.longshore.docker.tests.engines.registry import Registry
from ansible_collections.longshore.docker.tests.integration.container.service import run

COLLECTION = "ansible_collections.longshore.docker"
ROOT = Path(__file__).resolve().parents[3]
TASKS: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "tasks.yml").read_text())
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py") if path.stem != "__init__")
# What a message has to name: the object, or the image that it is made from.
ABOUT = ("ls-fault", "longshore/busybox:1")
# Modules that send nothing to an Engine.
WITHOUT_ENGINE = {"context_info", "current_container_facts"}
# It reads a stream that lasts as long as it waits, which this proxy cannot pass.
WITH_A_LASTING_STREAM = {"container_wait"}
FAULTS: dict[str, Fault] = {
    "cut before": faults.cut_before,
    "cut after": faults.cut_after,
    "500": faults.refused(500),
    "409": faults.refused(409),
    "truncated": faults.truncated,
    "garbage": faults.garbage,
    "another shape": faults.another_shape,
}
# A request that fails is made again up to so often before a task gives up.
MOST_REQUESTS = 60


def task_of(module: str) -> Any:
    return importlib.import_module("%s.plugins.modules.%s" % (COLLECTION, module)).TASK


class Stage:
    """A task of a module, what it needs, and what is left of it."""

    def __init__(self, module: str, socket: str, folder: Path, registry: str) -> None:
        self.module, self.socket = module, socket
        text = yaml.safe_dump(TASKS[module]).replace("@FOLDER@", str(folder)).replace("@REGISTRY@", registry)
        self.plan = yaml.safe_load(text)
        for name, text in self.plan.get("files", {}).items():
            (folder / name).write_text(text)

    def run(self, socket: str = "") -> dict[str, Any]:
        """The task itself. An exception is a bug: users would see a traceback."""
        return run(socket or self.socket, self.plan["options"], task=task_of(self.module))

    def others(self, when: str) -> None:
        """What prepares it, or cleans up after it."""
        for one in self.plan.get(when, ()):
            ((module, options),) = one.items()
            result = run(self.socket, options, task=task_of(module))
            assert not result.get("failed"), (when, result)

    def problem(self, proxy: Proxy, at: int, fault: Fault, kind: str) -> str | None:
        """What is wrong when this request breaks; None when the task makes fewer requests."""
        proxy.strike(at, fault)
        result = self.run(proxy.socket)
        if proxy.struck is None:
            return None
        where = "at %s: " % proxy.struck
        message: str = result.get("msg", "")
        if result.get("failed"):
            if not any(one in message for one in self.plan.get("about", ABOUT)):
                return where + "the message does not say what it is about: " + message
            if kind in ("500", "409") and "the proxy says no" not in message:
                return where + "the message does not have the Engine's words: " + message
            if not self.plan.get("reads"):
                again = self.run()
                if again.get("failed") and "again" not in self.plan.get("may_fail", ()):
                    return where + "the next run failed: %s; after %s" % (again["msg"], message)
        return ""


@pytest.fixture
def stage(
    request: pytest.FixtureRequest, engine_socket: str, busybox_image: str, registry: Registry, tmp_path: Path
) -> Iterator[Stage]:
    made = Stage(request.param, engine_socket, tmp_path, registry.address)
    yield made
    made.others("after")


@pytest.mark.parametrize("kind", list(FAULTS))
@pytest.mark.parametrize("stage", sorted(TASKS), indirect=True)
def test_one_request_breaks(stage: Stage, kind: str) -> None:
    wrong = []
    struck = 0
    for at in range(1, MOST_REQUESTS):
        stage.others("before")
        with Proxy(stage.socket) as proxy:
            problem = stage.problem(proxy, at, FAULTS[kind], kind)
        stage.others("after")
        if problem is None:
            break
        struck += 1
        wrong += [problem] if problem else []
    assert struck, "no request was broken"
    assert wrong == []


def test_every_module_is_broken() -> None:
    assert sorted(set(MODULES) - WITHOUT_ENGINE - WITH_A_LASTING_STREAM) == sorted(TASKS)
