# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every test may ask for. The servers start when the first test asks for them and end with the session.

LONGSHORE_TEST_SOCKET names the socket of an Engine to use instead of a private one, for quick rounds while developing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

import pytest

from ansible_collections.longshore.docker.tests.engines import engine, image, releases
from ansible_collections.longshore.docker.tests.engines.packages import ensure_packages
from ansible_collections.longshore.docker.tests.engines.registry import PASSWORD, Registry


@pytest.fixture(scope="session")
def engine_socket() -> Iterator[str]:
    """The path of a real Engine's socket."""
    ensure_packages(["busybox-static", "openssl"])
    given = os.environ.get("LONGSHORE_TEST_SOCKET")
    if given:
        yield given
        return
    private = releases.private_engine()
    try:
        yield private.socket
    finally:
        private.close()


@pytest.fixture(scope="session")
def in_engine_network(engine_socket: str) -> Callable[[Sequence[str]], list[str]]:
    """Makes a command line run where the Engine's published ports are."""
    return lambda command: engine.inside(engine_socket, command)


@pytest.fixture(scope="session")
def busybox_image(engine_socket: str) -> str:
    """longshore/busybox:1: a shell, sleep, httpd, wget, nc; it sleeps when given no command."""
    return image.import_busybox(engine_socket)


@pytest.fixture(scope="session")
def registry(engine_socket: str) -> Iterator[Registry]:
    """A registry that lets everybody in."""
    with Registry(engine_socket, 5000) as made:
        yield made


@pytest.fixture(scope="session")
def login_registry(engine_socket: str) -> Iterator[Registry]:
    """A registry that asks for a user and a password (htpasswd)."""
    with Registry(engine_socket, 5001, PASSWORD) as made:
        yield made
