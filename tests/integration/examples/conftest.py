# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the examples take for granted: images in a registry, two networks, files of the host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.engines.index import Index
from ansible_collections.longshore.docker.tests.engines.registry import Registry
from ansible_collections.longshore.docker.tests.integration.examples.plain import ask, containers, image_in_registry

NETWORKS = {"front": "10.76.0.0/24", "back": "10.77.0.0/24"}


@dataclass
class Stage:
    """Where examples run: `socket` is the Engine's, `image` stands for theirs, `folder` for /srv, `registry` and
    `index` for those of example.com."""

    socket: str
    image: str
    folder: Path
    registry: str
    index: str


@pytest.fixture(scope="session")
def index(engine_socket: str) -> Iterator[Index]:
    """A registry that can be searched."""
    made = Index(engine_socket, 5002)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def stage(engine_socket: str, registry: Registry, index: Index, tmp_path: Path) -> Iterator[Stage]:
    """All that, and afterwards nothing of it."""
    image = image_in_registry(engine_socket, registry.address)
    folder = tmp_path / "srv"
    (folder / "secrets").mkdir(parents=True)
    (folder / "secrets" / "db.env").write_text("POSTGRES_PASSWORD=example\n")
    there = containers(engine_socket)
    for name, subnet in NETWORKS.items():
        ask(engine_socket, "POST", "/networks/create", {"Name": name, "IPAM": {"Config": [{"Subnet": subnet}]}})
    try:
        yield Stage(engine_socket, image, folder, registry.address, index.address)
    finally:
        for one in containers(engine_socket) - there:
            ask(engine_socket, "DELETE", "/containers/%s" % one, force="true", v="true")
        for name in NETWORKS:
            ask(engine_socket, "DELETE", "/networks/%s" % name)
