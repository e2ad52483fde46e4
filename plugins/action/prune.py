# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a `prune` task runs, and how: as for every module (docs/where_tasks_run.md)."""

from __future__ import annotations

from ansible_collections.longshore.docker.plugins.action.container import ActionModule as SharedActionModule


class ActionModule(SharedActionModule):
    """Nothing of its own."""
