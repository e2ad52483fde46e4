#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: login
short_description: Log in to a registry, or out
version_added: 0.2.0
description:
  - Has the registry verify a user name and a password, and keeps them as C(docker login) does, where the tasks of this
    collection and the C(docker) command line tool find them.
  - They are kept by the credential helper that C(credHelpers) or C(credsStore) in C(config.json) name. Where neither is
    there, and nobody is logged in anywhere, a helper that is installed and works is used, as the C(docker) command line
    tool does (C(docker-credential-pass), C(docker-credential-secretservice)), and becomes C(credsStore). Else they are
    kept in C(config.json), readable for its owner alone.
  - Other logins, and whatever else C(config.json) says, are kept. The file is replaced at once. One that is no JSON
    document is never overwritten.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
options:
  registry_url:
    description:
      - The registry, such as V(registry.example.com), V(localhost:5000) or V(https://registry.example.com).
    type: str
    default: https://index.docker.io/v1/
    aliases: [registry, url]
  username:
    description:
      - Who logs in. Needed with O(state=present).
    type: str
  password:
    description:
      - The password, or a token that the registry takes for one. Needed with O(state=present).
    type: str
  reauthorize:
    description:
      - Whether to have the registry verify, and to keep anew, what is kept already. That is a change each time.
    type: bool
    default: false
    aliases: [reauth]
  verify:
    description:
      - Whether the registry has to accept a login before it is kept. The Engine asks it, in check mode too. A login
        that is kept already is not verified again.
      - With V(false), neither the registry nor an Engine is needed.
    type: bool
    default: true
  config_path:
    description:
      - The C(config.json) of the managed node that is to be used. It is made where it is missing.
      - Where it is not given, C(config.json) in E(DOCKER_CONFIG) counts before the default.
    type: path
    default: ~/.docker/config.json
    aliases: [dockercfg_path]
  state:
    description:
      - V(present) logs in, V(absent) logs out. The registry is not asked for that.
    type: str
    default: present
    choices: [present, absent]
attributes:
  idempotent:
    description: A second run changes nothing.
    support: partial
    details:
      - O(reauthorize=true) acts each time.
notes:
  - The password is kept, and not a token that the registry may offer for it, which could not be compared in the next
    run.
  - A password that a helper keeps does not stay in C(config.json) besides.
"""

EXAMPLES = r"""
- name: Log in to a registry
  longshore.docker.login:
    registry_url: registry.example.com
    username: deploy
    password: "{{ registry_password }}"

- name: Keep a login for later, without asking the registry
  longshore.docker.login:
    registry_url: backup.example.com
    username: deploy
    password: "{{ registry_password }}"
    verify: false
    config_path: /srv/docker/config.json

- name: Log out
  longshore.docker.login:
    registry_url: registry.example.com
    state: absent
"""

RETURN = r"""
login_result:
  description:
    - Who is logged in where, and, where the registry was asked, what it said.
    - A token that it offers is not shown.
    - Empty for O(state=absent).
  returned: success
  type: dict
  sample:
    username: deploy
    serveraddress: registry.example.com
    Status: Login Succeeded
    IdentityToken: ""
kept_by:
  description: What keeps the login. A credential helper, or the path of C(config.json).
  returned: when O(state=present)
  type: str
  sample: docker-credential-pass
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.login.resource import LOGIN
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.options import config_fallback
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

_CONFIG_PATH = dict(LOGIN.argument_spec["config_path"], fallback=(config_fallback, []))
TASK = converging(LOGIN._replace(argument_spec=dict(LOGIN.argument_spec, config_path=_CONFIG_PATH)))


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
