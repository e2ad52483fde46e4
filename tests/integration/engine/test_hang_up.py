# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reader that waits for what never comes can be ended by another thread."""

from __future__ import annotations

import threading

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import system
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ConnectionFailed
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine

PATIENCE = 60


def test_hang_up(engine_socket: str) -> None:
    with open_engine({"docker_host": "unix://" + engine_socket}, {}) as engine:
        body = engine.chunks(system.events(filters={"container": ["ls-nobody"]}))
        ended = threading.Event()

        def read() -> None:
            try:
                for _piece in body:
                    pass
            except ConnectionFailed:
                pass
            ended.set()

        threading.Thread(target=read, daemon=True).start()
        body.hang_up()
        assert ended.wait(PATIENCE)
        body.hang_up()
        assert engine.send(system.version())["ApiVersion"]
