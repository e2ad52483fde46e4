# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the client is tried against: a real Engine by every way, and fake servers that misbehave."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.client import Engine
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.tests.engines.sshd import free_port
from ansible_collections.longshore.docker.tests.integration.engine.servers import (
    IMAGE,
    Containers,
    FakeEngine,
    Forwarder,
    TlsEngine,
    import_image,
    make_certificates,
)


@pytest.fixture
def engine(engine_socket: str) -> Iterator[Engine]:
    with open_engine({"docker_host": "unix://" + engine_socket}, {}) as opened:
        yield opened


@pytest.fixture(scope="session")
def image(engine_socket: str) -> str:
    with open_engine({"docker_host": "unix://" + engine_socket}, {}) as opened:
        import_image(opened)
    return IMAGE


@pytest.fixture
def containers(engine: Engine, image: str) -> Iterator[Containers]:
    made = Containers(engine)
    yield made
    made.close()


@pytest.fixture
def containers_made(containers: Containers) -> Containers:
    """The same, where `containers` is the name of the calls."""
    return containers


@pytest.fixture
def forwarder(engine_socket: str) -> Iterator[Forwarder]:
    made = Forwarder(engine_socket)
    yield made
    made.close()


@pytest.fixture
def fake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeEngine]:
    made = FakeEngine(tmp_path_factory.mktemp("f") / "s")
    yield made
    made.close()


@pytest.fixture(scope="session")
def tls_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsEngine]:
    folder = tmp_path_factory.mktemp("tls")
    make_certificates(folder)
    port = free_port()
    command: list[str | Path] = [
        "dockerd", "--data-root", folder / "data", "--exec-root", folder / "exec", "--pidfile", folder / "pid",
        "--bridge=none", "--iptables=false", "--ip6tables=false", "--config-file", folder / "daemon.json",
        "-H", "unix://%s/s" % folder, "-H", "tcp://127.0.0.1:%d" % port, "--tlsverify", "--tlscacert",
        folder / "ca.pem", "--tlscert", folder / "server-cert.pem", "--tlskey", folder / "server-key.pem",
    ]  # fmt: skip
    (folder / "daemon.json").write_text("{}")
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        made = TlsEngine(folder, port)
        for _attempt in range(300):
            if process.poll() is not None or "API listen on 127" in (folder / "log").read_text():
                break
            time.sleep(0.1)
        assert process.poll() is None, (folder / "log").read_text()[-2000:]
        with open_engine(made.options, {}) as opened:
            import_image(opened)
        yield made
    finally:
        process.terminate()
        process.wait(30)
