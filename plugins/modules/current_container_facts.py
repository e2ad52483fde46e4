#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: current_container_facts
short_description: Say whether the managed node is a container
version_added: 0.1.0
description:
  - Sets facts about the container that the managed node is, where it is one of Docker or Podman, or of the jobs of
    Azure Pipelines or GitHub Actions.
  - No Engine is asked.
author:
  - The Longshore authors (@longshore)
options: {}
attributes:
  check_mode:
    description: Can run without changing anything, and says what would change.
    support: full
  diff_mode:
    description: Says what is and what will be, in the same words in check mode and in real runs.
    support: full
  facts:
    description: Sets facts of the host.
    support: full
seealso:
  - module: longshore.docker.context_info
"""

EXAMPLES = r"""
- name: Find out whether this is a container
  longshore.docker.current_container_facts: {}
"""

RETURN = r"""
ansible_facts:
  description: Facts about this machine.
  returned: always
  type: dict
  contains:
    ansible_module_running_in_container:
      description: Whether it is a container.
      returned: always
      type: bool
      sample: true
    ansible_module_container_id:
      description: The ID of the container; empty where it is none.
      returned: always
      type: str
      sample: 73d6...
    ansible_module_container_type:
      description: V(docker), V(podman), V(azure_pipelines) or V(github_actions); empty where it is none.
      returned: always
      type: str
      sample: docker
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.node.current_container import (
    NAME,
    WHY_THERE,
    look,
)
from ansible_collections.longshore.docker.plugins.module_utils.task.reading import reading_files
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = reading_files(NAME, {}, look, WHY_THERE)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
