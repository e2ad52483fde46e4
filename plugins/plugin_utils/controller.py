# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host on the controller: what AnsibleModule does for a module, done for a task inside Ansible's worker process."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator, ValidationResult
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.task.options import specification
from ansible_collections.longshore.docker.plugins.module_utils.task.result import run_task
from ansible_collections.longshore.docker.plugins.module_utils.task.task import Task
from ansible_collections.longshore.docker.plugins.module_utils.task.veiled import uncover
from ansible_collections.longshore.docker.plugins.plugin_utils.keeper import EngineKeeper
from ansible_collections.longshore.docker.plugins.plugin_utils.progress import Progress
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_reach import Way

try:
    from ansible.module_utils.common.json import Direction, get_module_encoder
except ImportError:  # ansible-core before 2.19
    from ansible.module_utils.common.json import AnsibleJSONEncoder

    MARKS_UNSAFE = True

    def encode(value: object) -> str:
        return json.dumps(value, cls=AnsibleJSONEncoder, vault_to_text=True)
else:
    # From 2.19 on a text is no template unless it is marked as one, and reading JSON marks nothing.
    MARKS_UNSAFE = False

    def encode(value: object) -> str:
        return json.dumps(value, cls=get_module_encoder("legacy", Direction.CONTROLLER_TO_MODULE))


KEEPER = EngineKeeper()


class Modes(NamedTuple):
    """How a task is run; `progress` is told of long work."""

    check: bool = False
    diff: bool = False
    invocation: bool = True
    progress: Progress | None = None


@cache
def find(module: str) -> tuple[Task, ArgumentSpecValidator]:
    """The task of a module of this collection, by its short name, and what validates its arguments."""
    task = import_module(f"ansible_collections.longshore.docker.plugins.modules.{module}").TASK
    return task, ArgumentSpecValidator(**specification(task))


class Call:
    """A task with its arguments, validated in the present surroundings."""

    def __init__(self, fqcn: str, arguments: Mapping[str, Any]) -> None:
        self.task, validator = find(fqcn.rpartition(".")[2])
        # The way every argument takes to a module: marked and encrypted texts, keys that are numbers and dates become
        # plain.
        self.given = json.loads(encode(arguments))
        self.options = dict(self.given)
        self._validation = validator.validate(self.given)
        self.options.update(self._validation.validated_parameters)
        self.failure = _failure(fqcn, self._validation)

    def run(self, modes: Modes, way: Way | None = None) -> dict[str, Any]:
        """Return the result that the module would give. Raises what `way.open` raises."""
        if self.failure:
            result: dict[str, Any] = {"failed": True, "msg": self.failure}
        else:
            result = _run(self.task, self.options, modes, way)
        _add_notices(result, self._validation)
        secrets, shown = uncover(self.task.veiled, self.options, self._validation._no_log_values)
        return _finish(result, shown, secrets, modes.invocation)


@contextmanager
def surroundings(environment: Mapping[str, Any], directory: str) -> Iterator[None]:
    """Have these variables in the environment, and this working directory, for a while."""
    here = os.open(".", os.O_RDONLY)
    try:
        with _environ({str(name): str(value) for name, value in environment.items()}):
            os.chdir(directory)
            yield
    finally:
        os.fchdir(here)
        os.close(here)


def surroundings_of_node(environment: Mapping[str, Any]) -> AbstractContextManager[None]:
    """Have what the task's environment says of Docker, and not what this process's says: it is about another Engine.

    The rest stays as it is, and so does the working directory: Ansible's ssh is started in them.
    """
    changes: dict[str, str | None] = {name: None for name in os.environ if name.startswith("DOCKER_")}
    changes.update((name, str(value)) for name, value in environment.items() if name.startswith("DOCKER_"))
    return _environ(changes)


@contextmanager
def _environ(changes: Mapping[str, str | None]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in changes}
    try:
        _set(changes)
        yield
    finally:
        _set(before)


def _set(variables: Mapping[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def _failure(fqcn: str, validation: ValidationResult) -> str | None:
    """The message of arguments that are no good, in AnsibleModule's words."""
    if not validation.errors.errors:
        return None
    message: str = validation.errors.msg
    if isinstance(validation.errors[0], UnsupportedError):
        message = f"Unsupported parameters for ({fqcn}) module: {message}"
    return message


def _run(task: Task, options: dict[str, Any], modes: Modes, way: Way | None) -> dict[str, Any]:
    used: list[Engine] = []

    def engine() -> Engine:
        used.append(KEEPER.get(options, os.environ, modes.check, way))
        used[0].progress = modes.progress
        return used[0]

    sound = False
    try:
        result = run_task(task, options, engine, modes.check, modes.diff)
        sound = not result.get("failed")
        return result
    finally:
        if not sound:
            for one in used:
                KEEPER.drop(one)


def _add_notices(result: dict[str, Any], validation: ValidationResult) -> None:
    """The warnings and deprecations that a ModuleArgumentSpecValidator would have given, before the task's own."""
    warnings = [f"Both option {one['option']} and its alias {one['alias']} are set." for one in validation._warnings]
    if warnings:
        result["warnings"] = warnings + result.get("warnings", [])
    if validation._deprecations:
        keys = ("msg", "version", "date", "collection_name")
        result["deprecations"] = [
            {key: one[key] for key in keys if one.get(key) is not None} for one in validation._deprecations
        ]


def _finish(result: dict[str, Any], options: dict[str, Any], secrets: set[str], invocation: bool) -> dict[str, Any]:
    if invocation:
        result["invocation"] = {"module_args": options}
    kept = {name: value for name, value in result.items() if value is None or isinstance(value, bool)}
    if secrets:
        result = remove_values(result, secrets)
    result.update(kept)
    plain: dict[str, Any] = json.loads(json.dumps(result))
    if MARKS_UNSAFE:
        plain = wrap_var(plain)
    return plain
