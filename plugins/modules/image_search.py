#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: image_search
short_description: Search a registry for images
version_added: 0.2.0
description:
  - Searches Docker Hub, or another registry that can be searched, through the Engine.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  term:
    description:
      - What to look for, such as V(nginx). Where it begins with a registry, as in V(registry.example.com/nginx), that
        one is searched; most registries besides Docker Hub cannot be.
    type: str
    required: true
  limit:
    description:
      - How many results to return at most, up to 100. Without it the Engine decides (25).
    type: int
  official:
    description:
      - V(true) returns only images that Docker Hub calls official, V(false) only others.
    type: bool
  stars:
    description:
      - Return only images with at least as many stars.
    type: int
attributes:
  idempotent:
    description: Changes nothing.
    support: full
seealso:
  - module: longshore.docker.image_info
"""

EXAMPLES = r"""
- name: What a registry offers
  longshore.docker.image_search:
    term: index.example.com/app
    official: true
    limit: 5
  register: found
"""

RETURN = r"""
images:
  description: What was found, as the registry tells it.
  returned: success
  type: list
  elements: dict
  sample:
    - name: nginx
      description: Official build of Nginx.
      star_count: 20000
      is_official: true
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.image import search
from ansible_collections.longshore.docker.plugins.module_utils.task.reading import reading
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = reading("image_search", search.ARGUMENT_SPEC, search.look, check=search.check)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
