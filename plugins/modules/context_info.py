#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: context_info
short_description: Look at the contexts of the docker command line tool
version_added: 0.1.0
description:
  - Returns the contexts that the user who runs the task has, with the options by which this collection's modules reach
    their Engines.
  - No Engine is asked. The contexts are looked for on the managed node, below E(DOCKER_CONFIG), else below
    C(~/.docker).
author:
  - The Longshore authors (@longshore)
options:
  only_current:
    description:
      - Whether to return the current context alone.
    type: bool
    default: false
  name:
    description:
      - The name of the context to return. Without it all are returned.
    type: str
  cli_context:
    description:
      - The context that counts as the current one. Without it, the current one is V(default) where E(DOCKER_HOST) is
        set, else that in E(DOCKER_CONTEXT), else the one that C(docker context use) has chosen, else V(default).
    type: str
attributes:
  check_mode:
    description: Can run without changing anything, and says what would change.
    support: full
  diff_mode:
    description: Says what is and what will be, in the same words in check mode and in real runs.
    support: full
seealso:
  - module: longshore.docker.host_info
"""

EXAMPLES = r"""
- name: Look at the current context
  longshore.docker.context_info:
    only_current: true
  register: docker

- name: Look at all contexts
  longshore.docker.context_info:
    only_current: false
"""

RETURN = r"""
contexts:
  description: The contexts, by name.
  returned: success
  type: list
  elements: dict
  contains:
    name:
      description: Its name.
      returned: always
      type: str
      sample: production
    current:
      description: Whether it is the current one.
      returned: always
      type: bool
      sample: true
    description:
      description: What its maker says about it.
      returned: always
      type: str
      sample: The hosts in Berlin
    meta_path:
      description: The directory with its description; V(null) for the context V(default).
      returned: always
      type: str
      sample: /home/deploy/.docker/contexts/meta/0f3a...
    tls_path:
      description: The directory with its certificates; V(null) for the context V(default).
      returned: always
      type: str
      sample: /home/deploy/.docker/contexts/tls/0f3a...
    config:
      description: Connection options of the modules in this collection. It is empty for a context that says nothing of
        Docker.
      returned: always
      type: dict
      contains:
        docker_host:
          description: Where the Engine listens.
          returned: where the context says something of Docker
          type: str
          sample: tcp://192.0.2.10:2376
        tls:
          description: Whether to speak TLS.
          returned: where the context says something of Docker
          type: bool
          sample: true
        validate_certs:
          description: Whether to verify the Engine's certificate.
          returned: with certificates
          type: bool
          sample: true
        ca_path:
          description: The certificates to verify with.
          returned: where there are any
          type: str
          sample: /home/deploy/.docker/contexts/tls/0f3a.../docker/ca.pem
        client_cert:
          description: The client's certificate.
          returned: where there is one
          type: str
          sample: /home/deploy/.docker/contexts/tls/0f3a.../docker/cert.pem
        client_key:
          description: Its key.
          returned: where there is one
          type: str
          sample: /home/deploy/.docker/contexts/tls/0f3a.../docker/key.pem
current_context_name:
  description: The name of the current context.
  returned: success
  type: str
  sample: production
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.node.cli_contexts import (
    ARGUMENT_SPEC,
    CONSTRAINTS,
    NAME,
    WHY_THERE,
    look,
)
from ansible_collections.longshore.docker.plugins.module_utils.task.reading import reading_files
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = reading_files(NAME, ARGUMENT_SPEC, look, WHY_THERE, CONSTRAINTS)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
