# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a `container_copy_into` task runs, and how: as for `container_fetch`, and with what only Ansible knows: the
folders of a role, and how large a file's diff may be."""

from __future__ import annotations

from typing import Any

from ansible import constants
from ansible.errors import AnsibleActionFail, AnsibleError

from ansible_collections.longshore.docker.plugins.action.container_fetch import ActionModule as _ActionModule
from ansible_collections.longshore.docker.plugins.module_utils.values.veil import unveil


class ActionModule(_ActionModule):
    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        arguments = dict(self._task.args)
        arguments.setdefault("max_diff_size", constants.MAX_FILE_SIZE_FOR_DIFF)
        if arguments.get("files_on") == "controller" and arguments.get("path"):
            try:
                arguments["path"] = self._find_needle("files", arguments["path"])
            except AnsibleError as error:
                raise AnsibleActionFail(str(error)) from error
        self._task.args = arguments
        result = super().run(tmp, task_vars)
        diff = result.get("diff")
        if isinstance(diff, dict) and "veiled" in diff:
            letters = diff.pop("veiled")
            diff.update({side: unveil(diff[side], letters) for side in ("before", "after", "prepared") if side in diff})
        return result
