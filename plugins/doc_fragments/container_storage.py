# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the rows in module_utils/resource/container/storage.py."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  volumes:
    description:
      - Volumes and folders of the host that the container sees.
      - V(data:/var/lib/data) is a volume by its name, V(/srv/site:/usr/share/site:ro) a folder or file of the Engine's
        host, V(/cache) a volume without a name. A third part holds V(ro), V(z), V(Z), V(nocopy), V(rslave) and the
        like, separated by commas.
      - A leading V(~), V(~user) or V(.) is spelled out where the task runs.
      - A bind mount that C(docker run --mount) or compose made is as good as one by O(volumes), where the task has no
        O(mounts), and the image's own volumes are no difference.
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: str
  mounts:
    description:
      - The same as O(volumes), and more, one property at a time.
      - What C(docker run --volume) made is as good as one by O(mounts), where the task has no O(volumes). A mount point
        may be named once, here or there.
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: dict
    suboptions:
      target:
        description:
          - The path in the container.
        type: str
        required: true
      source:
        description:
          - The volume's name, the path on the Engine's host, or the image. Left out for V(tmpfs) and for a volume
            without a name.
          - A leading V(~) or V(.) of a V(bind) is spelled out where the task runs.
        type: str
      type:
        description:
          - What is mounted. V(image) needs API 1.48, V(cluster) API 1.42 and a swarm, V(npipe) Windows.
        type: str
        choices: [bind, npipe, tmpfs, volume, cluster, image]
        default: volume
      read_only:
        description:
          - Whether the container cannot write to it.
        type: bool
      read_only_non_recursive:
        description:
          - Whether what is mounted below a read-only V(bind) stays writable. Needs API 1.44.
        type: bool
      read_only_force_recursive:
        description:
          - Whether to fail where what is mounted below a read-only V(bind) cannot be made read-only. Needs API 1.44.
        type: bool
      consistency:
        description:
          - How far host and container may differ for a while. Docker Desktop for macOS has looked at it.
        type: str
        choices: [default, consistent, cached, delegated]
      propagation:
        description:
          - Whether what is mounted later below a V(bind) is seen on the other side.
        type: str
        choices: [private, rprivate, shared, rshared, slave, rslave]
      create_mountpoint:
        description:
          - Whether the Engine makes the source of a V(bind) that is not there. Needs API 1.42.
        type: bool
      non_recursive:
        description:
          - Whether what is mounted below the source of a V(bind) is left out.
        type: bool
      no_copy:
        description:
          - Whether a new V(volume) stays empty instead of being filled with what the image has at this place.
        type: bool
      labels:
        description:
          - Labels of a V(volume) that is made.
        type: dict
      volume_driver:
        description:
          - The driver of a V(volume) that is made, such as V(local).
        type: str
      volume_options:
        description:
          - >-
            Options of that driver, such as V({type: nfs, device: ":/export", o: addr=192.0.2.5}).
        type: dict
      subpath:
        description:
          - A folder in the V(volume) or V(image) to mount instead of all of it. Needs API 1.45.
        type: str
      tmpfs_size:
        description:
          - The size of a V(tmpfs), such as V(64m).
        type: str
      tmpfs_mode:
        description:
          - The permissions of a V(tmpfs), an octal number such as V("1777").
        type: str
      tmpfs_options:
        description:
          - >-
            Other options of a V(tmpfs), such as V([{uid: 1000}, {noexec: null}]). Needs API 1.46.
        type: list
        elements: dict
  tmpfs:
    description:
      - Paths in the container that are held in memory, with or without options, such as V(/run) or
        V(/run:size=64k,mode=755).
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: str
  volume_driver:
    description:
      - The driver of the volumes in O(volumes) that do not exist yet, such as V(local).
      - Compared by V(strict); a change replaces the container.
    type: str
  volumes_from:
    description:
      - Containers whose volumes this one shares, such as V(data) or V(data:ro).
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: str
"""
