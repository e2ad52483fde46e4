# SPDX-License-Identifier: GPL-3.0-or-later
"""What a build says: its log, and, where it fails, the step at which it did and the end of that step's output."""

from __future__ import annotations

import re
from collections import deque
from typing import Any, Deque, Dict, List, Mapping, Optional, Tuple

from ...values.build_trace import TRACE, Trace, Vertex, read_trace
from ...values.errors import InvalidValue

# Lines that are kept: more than anybody reads, and no danger to the memory.
_LINES = 20000
_TAIL = 15
# What the builder before BuildKit says between the outputs of commands.
_OWN = ("Removing intermediate container ", " ---> ")
_STEP = re.compile(r"Step \d+(?:/\d+)? : ")


class Log:
    """Lines, the oldest dropped where there are too many."""

    def __init__(self) -> None:
        self.lines: Deque[str] = deque(maxlen=_LINES)
        self.image = ""
        self._open: Dict[str, str] = {}

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def add(self, record: Mapping[str, Any]) -> Optional[str]:
        """Take in a record of POST /build. Returns the line that says which step has begun, where one has."""
        aux = record.get("aux")
        if isinstance(aux, dict) and aux.get("ID"):
            self.image = str(aux["ID"])
        return self.step(record)

    def step(self, record: Mapping[str, Any]) -> Optional[str]:
        raise NotImplementedError

    def failure(self, message: str) -> str:
        """The message of a failed build: the step, the builder's words, and what the step said last."""
        step, output = self.failing()
        parts = ["%s: %s" % (step, message) if step and step not in message else message]
        said = [line for line in output if line.strip()][-_TAIL:]
        if said:
            parts.append("It said last:\n%s" % "\n".join(said))
        return "\n".join(parts)

    def failing(self) -> Tuple[str, List[str]]:
        """The step that failed, and the lines that it wrote."""
        raise NotImplementedError

    def write(self, data: str, prefix: str = "") -> List[str]:
        """Output comes in pieces; lines are kept once they have ended."""
        whole = (self._open.pop(prefix, "") + data).replace("\r\n", "\n")
        *lines, rest = whole.split("\n")
        if rest:
            self._open[prefix] = rest
        self.lines.extend(prefix + line for line in lines)
        return lines

    def end(self) -> List[str]:
        """What has not ended with a line feed has ended now."""
        return [line for prefix in list(self._open) for line in self.write("\n", prefix)]


class ClassicLog(Log):
    """Of the builder before BuildKit: records with `stream`."""

    def __init__(self) -> None:
        super().__init__()
        self._step = ""
        self._output: Deque[str] = deque(maxlen=_TAIL)

    def step(self, record: Mapping[str, Any]) -> Optional[str]:
        text = record.get("stream") or record.get("status")
        if not isinstance(text, str):
            return None
        if record.get("status"):  # of a pull; each layer's progress would be many lines
            text = "" if record.get("progressDetail") else "%s\n" % text
        if _STEP.match(text):
            self._step, found = text.strip(), text.strip()
            self._output.clear()
        else:
            found = ""
        if text.startswith(_OWN):
            self._output += self.end()  # what a command wrote last may have no line feed
        for line in self.write(text):
            if not _STEP.match(line) and not line.startswith(_OWN):
                self._output.append(line)
        return found or None

    def failing(self) -> Tuple[str, List[str]]:
        return self._step, [*self._output, self._open.get("", "")]


class BuildKitLog(Log):
    """Of BuildKit: records `moby.buildkit.trace`. Steps are numbered as they begin, as the docker CLI shows them."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: Dict[str, int] = {}
        self._done: Dict[str, str] = {}
        self._output: Dict[str, Deque[str]] = {}
        self._failed: Optional[Vertex] = None
        self.warnings: List[str] = []

    def step(self, record: Mapping[str, Any]) -> Optional[str]:
        if record.get("id") != TRACE:
            self.write(str(record.get("stream") or ""))
            return None
        try:
            return self._trace(read_trace(str(record.get("aux"))))
        except InvalidValue:
            return None  # the build goes on, whatever a newer builder says about it

    def _trace(self, trace: Trace) -> Optional[str]:
        begun = None
        for vertex in trace.vertexes:
            if vertex.started and vertex.digest not in self._numbers:
                self._numbers[vertex.digest] = len(self._numbers) + 1
                begun = self._say(vertex.digest, vertex.name)
            ending = "ERROR: " + vertex.error if vertex.error else "CACHED" if vertex.cached else "DONE"
            news = vertex.completed and vertex.digest not in self._done
            if news or (vertex.error and self._done.get(vertex.digest) != ending):
                self._done[vertex.digest] = ending
                self._failed = vertex if vertex.error and self._failed is None else self._failed
                self._say(vertex.digest, ending)
        for output in trace.outputs:
            lines = self.write(output.data.decode("utf-8", "replace"), self._prefix(output.vertex))
            self._output.setdefault(output.vertex, deque(maxlen=_TAIL)).extend(lines)
        self.warnings += [one for one in trace.warnings if one not in self.warnings]
        return begun

    def _prefix(self, vertex: str) -> str:
        return "#%d " % self._numbers.get(vertex, 0)

    def _say(self, vertex: str, text: str) -> str:
        line = self._prefix(vertex) + text
        self.lines.append(line)
        return line

    def failing(self) -> Tuple[str, List[str]]:
        if self._failed is None:
            return "", []
        digest = self._failed.digest
        return self._failed.name, [*self._output.get(digest, ()), self._open.get(self._prefix(digest), "")]
