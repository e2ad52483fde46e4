# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An Engine that threads share: what they see of images is never out of date, and they can be let go."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import containers, images
from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ConnectionFailed, StreamFailed
from ansible_collections.longshore.docker.plugins.module_utils.resource.containers.shared_engine import (
    Abandoned,
    SharedEngine,
)
from ansible_collections.longshore.docker.plugins.module_utils.task.converge_many import CONTAINERS

IMAGE, PULL = images.inspect("web:1"), Call("POST", "/images/create", {"fromImage": "web:1"})


class Endpoint:
    most_at_once = 6


class Script:
    """An Engine without an image, until it is pulled. `meanwhile` happens while it answers."""

    endpoint = Endpoint()

    def __init__(self) -> None:
        self.there: dict[str, Any] | None = None
        self.asked = 0
        self.meanwhile: Callable[[], object] = lambda: None

    def inspect(self, call: Call) -> Any:
        self.asked += 1
        found = self.there
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        return found

    def send(self, call: Call, timeout: float | None = None) -> Any:
        self.there = None if call.method == "DELETE" else self.there

    def stream(self, call: Call) -> Iterator[dict[str, Any]]:
        yield {}
        self.there = {"Id": "1"}


def shared_by(engine: Any) -> SharedEngine:
    return SharedEngine(engine, 6)


def pull(shared: SharedEngine) -> None:
    for _record in shared.stream(PULL):
        pass


def test_an_image_is_looked_at_once_and_pulled_once() -> None:
    script = Script()
    shared = shared_by(script)
    assert shared.inspect(IMAGE) is None and shared.inspect(IMAGE) is None and script.asked == 1
    pull(shared)
    script.stream = None  # type: ignore[method-assign,assignment]
    pull(shared)
    assert shared.inspect(IMAGE) == shared.inspect(IMAGE) == {"Id": "1"} and script.asked == 2


def test_what_was_asked_before_a_pull_does_not_count_after_it() -> None:
    script = Script()
    shared = shared_by(script)
    script.meanwhile = lambda: pull(shared)  # by another thread
    assert shared.inspect(IMAGE) is None
    assert shared.inspect(IMAGE) == {"Id": "1"}


def test_an_image_that_was_removed_is_looked_at_again() -> None:
    script = Script()
    script.there = {"Id": "1"}
    shared = shared_by(script)
    assert shared.inspect(IMAGE) == {"Id": "1"}
    shared.send(Call("DELETE", "/images/web:1"))
    assert shared.inspect(IMAGE) is None


def test_a_pull_that_failed_is_tried_again_by_the_next() -> None:
    script = Script()
    whole = script.stream

    def broken(call: Call) -> Iterator[dict[str, Any]]:
        yield {}
        raise StreamFailed("no such image")

    script.stream = broken  # type: ignore[method-assign]
    shared = shared_by(script)
    with pytest.raises(StreamFailed):
        pull(shared)
    script.stream = whole  # type: ignore[method-assign]
    pull(shared)
    assert shared.inspect(IMAGE) == {"Id": "1"}


class Silent(Script):
    """Does not answer until it is hung up."""

    api_version, timeout, calls = (1, 41), 60.0, 0

    def __init__(self) -> None:
        super().__init__()
        self.hung_up = threading.Event()

    def inspect(self, call: Call) -> Any:
        assert self.hung_up.wait(30)
        raise ConnectionFailed("it was closed")

    @property
    def _transport(self) -> Any:
        """Stands for the one whose connections are shut down."""
        self.hung_up.set()
        return None


@pytest.mark.parametrize("ask", [lambda shared: shared.send(containers.stop("web")), lambda shared: shared.timeout])
def test_after_it_was_abandoned_nothing_is_asked_any_more(ask: Callable[[SharedEngine], Any]) -> None:
    silent = Silent()
    shared = shared_by(silent)
    shared.abandon()
    with pytest.raises(Abandoned):
        shared.inspect(containers.inspect("web"))
    with pytest.raises(Abandoned):
        ask(shared)


class TimeIsOver(BaseException):
    """What Ansible raises in the main thread for a task's keyword `timeout`."""


def test_a_task_whose_time_is_over_ends() -> None:
    def ring(_number: int, _frame: object) -> None:
        raise TimeIsOver

    entries = [{"name": "web-%d" % number, "image": "web:1"} for number in range(20)]
    options: dict[str, Any] = {"containers": entries, "defaults": {}, "project": None, "purge": False, "parallelism": 6}
    silent: Any = Silent()
    before = signal.signal(signal.SIGALRM, ring)
    begun = time.monotonic()
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(TimeIsOver):
            CONTAINERS.run(options, silent, False)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - begun < 10
