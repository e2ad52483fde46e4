# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every line of the documentation that begins with `$ ansible ` is run, page by page, in order."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.integration.examples.conftest import Stage
from ansible_collections.longshore.docker.tests.integration.examples.plain import ask

ROOT = Path(__file__).resolve().parents[3]
IMAGE = "registry.example.com/app:1"
# What the lines' host pattern and container stand for.
GROUP, CONTAINER = "webservers", "web"
# Of a line that acts, what it has to say; of all others the opposite. A line with an image that is there already, and
# one that waits, do not act.
ACTS = ("container", "exec", "copy_into", "fetch", "kill", "rename", "tag", "remove", "prune")


def lines(page: Path) -> list[str]:
    """The lines of a page, with those that go on after a backslash."""
    text = page.read_text().replace("\\\n", "")
    return re.findall(r"^\$ (ansible .*)$", text, re.MULTILINE)


PAGES = {str(page.relative_to(ROOT)): lines(page) for page in [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]}
PAGES = {page: found for page, found in PAGES.items() if found}


def expected(words: list[str]) -> str:
    """CHANGED or SUCCESS, as `ansible` says it."""
    module = words[words.index("-m") + 1].rsplit(".", 1)[-1]
    return "CHANGED" if module.removeprefix("container_").removeprefix("image_") in ACTS else "SUCCESS"


def run(stage: Stage, words: list[str]) -> str:
    inventory = stage.folder / "inventory.json"
    inventory.write_text(json.dumps({GROUP: {"hosts": {"web1": {"ansible_connection": "local"}}}}))
    environment = {
        "PATH": "%s:%s" % (Path(sys.executable).parent, os.environ["PATH"]),
        "HOME": str(stage.folder),
        "DOCKER_HOST": "unix://" + stage.socket,
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".work" / "collections"),
        "ANSIBLE_INVENTORY": str(inventory),
        "ANSIBLE_NOCOLOR": "1",
    }
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, cwd=stage.folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("page", PAGES)
def test_lines(page: str, stage: Stage) -> None:
    ends = ["sh", "-c", "trap 'exit 0' TERM USR1; while true; do sleep 1000 & wait; done"]
    document = {"Image": stage.image, "Entrypoint": ends, "Cmd": [], "Labels": {"com.example.role": "web"}}
    ask(stage.socket, "POST", "/containers/create", document, name=CONTAINER)
    ask(stage.socket, "POST", "/containers/%s/start" % CONTAINER)
    job = {"Image": stage.image, "Cmd": ["true"], "Labels": {"com.example.job": "nightly"}}
    ask(stage.socket, "POST", "/containers/create", job, name="nightly")
    for line in PAGES[page]:
        here = line.replace(IMAGE, stage.image).replace("/srv/", "%s/" % stage.folder)
        words = shlex.split(here)
        assert "web1 | %s => " % expected(words) in run(stage, words), line


def test_there_are_lines() -> None:
    assert PAGES
