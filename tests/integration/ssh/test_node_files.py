# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that only the managed node has: what reads or writes them runs there, the rest goes through ssh."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.modules.volume import TASK as VOLUME
from ansible_collections.longshore.docker.tests.engines.registry import Registry
from ansible_collections.longshore.docker.tests.engines.sshd import Kind, Node
from ansible_collections.longshore.docker.tests.integration.container.prepared import new_image
from ansible_collections.longshore.docker.tests.integration.container.service import USUAL, run
from ansible_collections.longshore.docker.tests.integration.hosts.playbooks import Playbooks
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX
from ansible_collections.longshore.docker.tests.integration.scenarios.over_ssh import place
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import places
from ansible_collections.longshore.docker.tests.integration.ssh.tasks import WAYS, left_behind

# No folder of this machine: only the node has it.
HERE = "/tmp/ls-of-the-node"
NAME = "ls-node-files"
Tasks = list[dict[str, Any]]


def ours(module: str, **options: Any) -> dict[str, Any]:
    return {PREFIX + module: options}


def on_node(words: str) -> dict[str, Any]:
    return {"ansible.builtin.raw": words}


@pytest.fixture(params=list(WAYS))
def node(request: pytest.FixtureRequest, nodes: Callable[[Kind], Node], playbooks: Playbooks) -> Node:
    made = nodes(replace(WAYS[request.param], python=True))
    playbooks.hostvars = made.variables
    return made


@pytest.fixture(autouse=True)
def _cleaned(engine_socket: str, busybox_image: str) -> Iterator[None]:
    yield
    run(engine_socket, {"name": NAME, "state": "absent", "force_kill": True})
    run(engine_socket, {"volume_name": NAME, "state": "absent"}, task=VOLUME)


def play(playbooks: Playbooks, node: Node, tasks: Tasks) -> list[dict[str, Any]]:
    """The results; each task has succeeded, and has run where it has to."""
    made = playbooks.run(tasks, "auto", ("-vvv",))
    assert [one.get("msg") for one in made.results if one["failed"]] == [], made.output[-6000:]
    assert places(made.output) == [place(task) for task in tasks]
    assert left_behind(node) == ""
    return made.results


def test_contexts_archives_and_copies(node: Node, playbooks: Playbooks) -> None:
    context, archive = HERE + "/context", HERE + "/image.tar"
    words = f"rm -rf {HERE}; mkdir -p {context}; cd {context}; echo of the node > text; "
    words += r"printf 'FROM longshore/busybox:1\nCOPY text /text\n' > Dockerfile"
    made = play(
        playbooks,
        node,
        [
            on_node(words),
            ours("image_build", name=NAME, path=context),
            ours("image_export", name=NAME, path=archive),
            ours("image_remove", name=NAME),
            ours("image_load", path=archive),
            ours("container", name=NAME, **{**USUAL, "image": NAME}),
            ours("exec", container=NAME, argv=["cat", "/text"]),
            ours("container_copy_into", container=NAME, path=context + "/text", container_path="/copied"),
            ours("container_fetch", container=NAME, container_path="/copied", dest=HERE + "/fetched"),
            on_node(f"cat {HERE}/fetched"),
            ours("container_export", name=NAME, path=HERE + "/exported.tar"),
            ours("image_import", name=NAME + ":imported", path=HERE + "/exported.tar"),
            ours("volume", name=NAME, populate=context),
            ours("volume", name=NAME, backup=HERE + "/backup.tar"),
            on_node(f"tar -xOf {HERE}/backup.tar ./text; rm -r {HERE}"),
            ours("container", name=NAME, state="absent", force_kill=True),
            ours("image_remove", name=NAME + ":imported"),
            ours("image_remove", name=NAME),
        ],
    )
    assert all(one["changed"] for one in made)
    assert [made[number]["stdout"].strip() for number in (6, 9, 14)] == ["of the node"] * 3
    assert not Path(HERE).exists()


def test_logins(node: Node, playbooks: Playbooks, login_registry: Registry, engine_socket: str) -> None:
    """The login is kept on the node, and what goes through ssh finds it there."""
    new, image = new_image(engine_socket, NAME + ":new"), "%s/%s:1" % (login_registry.address, NAME)
    account = {"username": login_registry.user, "password": login_registry.password}
    made = play(
        playbooks,
        node,
        [
            ours("login", registry_url=login_registry.address, **account),
            on_node("stat -c %a ~/.docker/config.json"),
            ours("image_tag", name=new, repository=[image]),
            ours("image_push", name=image),
            ours("image_remove", name=image),
            ours("image_remove", name=new),
            ours("image_pull", name=image),
            ours("image_pull", name=image),
            ours("image_remove", name=image),
            ours("login", registry_url=login_registry.address, state="absent"),
            {**ours("image_pull", name=image), "register": "without", "failed_when": False},
        ],
    )
    assert made[1]["stdout"].strip() == "600"
    assert [one["changed"] for one in made[2:]] == [True, True, True, True, True, False, True, True, False]
    assert "without credentials" in made[-1]["msg"], made[-1]
