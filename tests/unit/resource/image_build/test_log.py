# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What builders say, as an Engine 20.10 said it (recorded/), and what becomes of it."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.resource.image_build.log import (
    BuildKitLog,
    ClassicLog,
    Log,
)
from ansible_collections.longshore.docker.plugins.module_utils.values.build_trace import Output, read_trace
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidValue

RECORDED = Path(__file__).with_name("recorded")


def recorded(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((RECORDED / (name + ".json")).read_text())
    return found


def read(log: Log, records: list[dict[str, Any]]) -> list[str]:
    """The steps that began."""
    begun = [log.add(record) for record in records]
    return [one for one in begun if one]


def test_buildkit() -> None:
    log = BuildKitLog()
    steps = read(log, recorded("buildkit-ok"))
    assert steps[-2:] == [
        "#6 [stage-0 3/3] RUN --mount=type=cache,target=/cache echo hello $A; ls -la /ctx".replace("$A", "1"),
        "#7 exporting to image",
    ]
    assert "#3 [internal] load metadata for docker.io/longshore/busybox:1" in log.lines
    assert list(log.lines)[-1] == "Successfully tagged bk:1"
    assert log.image.startswith("sha256:")
    assert log.failing() == ("", [])


def test_buildkit_fails() -> None:
    log, records = BuildKitLog(), recorded("buildkit-fails")
    read(log, records)
    assert log.failure(records[-1]["error"]) == (
        "[stage-0 3/3] RUN --mount=type=cache,target=/c echo first; echo second >&2; printf unended; exit 3: "
        "executor failed running [/bin/sh -c echo first; echo second >&2; printf unended; exit 3]: exit code: 3\n"
        "It said last:\nfirst\nsecond\nunended"
    )
    log.end()
    assert list(log.lines)[-1] == "#6 unended"


def test_buildkit_finds_no_base() -> None:
    log, records = BuildKitLog(), recorded("buildkit-no-base")
    read(log, records)
    said = log.failure(records[-1]["error"])
    assert said.startswith("[internal] load metadata for 127.0.0.1:1/none:1: failed to solve")
    assert "It said last" not in said


def stream(*texts: str) -> list[dict[str, Any]]:
    return [{"stream": text} for text in texts]


def test_classic() -> None:
    log = ClassicLog()
    texts = ("Step 1/2 : FROM a", "\n", " ---> 1234\n", "Step 2/2 : RUN x", "\n", " ---> Running in 1\n", "hel", "lo\n")
    steps = read(log, [*stream(*texts), {"aux": {"ID": "sha256:1"}}, *stream("Successfully built 1\n")])
    assert steps == ["Step 1/2 : FROM a", "Step 2/2 : RUN x"]
    assert log.text.splitlines() == [
        "Step 1/2 : FROM a", " ---> 1234", "Step 2/2 : RUN x", " ---> Running in 1", "hello", "Successfully built 1"
    ]  # fmt: skip
    assert log.image == "sha256:1"


def test_classic_fails() -> None:
    log = ClassicLog()
    texts = ("Step 1/3 : RUN one", "\n", "of one\n", "Step 2/3 : RUN two", "\n", " ---> Running in 1\n", "of ", "two")
    read(log, stream(*texts, "Removing intermediate container 1\n"))
    assert log.failure("it returned 1") == "Step 2/3 : RUN two: it returned 1\nIt said last:\nof two"


def test_classic_passes_over_the_progress_of_a_pull() -> None:
    log = ClassicLog()
    read(log, [{"status": "Pulling a"}, {"status": "Downloading", "progressDetail": {"current": 1}, "id": "x"}])
    assert log.text == "Pulling a"


def test_a_failure_before_any_step_is_told_as_it_is() -> None:
    assert ClassicLog().failure("no such thing") == "no such thing"
    assert BuildKitLog().failure("no such thing") == "no such thing"


def test_a_long_log_loses_its_beginning() -> None:
    log = ClassicLog()
    for number in range(30000):
        log.add({"stream": "%d\n" % number})
    assert (len(log.lines), log.lines[-1]) == (20000, "29999")


def message(*parts: tuple[int, bytes | int]) -> bytes:
    """A message of protocol buffers with short fields."""
    made = b""
    for number, value in parts:
        if isinstance(value, int):
            made += bytes([number << 3, value])
        else:
            made += bytes([number << 3 | 2, len(value)]) + value
    return made


def aux(*parts: tuple[int, bytes | int]) -> str:
    return base64.b64encode(message(*parts)).decode()


def test_what_a_newer_builder_says_besides_is_passed_over() -> None:
    log = message((1, b"v"), (3, 1), (4, b"text"), (9, 5))
    warning = message((1, b"v"), (2, 1), (3, b"mind the gap"))
    fixed = bytes([15 << 3 | 1]) + bytes(8) + bytes([14 << 3 | 5]) + bytes(4)
    found = read_trace(base64.b64encode(message((3, log), (4, warning), (12, b"new")) + fixed).decode())
    assert found.outputs == (Output("v", b"text"),)
    assert found.warnings == ("mind the gap",)


@pytest.mark.parametrize("text", ["no base64", aux((1, 5)), base64.b64encode(b"\x0a\x7f").decode(), "Cw==", "//8="])
def test_what_is_no_trace(text: str) -> None:
    with pytest.raises(InvalidValue, match="BuildKit's progress"):
        read_trace(text)
    assert BuildKitLog().add({"id": "moby.buildkit.trace", "aux": text}) is None


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    BuildKitLog().add({"id": "moby.buildkit.trace", "aux": base64.b64encode(data).decode()})
