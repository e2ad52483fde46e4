# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action plugin of every module of this collection: decides where the task runs, and has it run there.

Ansible loads this class in its main process before it forks workers. What is imported here is paid for once.
"""

from __future__ import annotations

import contextlib
import os
import pwd
from typing import Any

from ansible import constants
from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

from ansible_collections.longshore.docker.plugins.plugin_utils.controller import Modes, find, run_on_controller
from ansible_collections.longshore.docker.plugins.plugin_utils.placement import (
    TARGET,
    VARIABLE,
    Facts,
    Placement,
    PlacementError,
    where,
)

REQUESTS_ERROR: str | None = None
try:
    from ansible_collections.longshore.docker.plugins.module_utils.engine import session as _session  # noqa: F401
except ImportError as error:
    REQUESTS_ERROR = str(error)

COLLECTION = "longshore.docker"
# The module that most playbooks use most. The others are imported when they are used, once for each task.
with contextlib.suppress(ModuleNotFoundError):  # raised again, and shown, when a task asks for it
    find("container")

_SHOWS_INVOCATION_ALWAYS = "INJECT_INVOCATION" not in constants.config.get_configuration_definitions()


class ActionModule(ActionBase):  # type: ignore[misc]
    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        task_vars = task_vars or {}
        name = self._module_name()
        place = self._place(task_vars)
        if place.host == TARGET:
            return result | self._on_target(name, task_vars)
        environment: dict[str, Any] = {}
        if any(self._task.environment or ()):
            self._compute_environment_string(environment)
        invocation = _SHOWS_INVOCATION_ALWAYS or constants.config.get_config_value(
            "INJECT_INVOCATION", variables=task_vars
        )
        modes = Modes(bool(self._task.check_mode), bool(self._task.diff), bool(invocation))
        return result | run_on_controller(name, self._task.args, environment, self._loader.get_basedir(), modes)

    def _module_name(self) -> str:
        """The full name of the module that the task names, redirects followed.

        Task.resolved_action would not do: it names the action plugin, and routing may lead to another one's.
        """
        found = self._shared_loader_obj.module_loader.find_plugin_with_context(
            self._task.action, collection_list=self._task.collections
        )
        return str(found.resolved_fqcn if found.resolved else self._task.action)

    def _place(self, task_vars: dict[str, Any]) -> Placement:
        become = self._connection.become
        user = None if become is None else self.get_become_option("become_user") or "root"
        facts = Facts(
            run_on=self._variable(task_vars),
            local=self._connection.matches_name(["ansible.builtin.local"]),
            connection=str(self._connection.transport),
            become_user=user,
            user="" if user is None else _who_we_are(),
            is_async=bool(self._task.async_val),
            requests_error=REQUESTS_ERROR,
        )
        try:
            place = where(facts)
        except PlacementError as error:
            raise AnsibleActionFail(str(error)) from error
        show = self._display.v if place.degraded else self._display.vvv
        show(f"{COLLECTION} runs on the {place.host}: {place.reason}", host=self._play_context.remote_addr)
        return place

    def _variable(self, task_vars: dict[str, Any]) -> object:
        """What the user says about where to run. A delegated task asks the host that it is delegated to."""
        if self._task.delegate_to:
            task_vars = (task_vars.get("ansible_delegated_vars") or {}).get(self._task.delegate_to) or task_vars
        value = task_vars.get(VARIABLE, "auto")
        return value if value == "auto" else self._templar.template(value)

    def _on_target(self, name: str, task_vars: dict[str, Any]) -> dict[str, Any]:
        wrap_async = self._task.async_val
        result: dict[str, Any] = self._execute_module(
            module_name=name, module_args=dict(self._task.args), task_vars=task_vars, wrap_async=wrap_async
        )
        if not wrap_async:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result


def _who_we_are() -> str:
    """Our name; the number where there is none, as for the arbitrary users of some container platforms."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
