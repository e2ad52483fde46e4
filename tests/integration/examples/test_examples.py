# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples do what they say, and a second run of them changes nothing but what acts each time."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.longshore.docker.tests.integration.examples.conftest import Stage

ROOT = Path(__file__).resolve().parents[3]
COLLECTION = "ansible_collections.longshore.docker"
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py") if path.stem != "__init__")
PLAYBOOKS = sorted((ROOT / "examples").glob("*.yml"))
# Stand in examples for a registry, and for one that can be searched.
REGISTRY, INDEX = "registry.example.com", "index.example.com"
# What a task of `container` with one of these does each time.
ACTS = ({"restart": True}, {"recreate": True}, {"cleanup": True})
# For a module whose examples need something beforehand, or are not all idempotent, a file:
#   before  tasks that prepare them          after  tasks that clean up: what is left over of images and volumes
#   acts    "all", or the names of the examples that change something each time
#   reads   "all", or the names of the examples that never change anything
STAGES = {path.stem: yaml.safe_load(path.read_text()) for path in (Path(__file__).parent / "stages").glob("*.yml")}
# Tasks of playbooks that act each time: a job, and a replacement that is tried and taken back.
ACTING = ("Run the job", "Try it")


def run(stage: Stage, playbook: Path, name: str, **variables: str) -> list[dict[str, Any]]:
    """Run a playbook; returns the results of its tasks, and of the items of its loops, with the tasks' names."""
    log = stage.folder / name
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(stage.folder),
        "DOCKER_HOST": "unix://" + stage.socket,
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".work" / "collections"),
        "ANSIBLE_CALLBACK_PLUGINS": str(Path(__file__).parent / "callback"),
        "ANSIBLE_CALLBACKS_ENABLED": "named",
        "RECORD_TO": str(log),
    }
    words = [word for pair in variables.items() for word in ("-e", "%s=%s" % pair)]
    command = [str(Path(sys.executable).with_name("ansible-playbook")), str(playbook), *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=stage.folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in log.read_text().splitlines()]


def at_this_stage(example: Any, stage: Stage) -> Any:
    """The example with the image, the folder and the registries that there are."""
    if isinstance(example, dict):
        return {key: stage.image if key == "image" else at_this_stage(one, stage) for key, one in example.items()}
    if isinstance(example, list):
        return [at_this_stage(one, stage) for one in example]
    if isinstance(example, str):
        for word, there in (("/srv/", "%s/" % stage.folder), (REGISTRY, stage.registry), (INDEX, stage.index)):
            example = example.replace(word, there)
    return example


def in_pages(page: Path) -> list[Any]:
    """The tasks on a page of Markdown; plays are left out."""
    blocks = re.findall(r"^```yaml\n(.*?)^```$", page.read_text(), re.DOTALL | re.MULTILINE)
    return [task for block in blocks for task in yaml.safe_load(block) if "hosts" not in task]


def in_module(name: str) -> list[Any]:
    found: list[Any] = yaml.safe_load(importlib.import_module("%s.plugins.modules.%s" % (COLLECTION, name)).EXAMPLES)
    return found


EXAMPLES = {
    **{name: in_module(name) for name in MODULES},
    **{page: in_pages(ROOT / page) for page in ("README.md", "docs/container.md")},
}


@pytest.mark.parametrize("place", EXAMPLES)
def test_examples(place: str, stage: Stage) -> None:
    examples, more = EXAMPLES[place], STAGES.get(place, {})
    before, after = ([at_this_stage(one, stage) for one in more.get(key, ())] for key in ("before", "after"))
    tasks = before + [at_this_stage(example, stage) for example in examples for _turn in (1, 2)] + after
    playbook = stage.folder / "examples.json"
    playbook.write_text(
        json.dumps([{"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": tasks}])
    )
    results = run(stage, playbook, "run")[len(before) :]
    changed = [one.get("changed", False) for one in results[: 2 * len(examples)]]
    for example, first, second in zip(examples, changed[::2], changed[1::2], strict=True):
        (options,) = (value or {} for key, value in example.items() if key.startswith("longshore.docker."))
        acts = _is_in(example, more.get("acts")) or any(pair.items() <= options.items() for pair in ACTS)
        # A tag that is followed changes something when the registry has another image, which it has not here.
        reads = _is_in(example, more.get("reads")) or options.get("pull") == "always"
        assert first is not reads, example["name"]
        assert second is acts, example["name"]


def _is_in(example: Any, named: Any) -> bool:
    return named == "all" or example["name"] in (named or ())


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=lambda path: path.stem)
def test_playbooks(playbook: Path, stage: Stage) -> None:
    variables = yaml.safe_load(playbook.read_text())[0]["vars"]
    given = {name: stage.image for name in variables if name.endswith("image")}
    given.update({name: str(stage.folder) for name in variables if name.endswith("folder")})
    first, second = (run(stage, playbook, "run-%d" % turn, **given) for turn in (1, 2))
    assert any(one["changed"] for one in first)
    assert [one["name"] for one in second if one["changed"] and not one["name"].startswith(ACTING)] == []


def test_there_are_playbooks() -> None:
    assert PLAYBOOKS
