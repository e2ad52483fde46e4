# SPDX-License-Identifier: GPL-3.0-or-later
"""The host on the managed node: a task as an ordinary module."""

from __future__ import annotations

import os

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.parameters import remove_values

from ..engine.client import Engine
from ..engine.open import open_engine
from .options import specification
from .result import run_task
from .task import Task


def run_on_target(task: Task) -> None:
    """Run the task with the arguments of this process, print its result, exit."""
    module = AnsibleModule(supports_check_mode=True, **specification(task))
    arguments = dict(module.params)
    if task.veiled:
        from .veiled import uncover

        # They are logged already, as no_log has it.
        module.no_log_values, module.params = uncover(task.veiled, module.params, module.no_log_values)
    opened = []

    def engine() -> Engine:
        opened.append(open_engine(arguments, os.environ, read_only=module.check_mode))
        return opened[0]

    try:
        result = run_task(task, arguments, engine, module.check_mode, module._diff)
    finally:
        for one in opened:
            one.close()
    for warning in result.pop("warnings", ()):
        # From ansible-core 2.19 on, exit_json leaves secrets in warnings.
        module.warn(remove_values(warning, module.no_log_values))
    if result.pop("failed", False):
        module.fail_json(**result)
    module.exit_json(**result)
