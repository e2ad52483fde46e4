# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often the Engine is asked about many containers that need nothing."""

from __future__ import annotations

from typing import Any

from ansible_collections.longshore.docker.plugins.modules.containers import TASK
from ansible_collections.longshore.docker.tests.engines.proxy import Proxy
from ansible_collections.longshore.docker.tests.integration.container.service import USUAL, run

COUNT = 12
# To agree upon a version, to list what the project has, and to look at the image that all of them are made from.
AT_MOST = 3
OPTIONS: dict[str, Any] = {
    "project": "ls-requests",
    "purge": True,
    "defaults": USUAL,
    "containers": [{"name": "ls-requests-%d" % number} for number in range(COUNT)],
}


def test_one_for_each_container_and_three(engine_socket: str, busybox_image: str) -> None:
    made = run(engine_socket, OPTIONS, task=TASK)
    proxy = Proxy(engine_socket)
    try:
        again = run(proxy.socket, OPTIONS, task=TASK)
        sent = list(proxy.requests)
    finally:
        proxy.close()
        run(engine_socket, {**OPTIONS, "containers": []}, task=TASK)
    assert made["changed"] and not again["changed"], (made.get("msg"), again.get("msg"))
    assert len(sent) <= COUNT + AT_MOST, sent
