# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An archive that the Engine breaks off, status 200, is no archive: the file of the last time stays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.modules import container_export, volume
from ansible_collections.longshore.docker.tests.engines.proxy import Exchange, Proxy, ended_early
from ansible_collections.longshore.docker.tests.integration.container.service import Service, run

NAME = "ls-cut-off"
TASKS: dict[str, tuple[Any, dict[str, Any]]] = {
    "container_export": (container_export.TASK, {"name": NAME, "path": "@FILE@"}),
    "volume": (volume.TASK, {"volume_name": NAME, "backup": "@FILE@"}),
}


def broken_off(exchange: Exchange) -> None:
    """Archives are; other answers pass."""
    if exchange.request.startswith("GET") and exchange.request.endswith(("/export", "/archive")):
        ended_early(exchange)
    else:
        exchange.reply(exchange.forward())


@pytest.fixture
def service(engine_socket: str, busybox_image: str, tmp_path: Path) -> Iterator[Service]:
    (tmp_path / "tree").mkdir()
    for number in range(20):
        (tmp_path / "tree" / str(number)).write_text("x" * 100)
    made = Service(engine_socket, NAME)
    filled = {"volume_name": NAME, "populate": str(tmp_path / "tree")}
    assert run(engine_socket, filled, task=volume.TASK)["changed"]
    assert not made.run({"image": busybox_image, "state": "present", "volumes": [NAME + ":/data"]}).get("failed")
    yield made
    made.remove()
    run(engine_socket, {"volume_name": NAME, "state": "absent"}, task=volume.TASK)


@pytest.mark.parametrize("module", list(TASKS))
def test_a_cut_archive_leaves_the_old_file(service: Service, tmp_path: Path, module: str) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    old = folder / "old"
    task, options = TASKS[module]
    given = {name: value.replace("@FILE@", str(old)) for name, value in options.items()}
    failed = 0
    with Proxy(service.socket) as proxy:
        for number in range(1, 9):
            old.write_text("old")
            proxy.strike(number, broken_off)
            result = run(proxy.socket, given, task=task)
            assert os.listdir(folder) == ["old"]
            if result.get("failed"):
                failed += 1
                assert "damaged or cut off" in result["msg"], result
                assert old.read_text() == "old"
    assert failed
