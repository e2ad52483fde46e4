# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting without asking again and again: the Engine's events, and the logs, are listened to by threads, which put what
they hear into one queue. The events are asked for from the moment of the first look on: an Engine that has answered may
not listen yet, and remembers what happens meanwhile."""

from __future__ import annotations

import queue
import re
import threading
import time
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, List, Optional, Tuple

from ...engine.api import containers, system
from ...engine.client import Engine
from ...engine.errors import EngineError
from ...values.moments import Now, format_moment, parse_moment
from ..container.named import look
from ..host.clock import clock
from .conditions import LOGGED, Verdict, Wanted, judge

if TYPE_CHECKING:
    from ...engine.streams import Body

Document = Dict[str, Any]
_EVENTS = ("create", "start", "die", "destroy", "health_status", "pause", "unpause", "rename")
# How much of a line is looked at: nobody's memory is to be filled by a log without line breaks.
_LINE = 65536


class Target:
    """One container that is waited for, and what is known of it."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.document: Optional[Document] = None
        self.verdict = Verdict(None, "is not known")
        self.died: Optional[int] = None
        self.followed = ""  # the run, by its start, whose log is or was listened to
        self.read_to_end = ""

    def meant_by(self, event: Document) -> bool:
        """Whether an event is about it."""
        actor = event.get("Actor") or {}
        identity, name = actor.get("ID") or "", (actor.get("Attributes") or {}).get("name")
        known = (self.document or {}).get("Id")
        wanted = self.wanted.name.lstrip("/")
        return bool(name == wanted or identity == known or (len(wanted) >= 12 and identity.startswith(wanted)))


class Watch:
    """`run` looks and listens until all are as wanted, one cannot be any more, or the time is over. `began`: when the
    targets were first looked at (time.monotonic)."""

    def __init__(self, engine: Engine, targets: List[Target], limit: float, began: float) -> None:
        self._engine, self._targets, self._began = engine, targets, began
        self._deadline = time.monotonic() + limit if limit else None
        self._heard: queue.Queue[Tuple[Callable[..., None], Any]] = queue.Queue()
        self._bodies: List[Body] = []
        self._over = False

    def run(self) -> None:
        """The targets' verdicts say how it ended. Raises EngineError."""
        try:
            self._listen_to_events()
            for target in self._targets:
                self.look(target)
            while self._waiting():
                try:
                    react, what = self._heard.get(timeout=self._left())
                except queue.Empty:
                    return
                react(what)
        finally:
            self._over = True
            for body in self._bodies:
                body.hang_up()

    def look(self, target: Target) -> None:
        """Inspect it, judge it, and listen to its log where that matters."""
        target.document = look(self._engine, target.wanted.name)
        if target.verdict.met:
            return
        target.verdict = judge(target.wanted, target.document, target.died)
        if target.wanted.condition == LOGGED and target.document is not None:
            self._follow(target, target.document)

    def _waiting(self) -> bool:
        verdicts = [one.verdict.met for one in self._targets]
        return None in verdicts and False not in verdicts

    def _left(self) -> Optional[float]:
        return None if self._deadline is None else max(self._deadline - time.monotonic(), 0)

    def _listen_to_events(self) -> None:
        names = [one.wanted.name.lstrip("/") for one in self._targets]
        filters = {"type": ["container"], "container": names, "event": list(_EVENTS)}
        present = clock(self._engine)().nanoseconds
        since = present - int((time.monotonic() - self._began) * 1e9)
        body = self._engine.chunks(system.events(since=format_moment(since), filters=filters))
        self._bodies.append(body)
        self._start(self._tell, body.records(True), self._on_event, self._on_silence)

    def _on_event(self, event: Document) -> None:
        for target in self._targets:
            if target.meant_by(event) and target.verdict.met is None:
                if event.get("Action") == "die":
                    target.died = int((event["Actor"].get("Attributes") or {}).get("exitCode") or 0)
                self.look(target)

    def _on_silence(self, error: Optional[EngineError]) -> None:
        raise error or EngineError("The Engine at %s stopped telling its events" % self._engine.endpoint)

    def _follow(self, target: Target, document: Document) -> None:
        """Listen to the log of the present run, once."""
        state = document.get("State") or {}
        started, ended = state.get("StartedAt") or "", state.get("Status") in ("exited", "dead")
        if ended and target.read_to_end == started:
            target.verdict = Verdict(False, target.verdict.why + " without writing such a line")
        if started in ("", target.followed) or started.startswith("0001-"):
            return
        target.followed = started
        since = None if ended else _end_of_last_run(state)
        from ...engine.streams import is_multiplexed

        body = self._engine.chunks(containers.logs(document["Id"], follow=True, since=since))
        self._bodies.append(body)
        tty = bool((document.get("Config") or {}).get("Tty"))
        multiplexed = is_multiplexed(body.headers.get("Content-Type", ""), tty, self._engine.api_version)
        lines = matching(body.frames(multiplexed), re.compile(target.wanted.pattern or ""))

        def found(line: str) -> None:
            target.verdict = Verdict(True, "wrote %s" % line)

        def over(error: Optional[EngineError]) -> None:
            if error is not None:
                raise error
            target.read_to_end = started
            if target.verdict.met is None:
                self.look(target)

        self._start(self._tell, lines, found, over)

    def _start(self, work: Callable[..., None], *words: Any) -> None:
        threading.Thread(target=work, args=words, daemon=True).start()

    def _tell(self, source: Iterable[Any], react: Callable[..., None], end: Callable[..., None]) -> None:
        """In a thread of its own: put what comes into the queue, and why nothing more comes."""
        error: Optional[EngineError] = None
        try:
            for one in source:
                self._heard.put((react, one))
        except EngineError as exc:
            error = exc
        if not self._over:
            self._heard.put((end, error))


def _end_of_last_run(state: Document) -> Optional[str]:
    """From when on the log is that of the present run; None for always. The start is noted after the first output."""
    finished = state.get("FinishedAt") or "0001-"
    return None if finished.startswith("0001-") else format_moment(parse_moment(finished, lambda: Now(0)))


def matching(frames: Iterable[Tuple[int, bytes]], pattern: Any) -> Iterable[str]:
    """The lines of either stream in which the pattern is found."""
    begun: Dict[int, bytes] = {}
    for stream, data in frames:
        *lines, rest = (begun.get(stream, b"") + data).split(b"\n")
        begun[stream] = rest[-_LINE:]
        yield from _found(lines, pattern)
    yield from _found(begun.values(), pattern)


def _found(lines: Iterable[bytes], pattern: Any) -> Iterable[str]:
    for line in lines:
        text = line.decode("utf-8", "replace").rstrip("\r")
        if pattern.search(text):
            yield text
