# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection with one more module, for tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.integration.hosts.playbooks import Playbooks

COLLECTION = Path(__file__).resolve().parents[3]

_ROUTING = """\
requires_ansible: ">=2.17.0"
action_groups:
  docker: [probe]
plugin_routing:
  action:
    docker_probe: {redirect: longshore.docker.probe}
  modules:
    docker_probe: {redirect: longshore.docker.probe}
"""


# What each module but container has under plugins/action.
_ACTION = "from ansible_collections.longshore.docker.plugins.action.container import ActionModule  # noqa: F401\n"


@pytest.fixture
def playbooks(tmp_path: Path, engine_socket: str) -> Playbooks:
    """A copy of the collection, in links, with the probe module and its routing in addition."""
    root = tmp_path / "ansible_collections" / "longshore" / "docker"
    (root / "plugins" / "modules").mkdir(parents=True)
    (root / "meta").mkdir()
    (root / "meta" / "runtime.yml").write_text(_ROUTING)
    for part in ("plugin_utils", "module_utils"):
        (root / "plugins" / part).symlink_to(COLLECTION / "plugins" / part)
    for part in ("action", "modules"):
        (root / "plugins" / part).mkdir(exist_ok=True)
        for file in (COLLECTION / "plugins" / part).glob("*.py"):
            (root / "plugins" / part / file.name).symlink_to(file)
    (root / "plugins" / "action" / "probe.py").write_text(_ACTION)
    (root / "plugins" / "modules" / "probe.py").symlink_to(Path(__file__).parent / "probe.py")
    return Playbooks(tmp_path, engine_socket)
