# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a `container_fetch` task runs, and how: as for every module (docs/where_tasks_run.md), but that files of the
controller can be used on the controller only."""

from __future__ import annotations

import os
from typing import Any

from ansible.errors import AnsibleActionFail

from ansible_collections.longshore.docker.plugins.action.container import ActionModule as _ActionModule


class ActionModule(_ActionModule):
    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        given = self._task.args.get("dest")
        if self._task.args.get("files_on") == "controller" and isinstance(given, str):
            # Spelled out here, for a ~ would mean a home on the managed node.
            self._task.args = {**self._task.args, "dest": os.path.expanduser(os.path.expandvars(given))}
        result: dict[str, Any] = super().run(tmp, task_vars)
        return result

    def _on_target(self, name: str, task_vars: dict[str, Any]) -> dict[str, Any]:
        if self._task.args.get("files_on") == "controller" and not self._connection.matches_name(
            ["ansible.builtin.local"]
        ):
            raise AnsibleActionFail(
                "files_on is controller, but this task runs on the managed node; -vvv shows why. See "
                "docs/where_tasks_run.md for what lets it run on the controller"
            )
        return super()._on_target(name, task_vars)
