# SPDX-License-Identifier: GPL-3.0-or-later
"""One Engine, looked at by many tasks at once: what they all look at is asked for once."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import Any, Dict, Generator, Iterator, Mapping, Optional, Tuple

from ...engine.call import Call
from ...engine.client import Engine

_Key = Tuple[str, str]
# The Engine answers when a container has ended.
_PATIENT = ("/stop", "/restart", "/wait")
_IMAGES = "/images/"


class Abandoned(BaseException):
    """Nobody waits for this any more. Not an error of the Engine: nothing is taken back, and nothing tried again."""


class SharedEngine:
    """Looks and does as the Engine behind it; images are inspected once, and each is pulled once.

    At most `at_once` requests are made at the same time, besides those that mostly wait: to stop, to wait, to pull.
    `foretell` puts in place of an object what it will be when the plans of a check mode run have been carried out.
    Threads may share it. After `abandon` each of them ends by Abandoned, at its next request at the latest.
    """

    def __init__(self, engine: Engine, at_once: int) -> None:
        self._engine = engine
        self._gate = threading.Semaphore(at_once)
        self._lock = threading.Lock()
        self._locks: Dict[_Key, threading.Lock] = {}
        self._seen: Dict[_Key, Any] = {}
        self._changes = 0  # of images: what was asked for before one may be out of date when it is answered
        self._pulled: Dict[_Key, bool] = {}
        self._foretold: Dict[str, Dict[str, Any]] = {}
        self._abandoned = False

    def __getattr__(self, name: str) -> Any:
        if self._abandoned:
            raise Abandoned
        return getattr(self._engine, name)

    def abandon(self) -> None:
        """Let all threads end. What they have asked of the Engine, it may still do."""
        self._abandoned = True

    def foretell(self, path: str, document: Mapping[str, Any]) -> None:
        """From now on the object at this path looks like this."""
        self._foretold[path] = dict(document)

    def inspect(self, call: Call) -> Optional[Dict[str, Any]]:
        """As Engine.inspect."""
        if call.path in self._foretold:
            return dict(self._foretold[call.path])
        if not call.path.startswith(_IMAGES):
            with self._turn():
                return self._engine.inspect(call)
        key = (call.path, repr(sorted(call.query.items())))
        with self._lock_of(key):
            with self._lock:
                changes = self._changes
                if key in self._seen:
                    seen: Optional[Dict[str, Any]] = self._seen[key]
                    return seen
            with self._turn():
                found = self._engine.inspect(call)
            with self._lock:
                if changes == self._changes:
                    self._seen[key] = found
            return found

    def get(self, call: Call) -> Any:
        """As Engine.get."""
        with self._turn():
            return self._engine.get(call)

    def send(self, call: Call, timeout: Optional[float] = None) -> Any:
        """As Engine.send."""
        if call.path.endswith(_PATIENT):
            self._go_on()
            return self._engine.send(call, timeout)
        try:
            with self._turn():
                return self._engine.send(call, timeout)
        finally:
            if call.method != "GET" and call.path.startswith(_IMAGES):
                self._forget()

    def stream(self, call: Call, *arguments: Any, **more: Any) -> Generator[Dict[str, Any], None, None]:
        """As Engine.stream. A pull that this task has made already is not made again."""
        self._go_on()
        if call.method != "POST" or call.path != "/images/create":
            yield from self._engine.stream(call, *arguments, **more)
            return
        key = (call.path, repr(sorted(call.query.items())))
        with self._lock_of(key):
            if key in self._pulled:
                return
            try:
                yield from self._engine.stream(call, *arguments, **more)
            finally:
                self._forget()
            self._pulled[key] = True

    def _forget(self) -> None:
        """What has been seen of images."""
        with self._lock:
            self._changes += 1
            self._seen.clear()

    def _go_on(self) -> None:
        if self._abandoned:
            raise Abandoned

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One of the requests that are made at the same time."""
        with self._gate:
            self._go_on()
            yield

    def _lock_of(self, key: _Key) -> threading.Lock:
        with self._lock:
            return self._locks.setdefault(key, threading.Lock())
