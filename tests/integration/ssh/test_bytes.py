# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Much in both directions, and much at once, arrives as it was sent, in both ways through ssh."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.tests.engines.sshd import Node
from ansible_collections.longshore.docker.tests.integration.container.service import OLD, USUAL, Service
from ansible_collections.longshore.docker.tests.integration.hosts.playbooks import Playbooks, Run
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import PREFIX
from ansible_collections.longshore.docker.tests.integration.ssh.tasks import left_behind

NAME = "ls-bytes"
SIZE = 10_000_000


@pytest.fixture(autouse=True)
def service(engine_socket: str, busybox_image: str) -> Iterator[Service]:
    made = Service(engine_socket, NAME)
    made.begin(OLD)
    yield made
    made.close()


def succeeds(run: Run) -> list[dict[str, Any]]:
    assert [one.get("msg") for one in run.results if one["failed"]] == [], run.output[-4000:]
    return run.results


def test_what_a_command_says_and_is_told(node: Node, playbooks: Playbooks) -> None:
    """The connection is no longer HTTP's then, and either side may end its direction first."""
    (playbooks.folder / "text").write_text("0123456789abcdef" * (SIZE // 16))
    script = "head -c %d /dev/zero | tr '\\0' o & head -c %d /dev/zero | tr '\\0' e >&2; wait; exit 3" % (SIZE, SIZE)
    told = {"stdin": "{{ lookup('ansible.builtin.file', 'text', rstrip=False) }}", "stdin_add_newline": False}
    both, alone, cut = playbooks.run(
        [
            {PREFIX + "exec": {"container": NAME, "argv": ["sh", "-c", script]}},
            {PREFIX + "exec": {"container": NAME, "argv": ["sha256sum"], **told}},
            {PREFIX + "exec": {"container": NAME, "argv": ["sleep", "1000"], "command_timeout": 0.2}},
        ],
        "auto",
    ).results
    assert (both["rc"], both["stdout"] == "o" * SIZE, both["stderr"] == "e" * SIZE) == (3, True, True), both.get("msg")
    assert hashlib.sha256((playbooks.folder / "text").read_bytes()).hexdigest() in alone["stdout"]
    assert "has been ended" in cut["msg"]
    assert left_behind(node) == ""


def test_what_a_command_says_that_does_not_listen(node: Node, playbooks: Playbooks) -> None:
    """It ends in the middle of what it is told, and nothing of what it has said is lost."""
    (playbooks.folder / "text").write_text("0123456789abcdef" * (SIZE // 32))
    told = {"stdin": "{{ lookup('ansible.builtin.file', 'text', rstrip=False) }}", "stdin_add_newline": False}
    scripts = ("head -c 3", "head -c 3000000 /dev/zero | tr '\\0' o; exit 3", "sleep 0.2; echo late", "exit 0")
    tasks = [{PREFIX + "exec": {"container": NAME, "argv": ["sh", "-c", one], **told}} for one in scripts * 2]
    results = playbooks.run(tasks, "auto").results
    expected = [(0, "012"), (3, "o" * 3000000), (0, "late"), (0, "")] * 2
    said = [(one.get("rc"), one.get("stdout")) for one in results]
    assert said == expected, [(rc, len(text or "")) for rc, text in said]
    assert left_behind(node) == ""


def test_files_of_the_controller(node: Node, playbooks: Playbooks) -> None:
    """There and back, a file and a tree."""
    sent, back = playbooks.folder / "sent", playbooks.folder / "back"
    (sent / "deep").mkdir(parents=True)
    (sent / "large").write_bytes(hashlib.sha256(b"seed").digest() * (SIZE // 32))
    for number in range(200):
        (sent / "deep" / str(number)).write_text(str(number))
    into = {PREFIX + "container_copy_into": {"container": NAME, "path": str(sent), "container_path": "/sent"}}
    out = {PREFIX + "container_fetch": {"container": NAME, "container_path": "/sent", "dest": str(back)}}
    for task in (into, out):
        next(iter(task.values()))["files_on"] = "controller"
    results = succeeds(playbooks.run([into, into, out, out], "auto"))
    assert [one["changed"] for one in results] == [True, False, True, False]
    assert _content(back) == _content(sent)
    assert left_behind(node) == ""


def _content(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_many_containers_at_once(node: Node, playbooks: Playbooks) -> None:
    """More at once than sshd has sessions for one connection."""
    names = ["%s-%d" % (NAME, number) for number in range(16)]
    spec = {"parallelism": 8, "defaults": {**USUAL, "force_kill": True}, "containers": [{"name": one} for one in names]}
    gone = {**spec, "defaults": {"state": "absent", "force_kill": True}}
    made, again, removed = succeeds(
        playbooks.run([{PREFIX + "containers": one} for one in (spec, spec, gone)], "auto", ("--diff",))
    )
    assert [made["changed"], again["changed"], removed["changed"]] == [True, False, True], again["diff"]
    assert len([one for one in made["containers"] if one["container"]["State"]["Running"]]) == len(names)
    assert left_behind(node) == ""
