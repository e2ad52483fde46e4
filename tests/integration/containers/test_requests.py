# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often the Engine is asked about many containers that need nothing, and how long a task may take."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.modules.containers import TASK
from ansible_collections.longshore.docker.tests.engines.proxy import Proxy
from ansible_collections.longshore.docker.tests.integration.container.service import USUAL, run
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import playbooks_in

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


@pytest.mark.parametrize("run_on", ["controller", "target"])
def test_the_keyword_timeout_ends_it(engine_socket: str, busybox_image: str, tmp_path: Path, run_on: str) -> None:
    sick = {**USUAL, "state": "healthy", "healthy_wait_timeout": 200, "healthcheck": {"test": "false"}}
    wanted = {"defaults": sick, "project": "ls-late", "containers": [{"name": "ls-late-1"}, {"name": "ls-late-2"}]}
    begun = time.monotonic()
    try:
        done = playbooks_in(tmp_path, engine_socket).run([{PREFIX + "containers": wanted, "timeout": 5}], run_on)
        (result,) = done.results
        assert result["failed"] and "5 second" in str(result), done.output
        assert time.monotonic() - begun < 100
    finally:
        run(engine_socket, {"project": "ls-late", "purge": True, "containers": []}, task=TASK)
