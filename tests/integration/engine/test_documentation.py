# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The example of docs/engine-client.md runs as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def example() -> str:
    text = (Path(__file__).resolve().parents[3] / "docs" / "engine-client.md").read_text()
    (found,) = EXAMPLE.findall(text)
    return str(found)


def run(socket: str, image: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", example(), image],
        env={**os.environ, "DOCKER_HOST": "unix://" + socket, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_example(engine_socket: str, image: str) -> None:
    done = run(engine_socket, image)
    assert done.stderr == ""
    assert done.stdout == "stdout Hello\nended with 0 after 5 requests\n"


def test_example_without_an_engine(tmp_path: Path) -> None:
    done = run(str(tmp_path / "none"), "x")
    assert done.returncode == 1
    assert "no such socket" in done.stderr and "Traceback" not in done.stderr


def test_example_without_the_image(engine_socket: str) -> None:
    done = run(engine_socket, "longshore-none:1")
    assert done.returncode == 1
    assert "No such image: longshore-none:1" in done.stderr and "Traceback" not in done.stderr
