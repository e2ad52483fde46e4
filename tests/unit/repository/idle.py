# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""As a program: runs a task that changes nothing, against answers that are written down here, and prints what of the
collection it has imported by then, and how many requests it took.
"""

from __future__ import annotations

import json
import sys
from typing import Any, NamedTuple

WEB = {
    "Id": "c" * 64,
    "Name": "/web",
    "Image": "sha256:" + "1" * 64,
    "State": {"Running": True, "Paused": False},
    "Config": {"Image": "app:1", "Cmd": ["serve"], "Env": ["A=1", "PATH=/bin"], "Labels": {"x": "y"}},
    "HostConfig": {"RestartPolicy": {"Name": "always"}, "Memory": 67108864},
    "NetworkSettings": {"Networks": {}},
}
IMAGE = {"Id": "sha256:" + "1" * 64, "Config": {"Env": ["PATH=/bin"], "Cmd": ["sh"]}}

# module -> its options, and the documents that the Engine has
TASKS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "container": (
        {
            "name": "web",
            "image": "app:1",
            "command": ["serve"],
            "env": {"A": "1"},
            "labels": {"x": "y"},
            "restart_policy": "always",
            "memory": "64m",
        },
        {"/containers/web/json": WEB, "/images/app:1/json": IMAGE},
    ),
}


class Answer(NamedTuple):
    data: bytes
    status: int = 200
    headers: dict[str, str] = {"Api-Version": "1.41"}


class Answers:
    """In place of the client's transport."""

    def __init__(self, documents: dict[str, Any]) -> None:
        self.documents = {path: json.dumps(document).encode() for path, document in documents.items()}

    def request(self, _method: str, path: str, *_rest: Any) -> Answer:
        return Answer(self.documents[path.removeprefix("/v1.41")])

    def close(self) -> None:
        pass


def main(name: str) -> None:
    from importlib import import_module

    collection = "ansible_collections.longshore.docker.plugins."
    task = import_module(collection + "modules." + name).TASK
    options, documents = TASKS[name]
    # As the target host does it, AnsibleModule's part aside.
    import_module(collection + "module_utils.engine.session")
    engine = import_module(collection + "module_utils.engine.open").open_engine({}, {})
    engine._transport = Answers(documents)
    validated = {key: row.get("default") for key, row in task.argument_spec.items()}
    validated.update(options)
    run_task = import_module(collection + "module_utils.task.result").run_task
    result = run_task(task, validated, lambda: engine, False, True)
    found = {name: module.__file__ for name, module in sys.modules.items() if name.startswith("ansible_collections.")}
    sys.stdout.write(
        json.dumps({"result": result, "requests": engine.calls, "files": {n: f for n, f in found.items() if f}})
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
