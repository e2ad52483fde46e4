# SPDX-License-Identifier: GPL-3.0-or-later
"""One Engine, looked at by many tasks at once: what they all look at is asked for once."""

from __future__ import annotations

import threading
from typing import Any, Dict, Generator, Mapping, Optional, Tuple

from ...engine.call import Call
from ...engine.client import Engine

_Key = Tuple[str, str]
# The Engine answers when a container has ended.
_PATIENT = ("/stop", "/restart", "/wait")


class SharedEngine:
    """Looks and does as the Engine behind it; images are inspected once, and each is pulled once.

    At most `at_once` requests are made at the same time, besides those that mostly wait: to stop, to wait, to pull.
    `foretell` puts in place of an object what it will be when the plans of a check mode run have been carried out.
    Threads may share it.
    """

    def __init__(self, engine: Engine, at_once: int) -> None:
        self._engine = engine
        self._gate = threading.Semaphore(at_once)
        self._lock = threading.Lock()
        self._locks: Dict[_Key, threading.Lock] = {}
        self._seen: Dict[_Key, Any] = {}
        self._pulled: Dict[_Key, bool] = {}
        self._foretold: Dict[str, Dict[str, Any]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def foretell(self, path: str, document: Mapping[str, Any]) -> None:
        """From now on the object at this path looks like this."""
        self._foretold[path] = dict(document)

    def inspect(self, call: Call) -> Optional[Dict[str, Any]]:
        """As Engine.inspect."""
        if call.path in self._foretold:
            return dict(self._foretold[call.path])
        if not call.path.startswith("/images/"):
            with self._gate:
                return self._engine.inspect(call)
        key = (call.path, repr(sorted(call.query.items())))
        with self._lock_of(key):
            if key not in self._seen:
                with self._gate:
                    found = self._engine.inspect(call)
                with self._lock:
                    self._seen[key] = found
            seen: Optional[Dict[str, Any]] = self._seen[key]
            return seen

    def get(self, call: Call) -> Any:
        """As Engine.get."""
        with self._gate:
            return self._engine.get(call)

    def send(self, call: Call, timeout: Optional[float] = None) -> Any:
        """As Engine.send."""
        if call.path.endswith(_PATIENT):
            return self._engine.send(call, timeout)
        with self._gate:
            return self._engine.send(call, timeout)

    def stream(self, call: Call, *arguments: Any, **more: Any) -> Generator[Dict[str, Any], None, None]:
        """As Engine.stream. A pull that this task has made already is not made again."""
        if call.method != "POST" or call.path != "/images/create":
            yield from self._engine.stream(call, *arguments, **more)
            return
        key = (call.path, repr(sorted(call.query.items())))
        with self._lock_of(key):
            if key in self._pulled:
                return
            yield from self._engine.stream(call, *arguments, **more)
            with self._lock:
                self._pulled[key] = True
                self._seen.clear()

    def _lock_of(self, key: _Key) -> threading.Lock:
        with self._lock:
            return self._locks.setdefault(key, threading.Lock())
