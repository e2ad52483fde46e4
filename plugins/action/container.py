# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action plugin of every module of this collection: decides where the task runs, and has it run there.

Ansible loads this class in its main process before it forks workers. What is imported here is paid for once.
"""

from __future__ import annotations

import os
import pwd
from typing import Any

from ansible import constants
from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

from ansible_collections.longshore.docker.plugins.module_utils.engine.credentials import kept_by
from ansible_collections.longshore.docker.plugins.plugin_utils.ahead import import_ahead
from ansible_collections.longshore.docker.plugins.plugin_utils.controller import (
    Call,
    Modes,
    surroundings,
    surroundings_of_node,
)
from ansible_collections.longshore.docker.plugins.plugin_utils.node_facts import endpoint, node_files, socket_path
from ansible_collections.longshore.docker.plugins.plugin_utils.placement import (
    FORWARD,
    TARGET,
    VARIABLE,
    Facts,
    Placement,
    PlacementError,
    where,
)
from ansible_collections.longshore.docker.plugins.plugin_utils.progress import Progress
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_credentials import NodeKeeping
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_link import Link
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_reach import Unreached, Way

COLLECTION = "longshore.docker"
REQUESTS_ERROR = import_ahead()

_SHOWS_INVOCATION_ALWAYS = "INJECT_INVOCATION" not in constants.config.get_configuration_definitions()


class _Elsewhere(Exception):
    """The task has to run in another place: by its options, or because no way has led to the Engine."""

    def __init__(self, place: Placement, way: Way | None = None) -> None:
        super().__init__(place.reason)
        self.place, self.way = place, way


class ActionModule(ActionBase):  # type: ignore[misc]
    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        task_vars = task_vars or {}
        name, place, way = self._module_name(), self._place(self._facts(task_vars)), None
        if place.host != TARGET:
            try:
                return result | self._on_controller(name, place, task_vars)
            except _Elsewhere as found:
                place, way = found.place, found.way
        self._show(place)
        done = self._on_target(name, task_vars)
        if way is not None:
            _note(way, place.reason, done)
        return result | done

    def _on_controller(self, name: str, place: Placement, task_vars: dict[str, Any]) -> dict[str, Any]:
        """Raises _Elsewhere where it turns out that the task has to run on the target."""
        environment: dict[str, Any] = {}
        if any(self._task.environment or ()):
            self._compute_environment_string(environment)
        invocation = _SHOWS_INVOCATION_ALWAYS or constants.config.get_config_value(
            "INJECT_INVOCATION", variables=task_vars
        )
        progress = None if self._task.no_log else Progress(self._tell)
        modes = Modes(bool(self._task.check_mode), bool(self._task.diff), bool(invocation), progress)
        here = surroundings(environment, self._loader.get_basedir())
        with surroundings_of_node(environment) if place.ways else here:
            call = Call(name, self._task.args)
            if place.ways and not call.failure:
                place = self._place(self._facts(task_vars, call, environment))
                if place.host == TARGET:
                    raise _Elsewhere(place)
                return self._through_ssh(call, place, environment, modes)
            self._show(place)
            return call.run(modes)

    def _through_ssh(self, call: Call, place: Placement, environment: dict[str, Any], modes: Modes) -> dict[str, Any]:
        self._show(place)
        link = Link(self._connection, None if FORWARD in place.ways else self._connection.become)
        way = Way(link, place.ways, socket_path(call.options["docker_host"]), str(self._task.get_play()._uuid))
        try:
            with kept_by(NodeKeeping(link, environment)):
                return call.run(modes, way)
        except Unreached as error:
            raise _Elsewhere(Placement(TARGET, str(error), degraded=True), way) from error

    def _tell(self, line: str) -> None:
        """Show how far long work has come."""
        self._display.display(f"[{self._play_context.remote_addr}] {line}")

    def _module_name(self) -> str:
        """The full name of the module that the task names, redirects followed.

        Task.resolved_action would not do: it names the action plugin, and routing may lead to another one's.
        """
        found = self._shared_loader_obj.module_loader.find_plugin_with_context(
            self._task.action, collection_list=self._task.collections
        )
        return str(found.resolved_fqcn if found.resolved else self._task.action)

    def _facts(
        self, task_vars: dict[str, Any], call: Call | None = None, environment: dict[str, Any] | None = None
    ) -> Facts:
        """What decides where the task runs. The options count where the decision is not made without them."""
        connection, become = self._connection, self._connection.become
        user, us = None if become is None else self.get_become_option("become_user") or "root", ""
        local, ssh = (connection.matches_name([f"ansible.builtin.{name}"]) for name in ("local", "ssh"))
        if user is not None:
            us = _who_we_are() if local else ("" if constants.BECOME_ALLOW_SAME_USER else self._get_remote_user() or "")
        return Facts(
            run_on=self._variable(task_vars),
            local=local,
            ssh=ssh,
            connection=str(connection.ansible_name or connection.transport),
            become_user=user,
            user=us,
            is_async=bool(self._task.async_val),
            requests_error=REQUESTS_ERROR,
            windows=bool(getattr(connection._shell, "_IS_WINDOWS", False)),
            node_files=node_files(call.task, call.options, call.given) if call else "",
            endpoint=endpoint(call.options, environment or {}) if call else "",
        )

    def _place(self, facts: Facts) -> Placement:
        try:
            return where(facts)
        except PlacementError as error:
            raise AnsibleActionFail(str(error)) from error

    def _show(self, place: Placement) -> None:
        show = self._display.v if place.degraded else self._display.vvv
        ways = f" ({', else '.join(place.ways)})" if place.ways else ""
        show(f"{COLLECTION} runs on the {place.host}: {place.reason}{ways}", host=self._play_context.remote_addr)

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


def _note(way: Way, reason: str, done: dict[str, Any]) -> None:
    """Remember that the target host has served. Where it has failed as well, one message tells the whole story."""
    if not done.get("failed") and not done.get("unreachable"):
        way.served_by_target(reason)
    elif "module_stdout" in done:  # the module has not even begun
        done["msg"] = (
            f"{reason}. Nor can the task run on the node itself, which takes a Python with requests there: "
            f"{str(done.get('msg')).rstrip('.')}. Use an ssh user who may open the socket (in the group docker, say); "
            f"or become, and have the docker command on the node; or install Python there"
        )
    elif "msg" in done:
        done["msg"] = f"{str(done['msg']).rstrip('.')}. The task ran on the node itself because {reason}"


def _who_we_are() -> str:
    """Our name; the number where there is none, as for the arbitrary users of some container platforms."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
