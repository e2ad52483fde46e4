# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows: volumes, mounts, tmpfs.

The Engine has two places for one thing: HostConfig.Binds (what `docker run -v` writes) and HostConfig.Mounts (what
`--mount` and compose write). Either option is satisfied by either place, so that containers made by others are adopted.
"""

from __future__ import annotations

from ...state.compare import DICT, DICTS, SET
from ...state.field import Field
from .rows import TEXTS, late

# fmt: off
STORAGE = (
    Field("volumes", kind=SET, parse=late("volumes.volumes"), observe=late("volumes.observed"),
          same=late("volumes.same"), write=late("volumes.body"), default=late("volumes.default"),
          show=late("volumes.shown"), **TEXTS),
    Field("mounts", kind=DICTS, type="list", elements="dict", parse=late("mounts.mounts"),
          observe=late("mounts.observed"), same=late("mounts.same"), write=late("mounts.body"),
          needs=late("mounts.need"),
          options={"target": {"type": "str", "required": True},
                   "source": {"type": "str"},
                   "type": {"type": "str", "choices": ["bind", "npipe", "tmpfs", "volume", "cluster", "image"],
                            "default": "volume"},
                   "read_only": {"type": "bool"},
                   "read_only_non_recursive": {"type": "bool"},
                   "read_only_force_recursive": {"type": "bool"},
                   "consistency": {"type": "str", "choices": ["default", "consistent", "cached", "delegated"]},
                   "propagation": {"type": "str",
                                   "choices": ["private", "rprivate", "shared", "rshared", "slave", "rslave"]},
                   "create_mountpoint": {"type": "bool"},
                   "non_recursive": {"type": "bool"},
                   "no_copy": {"type": "bool"},
                   "labels": {"type": "dict"},
                   "volume_driver": {"type": "str"},
                   "volume_options": {"type": "dict"},
                   "subpath": {"type": "str"},
                   "tmpfs_size": {"type": "str"},
                   "tmpfs_mode": {"type": "str"},
                   "tmpfs_options": {"type": "list", "elements": "dict"}}),
    Field("tmpfs", "HostConfig.Tmpfs", kind=DICT, parse=late("volumes.tmpfs"), decode=lambda raw, _: dict(raw or {}),
          default=lambda _: {}, **TEXTS),
    Field("volume_driver", "HostConfig.VolumeDriver"),
    Field("volumes_from", "HostConfig.VolumesFrom", parse=late("volumes.without_rw"), decode=late("volumes.without_rw"),
          **TEXTS),
)
