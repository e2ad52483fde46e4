# SPDX-License-Identifier: GPL-3.0-or-later
"""All rows of the container table, and the options that steer a run and describe no property."""

from __future__ import annotations

from typing import Any, Dict, List, Sequence

from .image import IMAGE
from .isolation import ISOLATION
from .limits import LIMITS
from .networking import NETWORKING
from .process import PROCESS
from .storage import STORAGE

FIELDS = IMAGE + PROCESS + NETWORKING + STORAGE + LIMITS + ISOLATION

ROWS = {field.name: field for field in FIELDS}

# Parameters: they say how to get there, not what should be.
PARAMETERS: Dict[str, Dict[str, Any]] = {
    "name": {"type": "str", "required": True},
    "state": {"type": "str", "default": "started", "choices": ["absent", "present", "healthy", "started", "stopped"]},
    "env_file": {"type": "path"},
    "comparisons": {"type": "dict"},
    "command_handling": {"type": "str", "default": "correct", "choices": ["compatibility", "correct"]},
    "container_default_behavior": {
        "type": "str",
        "default": "no_defaults",
        "choices": ["compatibility", "no_defaults"],
    },
    "default_host_ip": {"type": "str"},
    "networks_cli_compatible": {"type": "bool", "default": True},
    "image_comparison": {"type": "str", "default": "desired-image", "choices": ["desired-image", "current-image"]},
    "image_label_mismatch": {"type": "str", "default": "ignore", "choices": ["ignore", "fail"]},
    "image_name_mismatch": {"type": "str", "default": "recreate", "choices": ["recreate", "ignore"]},
    "pull": {"type": "raw", "default": "missing", "choices": ["never", "missing", "always", True, False]},
    "pull_check_mode_behavior": {
        "type": "str",
        "default": "image_not_present",
        "choices": ["image_not_present", "always"],
    },
    "recreate": {"type": "bool", "default": False},
    "restart": {"type": "bool", "default": False},
    "paused": {"type": "bool"},
    "detach": {"type": "bool"},
    "output_logs": {"type": "bool", "default": False},
    "cleanup": {"type": "bool", "default": False},
    "force_kill": {"type": "bool", "default": False, "aliases": ["forcekill"]},
    "kill_signal": {"type": "str"},
    "keep_volumes": {"type": "bool", "default": True},
    "healthy_wait_timeout": {"type": "float", "default": 300},
    "removal_wait_timeout": {"type": "float"},
}

CONSTRAINTS: Dict[str, List[Sequence[Any]]] = {
    "required_if": [("state", "present", ["image"])],
    "required_by": {"log_options": ["log_driver"], "restart_retries": ["restart_policy"]},  # type: ignore[dict-item]
}


def argument_spec() -> Dict[str, Dict[str, Any]]:
    """The module's own options: parameters and one for each row."""
    spec = dict(PARAMETERS)
    spec.update({field.name: field.spec for field in FIELDS})
    return spec
