# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Much output: nothing of it is lost, and it keeps nobody from ending a command."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import containers
from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.plugins.module_utils.task.result import run_task
from ansible_collections.longshore.docker.plugins.modules.exec import TASK

NAME = "ls-talkative"
Run = Callable[..., dict[str, Any]]


@pytest.fixture
def run(engine_socket: str, busybox_image: str) -> Iterator[Run]:
    """Runs exec tasks in a container of their own."""
    defaults = {name: row.get("default") for name, row in TASK.argument_spec.items()}
    with open_engine({"docker_host": "unix://" + engine_socket}, {}) as engine:
        engine.send(containers.create(NAME, {"Image": busybox_image}))
        try:
            engine.send(containers.start(NAME))
            yield lambda **options: run_task(
                TASK, {**defaults, "container": NAME, **options}, lambda: engine, False, False
            )
        finally:
            engine.send(containers.remove(NAME, force=True))


def test_ten_megabytes_on_each_stream(run: Run) -> None:
    script = "yes out | head -c 10000000 & yes err | head -c 10000000 >&2; wait"
    result = run(argv=["sh", "-c", script], strip_empty_ends=False)
    assert (result["rc"], result["stdout"], result["stderr"]) == (0, "out\n" * 2500000, "err\n" * 2500000)


def test_ten_megabytes_through_a_command(run: Run) -> None:
    text = "0123456789abcdef" * 650000
    result = run(command="cat", stdin=text, stdin_add_newline=False)
    assert result["stdout"] == text


def test_one_that_never_stops_talking_is_ended(run: Run) -> None:
    result = run(command="yes", command_timeout=0.1)
    assert result["msg"] == "The command took longer than 0.1 s (command_timeout), and has been ended"
    assert set(result["stdout_lines"][:-1]) == {"y"}
    assert result["rc"] == 143


def test_one_that_reads_nothing_is_ended(run: Run) -> None:
    result = run(command="sleep 1000", stdin="0123456789abcdef" * 650000, command_timeout=0.1)
    assert result["msg"].endswith("has been ended")


def test_one_that_closes_its_output_is_waited_for_and_ended(run: Run) -> None:
    assert run(argv=["sh", "-c", "exec > /dev/null 2>&1; sleep 1; exit 4"])["rc"] == 4
    result = run(argv=["sh", "-c", "echo out; exec > /dev/null 2>&1; sleep 1000"], command_timeout=0.5)
    assert result["msg"] == "The command took longer than 0.5 s (command_timeout), and has been ended"
    assert (result["stdout"], result["rc"]) == ("out", 143)


@pytest.mark.parametrize("end", [containers.stop(NAME, timeout=0), containers.remove(NAME, force=True)])
def test_one_whose_container_goes_has_not_succeeded(
    run: Run, engine_socket: str, busybox_image: str, end: Call
) -> None:
    with open_engine({"docker_host": "unix://" + engine_socket}, {}) as engine, ThreadPoolExecutor(1) as pool:
        running = pool.submit(run, argv=["sh", "-c", "echo out; sleep 1000"])
        time.sleep(1)
        engine.send(end)
        result = running.result()
        if end.method == "DELETE":
            engine.send(containers.create(NAME, {"Image": busybox_image}))
    assert result["failed"] and result["stdout"] == "out" and result.get("rc") != 0, result


def test_where_there_is_no_shell_it_is_said_that_the_command_goes_on(run: Run) -> None:
    run(command="rm /bin/sh")
    result = run(command="sleep 1000", command_timeout=0.1)
    assert "goes on in the container: it cannot be ended: OCI runtime exec failed" in result["msg"]
