# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the rows in module_utils/resource/container/isolation.py."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  privileged:
    description:
      - Whether the container may do nearly all that the host may.
      - Compared by V(strict); a change replaces the container.
    type: bool
  read_only:
    description:
      - Whether the container cannot write to its own file system. Volumes and O(tmpfs) stay writable.
      - Compared by V(strict); a change replaces the container.
    type: bool
  capabilities:
    description:
      - Capabilities that the container has besides the usual ones. V(NET_ADMIN), V(cap_net_admin) and V(CAP_NET_ADMIN)
        are one; V(ALL) is all of them.
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: str
  cap_drop:
    description:
      - Capabilities that the container does not have, in the same notations as O(capabilities).
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: str
  security_opts:
    description:
      - Settings of the host's security modules, such as V(no-new-privileges), V(apparmor=unconfined) or
        V(label=disable). A colon may stand for the first equals sign.
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: str
  masked_paths:
    description:
      - Paths in the container that nobody sees, instead of the Engine's own choice, such as V([/proc/kcore]). An empty
        list hides none.
      - Compared by V(strict); a change replaces the container.
    type: list
    elements: str
  readonly_paths:
    description:
      - Paths in the container that nobody writes, instead of the Engine's own choice, such as V([/proc/sys]). An empty
        list protects none.
      - Compared by V(strict); a change replaces the container.
    type: list
    elements: str
  sysctls:
    description:
      - >-
        Settings of the kernel, for this container alone, such as V({net.core.somaxconn: 1024}).
      - Compared by V(allow_more_present); a change replaces the container.
    type: dict
  cgroup_parent:
    description:
      - The control group under which the container's is made, such as V(/batch) or V(batch.slice).
      - Compared by V(strict); a change replaces the container.
    type: str
  cgroup:
    description:
      - Whose control group the container is in. Engines look at it in odd cases only; see O(cgroupns_mode).
      - Compared by V(strict); a change replaces the container.
    type: str
  cgroupns_mode:
    description:
      - Whether the container sees its own part of the control groups only.
      - Compared by V(strict); a change replaces the container.
    type: str
    choices: [private, host]
  ipc_mode:
    description:
      - With whom the container shares shared memory and semaphores, such as V(private), V(shareable), V(host), V(none)
        or V(container:db).
      - Compared by V(strict); a change replaces the container.
    type: str
  pid_mode:
    description:
      - Whose processes the container sees besides its own, V(host) or V(container:db).
      - Compared by V(strict); a change replaces the container.
    type: str
  userns_mode:
    description:
      - V(host) leaves the users of the container what they are where the Engine maps them to others.
      - Compared by V(strict); a change replaces the container.
    type: str
  uts:
    description:
      - V(host) gives the container the host's name.
      - Compared by V(strict); a change replaces the container.
    type: str
  isolation:
    description:
      - How containers are kept apart. Windows only.
      - Compared by V(strict); a change replaces the container.
    type: str
    choices: [default, process, hyperv]
  storage_opts:
    description:
      - >-
        Options of the storage driver for this container, such as V({size: 20G}), where the driver has such.
      - Compared by V(allow_more_present); a change replaces the container.
    type: dict
"""
