# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Docker's notations, each under the name of its case file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from ansible_collections.longshore.docker.plugins.module_utils.values.addresses import canonical_ip, canonical_mac
from ansible_collections.longshore.docker.plugins.module_utils.values.capabilities import canonical_capability
from ansible_collections.longshore.docker.plugins.module_utils.values.devices import parse_device
from ansible_collections.longshore.docker.plugins.module_utils.values.durations import parse_duration
from ansible_collections.longshore.docker.plugins.module_utils.values.env_file import parse_env_file
from ansible_collections.longshore.docker.plugins.module_utils.values.healthchecks import parse_healthcheck
from ansible_collections.longshore.docker.plugins.module_utils.values.images import parse_image
from ansible_collections.longshore.docker.plugins.module_utils.values.mounts import parse_tmpfs, parse_volume
from ansible_collections.longshore.docker.plugins.module_utils.values.platforms import parse_platform
from ansible_collections.longshore.docker.plugins.module_utils.values.ports import parse_exposed, parse_published
from ansible_collections.longshore.docker.plugins.module_utils.values.sizes import parse_size
from ansible_collections.longshore.docker.plugins.module_utils.values.subnets import canonical_subnet
from ansible_collections.longshore.docker.plugins.module_utils.values.ulimits import parse_ulimit
from ansible_collections.longshore.docker.plugins.module_utils.values.words import split_words

CASES = Path(__file__).parent / "cases"

NOTATIONS: dict[str, Callable[[Any], Any]] = {
    "capabilities": canonical_capability,
    "devices": parse_device,
    "durations": parse_duration,
    "env_files": parse_env_file,
    "exposed_ports": parse_exposed,
    "healthchecks": parse_healthcheck,
    "images": parse_image,
    "ip_addresses": canonical_ip,
    "mac_addresses": canonical_mac,
    "platforms": parse_platform,
    "ports": parse_published,
    "sizes": parse_size,
    "sizes_or_unlimited": lambda value: parse_size(value, allow_unlimited=True),
    "subnets": canonical_subnet,
    "tmpfs": parse_tmpfs,
    "ulimits": parse_ulimit,
    "volumes": parse_volume,
    "words": split_words,
}

# These take all of an option's elements at once, or its suboptions.
OF_LISTS = ("exposed_ports", "ports", "tmpfs")
OF_DICTS = ("healthchecks",)


def cases(notation: str) -> dict[str, list[Any]]:
    """What stands in the notation's file: `canonical` and `refused` are pairs, `same` holds lists of spellings."""
    loaded = yaml.safe_load((CASES / (notation + ".yml")).read_text(encoding="utf-8"))
    assert set(loaded) <= {"canonical", "same", "refused"}, notation
    return {key: loaded.get(key) or [] for key in ("canonical", "same", "refused")}


def every(part: str) -> list[tuple[str, Any]]:
    """(notation, entry) for each entry of that part of each file."""
    return [(notation, entry) for notation in sorted(NOTATIONS) for entry in cases(notation)[part]]


def plain(value: Any) -> Any:
    """As YAML has it: no tuples."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value
