# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of how a registry is asked: the credentials (resource/image/registry.py)."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  username:
    description:
      - The user as whom to ask the registry, with O(password), for this task alone.
      - Without it the credentials count that C(docker login), or the module M(longshore.docker.login), has left in the
        Docker configuration (C(config.json), and its credential helpers) of the user on the managed node. A registry
        that is not mentioned there is asked without credentials.
    type: str
  password:
    description:
      - The password, or the access token, of O(username).
    type: str
"""
